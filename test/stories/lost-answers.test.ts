import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../src/simulator/fault.ts';
import { known, type Rehearsal, reach, rehearse, type Start } from '../support/rehearsal.ts';

/** As it reads, wherever the lines break. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

const fault = (rehearsal: Rehearsal, operation: string, kind: FaultKind, more: { times?: number; ms?: number } = {}) =>
  rehearsal.world.faults.push({ operation, kind, after: 0, times: 1, ...more });

/** A connection on the day on which an operation comes, and how that day's run begins. */
const dayOf = async (operation: string): Promise<{ rehearsal: Rehearsal; start: Start }> => {
  const rehearsal = rehearse();
  if (/^(s3|cur):/.test(operation)) return { rehearsal, start: { yes: true, flags: known } };
  await reach(rehearsal, /ChangeSet/.test(operation) ? 'waiting-for-link' : 'waiting');
  rehearsal.advance(/ChangeSet/.test(operation) ? 49 : 24);
  return { rehearsal, start: { yes: true, flags: /ChangeSet/.test(operation) ? { link: rehearsal.link() } : {} } };
};

const openIn = async (rehearsal: Rehearsal) =>
  (await rehearsal.state())?.journal.filter(({ outcome }) => outcome === undefined).map(({ change }) => change);

describe('a write whose answer is lost for good', () => {
  test.each([
    ['s3:CreateBucket', 'bucket:spotinst-cur-report', 'bucket'],
    ['s3:PutPublicAccessBlock', 'public-access-block:spotinst-cur-report', undefined],
    ['s3:PutBucketPolicy', 'bucket-policy:spotinst-cur-report', 'bucket-policy'],
    ['cur:PutReportDefinition', 'report:spotinst-cur-report', 'report'],
    ['cloudformation:CreateStack', 'crawler-stack:SpotEcoStack', 'crawler-stack'],
    ['glue:UpdateCrawlerSchedule', 'crawler-schedule:AWSCURCrawler-spotinst-cur-report', 'crawler-schedule'],
    ['cloudformation:CreateChangeSet', 'extractor-change-set:SpotExtractor', undefined],
    ['cloudformation:ExecuteChangeSet', 'extractor-execution:SpotExtractor', 'extractor-stack'],
  ])('%s stays open in the journal, and the next run tells what came of it', async (operation, change, resource) => {
    const { rehearsal, start } = await dayOf(operation);
    const writes = () => rehearsal.mutatingCalls().filter((call) => call === operation).length;
    fault(rehearsal, operation, 'hang-after', { times: 3 });
    const lost = await rehearsal.run.setup(start);
    expect(lost.exitCode).toBe(1);
    expect(oneLine(lost.screen)).toContain(
      'Whether this took effect is not known. The next run looks, and makes nothing twice.',
    );
    expect(await openIn(rehearsal)).toEqual([change]);
    const made = writes();

    const next = await rehearsal.run.resume({ yes: true });
    expect(next.exitCode, next.screen).toBe(0);
    expect(await openIn(rehearsal)).toEqual([]);
    expect(writes()).toBe(made);
    const state = await rehearsal.state();
    if (resource) expect(state?.provenance[resource]).toMatchObject({ origin: 'created' });
    expect(state?.journal.filter((entry) => entry.change === change)).toMatchObject([{ outcome: 'done' }]);
  });

  test('is told with what to do', async () => {
    const { rehearsal, start } = await dayOf('cloudformation:CreateStack');
    fault(rehearsal, 'cloudformation:CreateStack', 'hang-after', { times: 3 });
    const { screen } = await rehearsal.run.resume(start);
    await expect(screen.slice(screen.indexOf('… AWS gave'))).toMatchFileSnapshot('screens/answer-lost.txt');
  });

  test('leaves a stack that is known as this connection’s own', async () => {
    const { rehearsal, start } = await dayOf('cloudformation:CreateStack');
    fault(rehearsal, 'cloudformation:CreateStack', 'garbled');
    await rehearsal.run.resume(start);
    await rehearsal.run.resume({ yes: true });
    const [stack] = rehearsal.account().stacks;
    expect((await rehearsal.state())?.notes['crawler-stack-id']).toBe(stack?.id);
  });

  test('leaves no review that is taken for somebody else’s', async () => {
    const { rehearsal, start } = await dayOf('cloudformation:CreateChangeSet');
    fault(rehearsal, 'cloudformation:CreateChangeSet', 'garbled');
    await rehearsal.run.resume(start);
    const { screen } = await rehearsal.run.resume({ yes: true });
    expect(screen).not.toContain('somebody else');
    expect((await rehearsal.state())?.notes['extractor-beside']).toBe('');
  });

  test('is not held against it when nothing came of it', async () => {
    const { rehearsal, start } = await dayOf('cur:PutReportDefinition');
    fault(rehearsal, 'cur:PutReportDefinition', 'hang-before', { times: 3 });
    await rehearsal.run.setup(start);
    rehearsal.advance(1);
    await rehearsal.run.resume({ yes: true });
    const entries = (await rehearsal.state())?.journal.filter(({ change }) => change.startsWith('report:'));
    expect(entries).toMatchObject([
      { outcome: 'failed', error: 'No answer came, and nothing came of it.' },
      { outcome: 'done' },
    ]);
  });
});

