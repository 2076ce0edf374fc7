import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
const mailed = async (rehearsal: Rehearsal) => (await rehearsal.message())?.attachment.sha256 ?? '';
const deployed = (rehearsal: Rehearsal) => sha256(rehearsal.account().stacks.at(-1)?.template ?? '');
const delivered = ({ world }: Rehearsal) => {
  const object = world.buckets['spotinst-cur-report']?.objects['spotinst_eco/spotinst-cur-report/crawler-cfn.yml'];
  return sha256(Buffer.from(object?.content ?? '', 'base64'));
};

/** The report is delivered and the message written, and AWS delivers another file; no stack stands yet. */
const changedBeforeTheStack = async () => {
  const rehearsal = rehearse('crawler-file-changes');
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  await rehearsal.run.handover();
  const first = await mailed(rehearsal);
  rehearsal.advance(24);
  await rehearsal.run.status();
  expect(delivered(rehearsal)).not.toBe(first);
  return { rehearsal, first };
};

test('a file that AWS changes after the stack was made is told, and what was mailed stands', async () => {
  const rehearsal = rehearse('crawler-file-changes');
  await reach(rehearsal, 'waiting-for-link');
  const first = await mailed(rehearsal);
  expect(deployed(rehearsal)).toBe(first);
  rehearsal.advance(24);
  const { screen, exitCode, stdout } = await rehearsal.run.handover();
  await expect(screen).toMatchFileSnapshot('screens/changed-file.txt');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(first);
  expect(screen).toContain(delivered(rehearsal));
  const document = JSON.parse((await rehearsal.run.handover({ json: true })).stdout);
  expect(document.delivery).toMatchObject({ state: 'changed', sha256: delivered(rehearsal) });
  expect(document.attachment.sha256).toBe(first);
});

test('a lost message is written with the file that was deployed, whatever AWS delivers now', async () => {
  const rehearsal = rehearse('crawler-file-changes');
  await reach(rehearsal, 'waiting-for-link');
  const first = await rehearsal.message();
  rehearsal.advance(24);
  rehearsal.loseMessage();
  const { exitCode, screen, stdout } = await rehearsal.run.handover();
  expect(exitCode).toBe(0);
  expect(stdout).toBe(first?.body);
  expect(screen).toContain(delivered(rehearsal));
  expect((await rehearsal.message())?.attachment.sha256).toBe(deployed(rehearsal));
  // It is the message that was sent, so nobody is asked to send it again.
  expect(screen).toContain('This message was sent on');
});

test('the stack is made from what was mailed, even if AWS delivers another file before', async () => {
  const { rehearsal, first } = await changedBeforeTheStack();
  const { screen } = await rehearsal.run.handover();
  await expect(screen).toMatchFileSnapshot('screens/changed-file-before-stack.txt');
  await rehearsal.run.resume({ yes: true });
  expect(deployed(rehearsal)).toBe(first);
});

test('--fresh writes the message with the new file, which is deployed then', async () => {
  const { rehearsal, first } = await changedBeforeTheStack();
  const { exitCode, writes, stdout } = await rehearsal.run.handover({ fresh: true });
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(await mailed(rehearsal)).toBe(delivered(rehearsal));
  expect(stdout).toContain(delivered(rehearsal));
  expect(stdout).not.toContain(first);
  await rehearsal.run.resume({ yes: true });
  expect(deployed(rehearsal)).toBe(await mailed(rehearsal));
});

test('--fresh makes a message that was sent void: it is asked for again', async () => {
  const rehearsal = rehearse('crawler-file-changes');
  await reach(rehearsal, 'waiting-for-link');
  const first = await mailed(rehearsal);
  rehearsal.advance(24);
  const refused = await rehearsal.run.handover({ fresh: true });
  await expect(refused.screen).toMatchFileSnapshot('screens/fresh-refused.txt');
  expect(refused.exitCode).toBe(1);
  expect(await mailed(rehearsal)).toBe(first);
  // Somebody deletes the stack by hand, as the advice says.
  const { stacks, crawlers, databases, tables } = rehearsal.account();
  for (const all of [stacks, crawlers, databases, tables]) all.length = 0;
  const { screen, exitCode } = await rehearsal.run.handover({ fresh: true });
  expect(exitCode).toBe(0);
  expect(screen).toContain('The message has changed since it was sent');
  expect(await mailed(rehearsal)).toBe(delivered(rehearsal));
  const resumed = await rehearsal.run.resume({ yes: true });
  expect(resumed.screen).toContain('has to be sent again');
  expect(deployed(rehearsal)).toBe(await mailed(rehearsal));
});

test('--fresh changes nothing while AWS delivers the same file', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  const before = await mailed(rehearsal);
  const { exitCode, screen } = await rehearsal.run.handover({ fresh: true });
  expect(exitCode).toBe(0);
  expect(await mailed(rehearsal)).toBe(before);
  expect(screen).toContain('This message was sent on');
});
