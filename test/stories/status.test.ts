import * as v from 'valibot';
import { expect, test } from 'vitest';
import { acme, known, reach, rehearse } from '../support/rehearsal.ts';
import { ctrlC } from '../support/scripted-terminal.ts';

const time = v.pipe(v.string(), v.isoTimestamp());
const check = v.strictObject({
  id: v.string(),
  state: v.picklist(['ok', 'missing', 'wrong', 'pending', 'unknown']),
  text: v.string(),
  evidence: v.optional(v.string()),
});
const step = v.strictObject({
  id: v.picklist(['report', 'athena', 'extractor']),
  title: v.string(),
  move: v.strictObject({
    kind: v.picklist(['change', 'wait', 'handover', 'blocked', 'done', 'later']),
    reason: v.pipe(v.string(), v.minLength(1)),
    since: v.optional(time),
    expectedBy: v.optional(time),
    advice: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
  }),
  checks: v.array(check),
});
const customer = v.strictObject({
  name: v.string(),
  accountId: v.string(),
  state: v.picklist(['ready', 'waiting', 'your-turn', 'blocked', 'not-started', 'unknown']),
  step: v.picklist(['report', 'athena', 'extractor', 'done']),
  next: v.string(),
  steps: v.pipe(v.array(step), v.length(3)),
});
const customers = v.array(customer);
const statusDocument = v.strictObject({ schema: v.literal('spot-cur/status@1'), customers });
const runDocument = v.strictObject({ schema: v.literal('spot-cur/run@1'), customers, did: v.array(v.string()) });

const seen = (stdout: string) => {
  const [only] = v.parse(statusDocument, JSON.parse(stdout)).customers;
  return { state: only?.state, step: only?.step, kinds: only?.steps.map(({ move }) => move.kind).join(' ') };
};

test('a connection whose plan was declined is not started', async () => {
  const { run } = rehearse();
  await run.setup({ flags: known, says: { correct: '(go on)', yes: false } });
  const { stdout, exitCode, writes } = await run.status({ json: true });
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(seen(stdout)).toEqual({ state: 'not-started', step: 'report', kinds: 'change later later' });
});

test('one that was left before its first answer is not started either', async () => {
  const { run } = rehearse();
  await run.setup({ says: { 'spot-org-id': '60012345', 'msp-account': ctrlC } });
  const { stdout, exitCode } = await run.status({ json: true });
  expect(exitCode).toBe(0);
  expect(seen(stdout)).toMatchObject({ state: 'not-started', step: 'report' });
});

test.each([
  ['waiting', { state: 'waiting', step: 'report', kinds: 'wait later later' }],
  ['your-turn', { state: 'your-turn', step: 'athena', kinds: 'done handover later' }],
  ['waiting-for-link', { state: 'waiting', step: 'athena', kinds: 'done wait later' }],
  ['ready', { state: 'ready', step: 'done', kinds: 'done done done' }],
] as const)('%s', async (phase, expected) => {
  const rehearsal = rehearse();
  await reach(rehearsal, phase);
  const { stdout, writes } = await rehearsal.run.status({ json: true });
  await expect(stdout).toMatchFileSnapshot(`screens/status-${phase}.json.txt`);
  expect(writes).toEqual([]);
  expect(seen(stdout)).toEqual(expected);
  const { exitCode } = await rehearsal.run.status({ exitCode: true });
  expect(exitCode).toBe(phase === 'ready' ? 0 : 8);
});

test('a change that resume would make is your turn', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  const { stdout } = await rehearsal.run.status({ json: true });
  expect(seen(stdout)).toEqual({ state: 'your-turn', step: 'athena', kinds: 'done change later' });
});

test('blocked', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.account().organization = { id: 'o-acme', managementAccount: '444455556666' };
  const { stdout, exitCode, writes } = await rehearsal.run.status({ json: true });
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(seen(stdout)).toEqual({ state: 'blocked', step: 'report', kinds: 'blocked later later' });
});

test('what can not be looked at is unknown, and the exit code says why', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.refuse('sts:GetCallerIdentity', {
    code: 'ExpiredToken',
    message: 'The security token is expired',
    status: 403,
  });
  const { stdout, exitCode, writes } = await rehearsal.run.status({ json: true });
  expect({ exitCode, writes }).toEqual({ exitCode: 4, writes: [] });
  expect(seen(stdout)).toEqual({ state: 'unknown', step: 'report', kinds: 'blocked later later' });
});

test('of several connections a table is shown, and one that can not be looked at does not hide the others', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  await rehearsal.run.setup({
    customer: 'beta',
    as: '222233334444',
    yes: true,
    flags: { ...known, bucket: 'beta-billing' },
  });
  const { screen, exitCode } = await rehearsal.run.status({ customer: undefined });
  await expect(screen).toMatchFileSnapshot('screens/status-table.txt');
  expect(exitCode).toBe(1);
});

test('setup and resume print what they did as one document', async () => {
  const { run, advance } = rehearse();
  const first = v.parse(runDocument, JSON.parse((await run.setup({ json: true, yes: true, flags: known })).stdout));
  expect(first.customers[0]).toMatchObject({ name: 'acme', accountId: acme, state: 'waiting' });
  expect(first.did[0]).toBe('Create the S3 bucket spotinst-cur-report in us-east-1');
  advance(24);
  const second = v.parse(runDocument, JSON.parse((await run.resume({ json: true, yes: true })).stdout));
  expect(second.customers[0]?.state).toBe('your-turn');
});

test('--wait sits through a day and goes on', async () => {
  const { run, simulator, account } = rehearse();
  const began = simulator.clock.now();
  const { exitCode, screen } = await run.setup({ yes: true, wait: true, flags: known });
  expect(exitCode).toBe(0);
  expect(screen).toContain('Now the message has to be sent');
  expect(account().stacks.map(({ name }) => name)).toEqual(['SpotEcoStack']);
  expect((simulator.clock.now() - began) / 3_600_000).toBeGreaterThan(23);
});
