import { expect, test } from 'vitest';
import { known, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

/** As it reads, wherever the lines break. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

const atExtractor = async (rehearsal: Rehearsal) => {
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  return { yes: true, flags: { link: rehearsal.link() } };
};

test('an extractor that fails is explained by its first cause, and the next run creates it again', async () => {
  const rehearsal = rehearse();
  const start = await atExtractor(rehearsal);
  rehearsal.account().stackFaults = [
    { logicalId: 'ExtractorFunction', reason: 'The runtime parameter of python3.13 is no longer supported' },
  ];
  const failed = await rehearsal.run.resume(start);
  await expect(failed.screen).toMatchFileSnapshot('screens/extractor-failed.txt');
  expect(failed.exitCode).toBe(1);
  const again = await rehearsal.run.resume({ yes: true });
  await expect(again.screen).toMatchFileSnapshot('screens/extractor-again.txt');
  expect(again.exitCode).toBe(0);
  expect(again.screen).toContain('All three steps are done');
});

test('a crawler stack that fails is explained by its first cause, and the next run creates it again', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  rehearsal.account().stackFaults = [
    {
      logicalId: 'AWSCURInitializer',
      reason:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
    },
  ];
  const failed = await rehearsal.run.resume({ yes: true });
  await expect(failed.screen).toMatchFileSnapshot('screens/crawler-failed.txt');
  expect(failed.exitCode).toBe(1);
  const again = await rehearsal.run.resume({ yes: true });
  expect(again.exitCode).toBe(0);
  expect(again.screen).toContain('The attempt before failed');
  expect(again.screen).toContain('Now the message has to be sent');
});

test('a corpse of the crawler stack is deleted before it is created again, after asking', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  // What could not be deleted either stays as ROLLBACK_FAILED or DELETE_FAILED.
  rehearsal.account().stackFaults = [
    { logicalId: 'AWSStartCURCrawler', reason: 'Something that does not pass by itself' },
    { logicalId: 'AWSCURDatabase', reason: 'Throttled', status: 'DELETE_FAILED' },
  ];
  const failed = await rehearsal.run.resume({ yes: true });
  expect(failed.exitCode).toBe(1);
  const again = await rehearsal.run.resume({ says: { yes: [true, true], sent: false } });
  await expect(again.screen).toMatchFileSnapshot('screens/corpse-removed.txt');
  expect(again.exitCode).toBe(0);
  expect(again.writes.filter((call) => call.startsWith('cloudformation'))).toEqual([
    'cloudformation:DeleteStack',
    'cloudformation:CreateStack',
  ]);
});

test('a failure of status shows the cause as evidence', async () => {
  const rehearsal = rehearse();
  const start = await atExtractor(rehearsal);
  rehearsal.account().stackFaults = [
    { logicalId: 'ExtractorRole', reason: 'Not authorized to perform iam:CreateRole' },
  ];
  await rehearsal.run.resume(start);
  const { stdout, writes } = await rehearsal.run.status();
  expect(writes).toEqual([]);
  expect(oneLine(stdout)).toContain('The attempt before failed. The stack SpotExtractor could not be created');
});

const hostile =
  'nice\u001b[2J\u001b]0;owned\u0007\u001b[8m\u009b31m\n✔ All three steps are done.\u202e\u0000\u0008 try';
/** Everything that a terminal may take for more than text, line breaks aside. */
const steering = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

test('what AWS says can neither steer the terminal nor fake a line of ours', async () => {
  const rehearsal = rehearse();
  const start = await atExtractor(rehearsal);
  rehearsal.account().stackFaults = [{ logicalId: 'ExtractorFunction', reason: hostile }];
  const { raw, screen } = await rehearsal.run.resume(start);
  expect(oneLine(screen)).toMatch(/: nice[^:]* ✔ All three steps are done\. try/);
  // Every text is clean before it comes to the terminal, which strips once more.
  expect(raw).not.toMatch(steering);
  expect(raw.split('\n').filter((line) => line.startsWith('✔ All three'))).toEqual([]);
  const status = await rehearsal.run.status();
  expect(status.raw).not.toMatch(steering);
  const json = await rehearsal.run.status({ json: true });
  expect(json.stdout).not.toMatch(steering);
});

test('nor can names that come over JSON, which takes any character', async () => {
  const { run, account } = rehearse();
  account().billingTransfers = [
    { Id: 'rt-1', Name: hostile, Type: 'BILLING', Status: 'ACCEPTED', StartTimestamp: 1_600_000_000 },
  ];
  const { raw, screen } = await run.setup({ yes: true, flags: known });
  expect(oneLine(screen)).toContain('(nice ✔ All three steps are done. try)');
  expect(raw).not.toMatch(steering);
});
