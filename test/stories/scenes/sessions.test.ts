import { describe, expect, test } from 'vitest';
import { sessions } from '../../../src/simulator/scenes/sessions.ts';

import { known, reach, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';
import { ctrlC } from '../../support/scripted-terminal.ts';

const sso = { kind: 'sso', profile: 'acme' } as const;
const answers = { ...known, 'report-name': 'acme-cur' };
const writesOfSetup = ['s3:CreateBucket', 's3:PutPublicAccessBlock', 's3:PutBucketPolicy', 'cur:PutReportDefinition'];
const atTerminal = { correct: '(go on)', yes: true };
const noDay = { yes: true, flags: answers, origin: sso };

/** What every one of these comes to: the bucket once, and the report once. */
const stands = ({ account, world }: ReturnType<typeof rehearse>) => {
  expect(account().reports).toHaveLength(1);
  expect(Object.keys(world.buckets)).toContain('acme-cur');
};
const madeOnce = (writes: readonly string[], made: string) => writes.filter((write) => write === made);

describe('session-ends: in the middle of the walk, while a stack is made', () => {
  const untilThen = async () => {
    const story = rehearse('session-ends');
    await reach(story, 'waiting', answers);
    story.advance(24);
    return story;
  };
  const fromPlan = (screen: string) => screen.slice(screen.indexOf('Do this in account'));
  const agreeing = { yes: true, sent: false };
  const stackOnce = ({ account, mutatingCalls }: ReturnType<typeof rehearse>) => {
    expect(account().stacks).toHaveLength(1);
    expect(madeOnce(mutatingCalls(), 'cloudformation:CreateStack')).toHaveLength(1);
    expect(account().crawlers[0]?.schedule?.expression).toBe('cron(0 0 * * ? *)');
  };

  test('a person is told what renews it, and the walk goes on where it was', async () => {
    const story = await untilThen();
    const { exitCode, screen } = await story.run.resume({ origin: sso, says: { ...agreeing, renewed: '' } });
    expect(exitCode, screen).toBe(0);
    await shows('session-ends', fromPlan(screen));
    stackOnce(story);
  });

  test('Enter before it is done asks again', async () => {
    const story = await untilThen();
    const says = { ...agreeing, renewed: ['', '', ''] };
    const { exitCode, screen } = await story.run.resume({ origin: sso, renewsTooEarly: 2, says });
    expect(exitCode, screen).toBe(0);
    expect(screen.match(/aws sso login --profile acme/g)).toHaveLength(3);
    stackOnce(story);
  });

  test('Ctrl-C leaves with everything saved', async () => {
    const story = await untilThen();
    const left = await story.run.resume({ origin: sso, says: { yes: true, renewed: ctrlC } });
    expect(left.exitCode).toBe(130);
    expect((await story.state())?.journal.filter(({ outcome }) => outcome === undefined)).toEqual([]);
    story.mend();
    expect((await story.run.resume({ yes: true })).exitCode).toBe(0);
    stackOnce(story);
  });

  test('another account after signing in is no way on, and nothing is written with it', async () => {
    const story = await untilThen();
    const before = story.world.calls.length;
    const { exitCode, problem } = await story.run.resume({
      origin: sso,
      renewsAs: '444455556666',
      says: { yes: true, renewed: '' },
    });
    expect(exitCode).toBe(1);
    expect(problem).toMatchObject({ code: 'wrong-account' });
    expect(problem?.message).toContain('444455556666');
    const foreign = story.world.calls.slice(before).filter(({ account }) => account === '444455556666');
    expect(foreign.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  test('where nobody can be asked, it is exit code 4 and the way on', async () => {
    const story = await untilThen();
    const { exitCode, screen } = await story.run.resume({ yes: true, origin: sso });
    await shows('session-ends-unattended', screen.slice(screen.lastIndexOf('\n✖')));
    expect(exitCode).toBe(4);
    story.mend();
    expect((await story.run.resume({ yes: true })).exitCode).toBe(0);
    stackOnce(story);
  });

  test('keys in the environment can’t change within a run, so nobody is asked', async () => {
    const story = await untilThen();
    const { exitCode, problem } = await story.run.resume({ origin: { kind: 'environment' }, says: { yes: true } });
    expect(exitCode).toBe(4);
    expect(problem?.advice[0]).toContain('AWS_ACCESS_KEY_ID');
  });
});

describe('session-ends-in-write: at the call that makes the report', () => {
  test('the same call is made again, and no write is made twice', async () => {
    const story = rehearse('session-ends-in-write');
    const { exitCode, screen, writes } = await story.run.setup({
      flags: answers,
      origin: sso,
      says: { ...atTerminal, renewed: '' },
    });
    expect(exitCode, screen).toBe(0);
    await shows('session-ends-in-write', screen.slice(screen.indexOf('Do this in account')));
    // The refused one and the one that AWS took.
    expect(writes).toEqual([...writesOfSetup, 'cur:PutReportDefinition']);
    stands(story);
    expect((await story.state())?.journal.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
  });

  test.each([
    ['Ctrl-C', { ...atTerminal, renewed: ctrlC }, 130],
    ['nobody to ask', undefined, 4],
  ] as const)('%s: the attempt is journaled as failed, and the next run makes it', async (_, says, code) => {
    const story = rehearse('session-ends-in-write');
    const left = await story.run.setup({ flags: answers, origin: sso, ...(says ? { says } : { yes: true }) });
    expect(left.exitCode, left.screen).toBe(code);
    expect((await story.state())?.journal.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'failed']);
    story.mend();
    const resumed = await story.run.resume({ yes: true, origin: sso });
    expect(resumed).toMatchObject({ exitCode: 0, writes: ['cur:PutReportDefinition'] });
    stands(story);
  });
});

test('session-over: at the first call already', async () => {
  const story = rehearse('session-over');
  const { exitCode, screen } = await story.run.setup({
    flags: answers,
    origin: sso,
    says: { ...atTerminal, renewed: '' },
  });
  expect(exitCode, screen).toBe(0);
  await shows('session-over', screen.slice(0, screen.indexOf('Step 1')));
  stands(story);

  const alone = rehearse('session-over');
  expect(await alone.run.setup(noDay)).toMatchObject({ exitCode: 4, writes: [] });
  alone.mend();
  expect((await alone.run.setup(noDay)).exitCode).toBe(0);
});

test('session-expires-soon: is told before anything is begun, and nothing gets lost when it ends', async () => {
  const story = rehearse('session-expires-soon');
  const { exitCode, screen } = await story.run.setup({ yes: true, flags: answers });
  await shows('session-expires-soon', screen.slice(0, screen.indexOf('Step 1')));
  expect(exitCode).toBe(0);
  expect(screen).toContain('The credentials end in 20 minutes');
  story.advance(24);
  expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 4, writes: [] });
  story.mend();
  expect((await story.run.resume({ yes: true })).exitCode).toBe(0);
});

describe('role-wants-mfa: a role that is assumed with a code', () => {
  test('asks for it at a terminal, once, and again when it was mistyped', async () => {
    const story = rehearse('role-wants-mfa');
    const says = { ...atTerminal, 'mfa-code': ['000000', '123456'] };
    const { exitCode, screen } = await story.run.setup({ flags: answers, says });
    await shows('role-wants-mfa', screen.slice(0, screen.indexOf('Step 1')));
    expect(exitCode, screen).toBe(0);
    expect(screen).toContain('AWS did not take that code');
    stands(story);
  });

  test('is exit code 4 where nobody can be asked, and what can be done about it', async () => {
    const story = rehearse('role-wants-mfa');
    const { exitCode, screen, writes } = await story.run.setup(noDay);
    await shows('role-wants-mfa-unattended', screen);
    expect({ exitCode, writes }).toEqual({ exitCode: 4, writes: [] });
    story.mend();
    expect((await story.run.setup(noDay)).exitCode).toBe(0);
  });
});

test('a session that is over is no reason to ask for each of many connections', async () => {
  const story = rehearse();
  await reach(story, 'waiting', answers);
  await story.run.setup({ customer: 'other', yes: true, flags: { ...known, 'report-name': 'other-cur' } });
  story.stage().endSession(0);
  const all = await story.run.status({ customer: undefined, origin: sso, says: {} });
  expect(all.exitCode).toBe(4);
  expect(all.stdout.match(/unknown/g)?.length, all.stdout).toBe(2);
  const one = await story.run.status({ origin: sso, says: { renewed: '' } });
  expect(one.exitCode, one.screen).toBe(0);
});

test('session-refreshed: what can be renewed without anybody is', async () => {
  const story = rehearse('session-refreshed');
  const { exitCode, screen } = await story.run.setup(noDay);
  expect(exitCode, screen).toBe(0);
  await shows('session-refreshed', screen.slice(screen.indexOf('✔ Create the S3')));
  expect(screen).not.toContain('expired');
  stands(story);
});

describe('AWS on a bad day', () => {
  test('throttled: the client waits and goes on', async () => {
    const story = rehearse('throttled');
    const { exitCode, screen, writes } = await story.run.setup(noDay);
    expect(exitCode, screen).toBe(0);
    await shows('throttled', screen.slice(screen.indexOf('✔ Create the S3')));
    expect(madeOnce(writes, 's3:CreateBucket')).toHaveLength(1);
    stands(story);
  });

  test('clock-skewed: the clients set themselves right', async () => {
    const story = rehearse('clock-skewed');
    const { exitCode, screen } = await story.run.setup(noDay);
    expect(exitCode, screen).toBe(0);
    await shows('clock-skewed', screen);
    stands(story);
  });

  test.each([
    ['throttled-for-good', 1, /asked to slow down/],
    ['server-trouble', 1, /trouble of its own/],
    ['empty-refusal', 1, /without saying why/],
    ['credentials-unknown', 4, /does not accept these credentials/],
  ] as const)('%s', async (name, code, words) => {
    const story = rehearse(name);
    const { exitCode, screen, problem } = await story.run.setup(noDay);
    await shows(name, screen.slice(Math.max(screen.indexOf('✔ Create the S3'), 0)));
    expect(exitCode).toBe(code);
    expect(problem?.message).toMatch(words);
    story.mend();
    const next = await story.run.setup(noDay);
    expect(next.exitCode, next.screen).toBe(0);
    expect(madeOnce(story.mutatingCalls(), 's3:CreateBucket')).toHaveLength(1);
    stands(story);
  });

  test('region-disabled: the stack can’t be made before AWS has activated the account', async () => {
    const story = rehearse('region-disabled');
    await reach(story, 'waiting', answers);
    story.advance(24);
    const { exitCode, screen, problem } = await story.run.resume({ yes: true, origin: sso });
    await shows('region-disabled', screen.slice(screen.lastIndexOf('\n✔')));
    expect(exitCode).toBe(1);
    expect(problem?.message).toContain('not signed up for this service yet');
    story.mend();
    expect((await story.run.resume({ yes: true, origin: sso })).exitCode).toBe(0);
    expect(story.account().stacks).toHaveLength(1);
  });
});

tells(sessions);
