import { describe, expect, test } from 'vitest';
import { known, reach, rehearse } from '../support/rehearsal.ts';

test('a wrong answer is explained and asked again', async () => {
  const { run, state } = rehearse();
  const { screen, exitCode } = await run.setup({
    says: {
      'spot-org-id': ['acme', '1234', '60012345'],
      'msp-account': ['9999-8888-7777', '999988887777'],
      correct: '(go on)',
      yes: true,
    },
  });
  await expect(screen).toMatchFileSnapshot('screens/wrong-answer.txt');
  expect(exitCode).toBe(0);
  expect((await state())?.answers['spot-org-id']).toEqual(['60012345']);
});

test('one value is corrected on the one screen, the others stay', async () => {
  const { run, state, account } = rehearse();
  const { screen } = await run.setup({
    flags: known,
    says: {
      correct: ['prefix', 'contact', '(go on)'],
      prefix: ['/acme/', 'acme_eco'],
      contact: 'jo@spot.io',
      yes: true,
    },
  });
  await expect(screen).toMatchFileSnapshot('screens/correction.txt');
  expect((await state())?.answers).toMatchObject({
    bucket: 'spotinst-cur-report',
    prefix: 'acme_eco',
    contact: 'jo@spot.io',
  });
  expect(account().reports[0]?.definition.S3Prefix).toBe('acme_eco');
});

test('without a user, all that is missing or wrong is told at once, before AWS is asked', async () => {
  const { run, calls, state } = rehearse();
  const { screen, exitCode } = await run.setup({ flags: { bucket: 'Acme_Reports', 'account-list': '12345' } });
  await expect(screen).toMatchFileSnapshot('screens/missing-answers.txt');
  expect(exitCode).toBe(2);
  expect(calls()).toEqual([]);
  expect(await state()).toBeUndefined();
});

test('a link is checked at setup already', async () => {
  const { run, calls } = rehearse();
  const link =
    'https://console.aws.amazon.com.example.com/cloudformation/home?region=us-east-1#/stacks/create/review?templateURL=https://b.s3.amazonaws.com/t.yml';
  const { exitCode, problem } = await run.setup({ yes: true, flags: { ...known, link } });
  expect(exitCode).toBe(2);
  expect(problem?.advice.join()).toContain('instead of console.aws.amazon.com');
  expect(calls()).toEqual([]);
});

test('without a user, the plan needs --yes', async () => {
  const { run } = rehearse();
  const { exitCode, screen, writes, problem } = await run.setup({ flags: known });
  expect(exitCode).toBe(2);
  expect(problem?.advice.join()).toContain('--yes');
  expect(screen).toContain('1. Create the S3 bucket spotinst-cur-report');
  expect(writes).toEqual([]);
});

test('an answer that says the same again changes nothing', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  const before = await rehearsal.state();
  const flags = { ...known, bucket: 'spotinst-cur-report', prefix: 'spotinst_eco' };
  expect(await rehearsal.run.resume({ flags })).toMatchObject({ exitCode: 0, writes: [] });
  expect(await rehearsal.state()).toEqual(before);
});

test.each([
  ['waiting', 'bucket', 'another-name'],
  ['waiting', 'report-name', 'another-name'],
  ['waiting', 'prefix', 'another_prefix'],
  ['your-turn', 'stack-name', 'AnotherStack'],
  ['ready', 'account-list', '111122223333'],
  ['ready', 'extractor-stack-name', 'AnotherExtractor'],
] as const)('while it is %s, another --%s for what stands is refused', async (phase, flag, value) => {
  const rehearsal = rehearse();
  await reach(rehearsal, phase);
  const before = await rehearsal.state();
  const refused = await rehearsal.run.resume({ yes: true, flags: { [flag]: value } });
  expect(refused).toMatchObject({ exitCode: 2, writes: [] });
  expect(refused.problem?.message).toContain(`--${flag} "${value}" is refused`);
  expect(await rehearsal.state()).toEqual(before);
});

test('what does not stand yet can still be changed', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  const { exitCode } = await rehearsal.run.resume({
    yes: true,
    flags: { 'stack-name': 'AcmeEco', contact: 'jo@spot.io' },
  });
  expect(exitCode).toBe(0);
  rehearsal.advance(24);
  await rehearsal.run.resume({ yes: true });
  expect(rehearsal.account().stacks.map(({ name }) => name)).toEqual(['AcmeEco']);
});

test('blanks beside commas and repeats are dropped from an account list, blanks within an id are not', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  const flags = { link: rehearsal.link() };
  const refused = await rehearsal.run.resume({ yes: true, flags: { ...flags, 'account-list': '1111 22223333' } });
  expect(refused.exitCode).toBe(2);
  const list = '111122223333 , 444455556666,111122223333';
  const { screen, exitCode } = await rehearsal.run.resume({ yes: true, flags: { ...flags, 'account-list': list } });
  expect(exitCode).toBe(0);
  expect(screen).toContain('AccountList = 111122223333,444455556666 (your answer)');
  expect(rehearsal.account().stacks.at(-1)?.parameters.AccountList).toBe('111122223333,444455556666');
});

test('of several Org IDs in one answer each bad one is named', async () => {
  const { run } = rehearse();
  const { screen } = await run.setup({
    flags: { 'msp-account': '999988887777' },
    says: { 'spot-org-id': ['12, 60012345 acme', '60012345'], correct: '(go on)', yes: true },
  });
  expect(screen).toContain('Spot Org IDs "12", "acme": a Spot Org ID is 6 to 20 digits. Example: 60012345');
});

describe('an Org ID that is an account id as well', () => {
  const told = (screen: string, id: string) =>
    screen.replace(/\s+/g, ' ').split(`! The Spot Org ID ${id} is also an AWS account id here`).length - 1;

  test.each(['111122223333', '999988887777'])('%s is warned about as soon as it is given, and once', async (id) => {
    const story = rehearse();
    const first = await story.run.setup({ yes: true, flags: { ...known, 'spot-org-id': id } });
    expect([first.exitCode, told(first.screen, id)]).toEqual([0, 1]);
    expect(told((await story.run.resume({ yes: true })).screen, id)).toBe(0);
    const after = await story.run.resume({ yes: true, flags: { 'spot-org-id': ['60012345', id] } });
    expect(told(after.screen, id)).toBe(0);
  });

  test('is warned about when it is changed to one, and in the plan that sends it', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    const changed = await story.run.resume({ yes: true, flags: { 'spot-org-id': '999988887777' } });
    expect(told(changed.screen, '999988887777')).toBe(1);
    story.advance(24);
    expect(told((await story.run.resume({ yes: true })).screen, '999988887777')).toBe(1);
  });
});