describe('a call that is made again', () => {
  test('is told where it takes a while, without a terminal too', async () => {
    const { rehearsal, start } = await dayOf('s3:CreateBucket');
    fault(rehearsal, 's3:CreateBucket', 'hang-before');
    const { screen, exitCode } = await rehearsal.run.setup(start);
    expect(exitCode).toBe(0);
    expect(oneLine(screen)).toContain(
      '… AWS gave no answer within 60 seconds (s3:CreateBucket); asking again, 2 of 3 times. ✔ Create the S3 bucket',
    );
  });

  test('is not where it is over at once', async () => {
    const { rehearsal, start } = await dayOf('s3:CreateBucket');
    fault(rehearsal, 's3:CreateBucket', 'reset-before');
    const { screen, exitCode } = await rehearsal.run.setup(start);
    expect(exitCode).toBe(0);
    expect(screen).not.toContain('asking again');
  });

  test('has made the report when it is refused as a duplicate', async () => {
    const { rehearsal, start } = await dayOf('cur:PutReportDefinition');
    fault(rehearsal, 'cur:PutReportDefinition', 'reset-after');
    const { screen } = await rehearsal.run.setup(start);
    expect(screen).not.toContain('there already');
    expect((await rehearsal.state())?.provenance.report).toMatchObject({ origin: 'created' });
  });
});

describe('what AWS is slow to show', () => {
  test.each([
    ['s3:CreateBucket', 120_000],
    ['s3:PutBucketPolicy', 120_000],
    ['cur:PutReportDefinition', 170_000],
    ['cloudformation:CreateStack', 170_000],
    ['glue:UpdateCrawlerSchedule', 170_000],
    ['cloudformation:CreateChangeSet', 170_000],
    ['cloudformation:ExecuteChangeSet', 170_000],
  ])('%s is waited for and not written twice', async (operation, ms) => {
    const { rehearsal, start } = await dayOf(operation);
    fault(rehearsal, operation, 'slow-to-show', { ms });
    const { exitCode, screen } = await rehearsal.run.setup(start);
    expect(exitCode, screen).toBe(0);
    const accepted = rehearsal.world.calls.filter(({ status, mutating }) => mutating && status < 300);
    const names = accepted.map(({ service, operation: name }) => `${service}:${name}`);
    expect(names).toEqual([...new Set(names)]);
  });

  test('longer than that is told, and the next run goes on', async () => {
    const { rehearsal, start } = await dayOf('cur:PutReportDefinition');
    fault(rehearsal, 'cur:PutReportDefinition', 'slow-to-show', { ms: 200_000 });
    const { exitCode, screen } = await rehearsal.run.setup(start);
    expect(exitCode).toBe(1);
    expect(oneLine(screen)).toContain('AWS has accepted this and does not show it');
    rehearsal.advance(0.1);
    expect(await rehearsal.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: [] });
  });

  test('a crawler that Glue shows after its stack is waited for', async () => {
    const { rehearsal, start } = await dayOf('cloudformation:CreateStack');
    rehearsal.stage().fail({ operation: 'glue:GetCrawler', code: 'EntityNotFoundException', message: '', times: 8 });
    const { exitCode, screen } = await rehearsal.run.resume(start);
    expect(exitCode, screen).toBe(0);
    expect(oneLine(screen)).toContain('The stack stands; Glue does not show its crawler');
  });
});
