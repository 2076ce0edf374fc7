import { describe, expect, test } from 'vitest';
import { bucketNamed } from '../../src/simulator/services/s3/store.ts';
import { known, type Moment, type Rehearsal, reach, reachPrepared, rehearse } from '../support/rehearsal.ts';
import { scriptedTerminal } from '../support/scripted-terminal.ts';
import { mortal } from '../torture/mortal.ts';

const name = 'spotinst-cur-report';
const goes = { confirm: 'acme', deleteData: true };

/** What somebody makes by hand who follows the procedure: the same as this program, under no mark of its own. */
const byHand = async (): Promise<Rehearsal> => {
  const other = rehearse();
  await reach(other, 'waiting');
  return other;
};

const theirBucket = (story: Rehearsal, other: Rehearsal): void => {
  const made = bucketNamed(other.world, name);
  if (!made) throw new Error('Nobody has made a bucket.');
  const { policy: _, ...bare } = structuredClone(made);
  story.world.buckets[name] = { ...bare, created: story.simulator.clock.now() };
};

/** A run that is killed once it has noted a change, and before it asks AWS for it. */
const killedBefore = async (
  change: string,
  run: (story: Rehearsal) => Promise<unknown>,
  from?: Moment,
): Promise<{ story: Rehearsal; live: ReturnType<typeof mortal>['live'] }> => {
  for (let at = 1; at < 120; at += 1) {
    const { live, requests, session } = mortal({ at, when: 'before' });
    const story = rehearse(undefined, { ...(from && { from }), requests, session });
    await live(() => run(story));
    const { journal = [] } = (await story.state()) ?? {};
    const open = journal.some((entry) => entry.change.startsWith(change) && entry.outcome === undefined);
    if (open && !story.world.calls.slice(from?.world.calls.length).some(({ operation }) => operation === asks[change]))
      return { story, live };
  }
  throw new Error(`${change} was never noted.`);
};

const asks: Readonly<Record<string, string>> = {
  'bucket:': 'CreateBucket',
  'report:': 'PutReportDefinition',
  'crawler-stack:': 'CreateStack',
};

describe('what somebody else makes days after a run was killed before its call', () => {
  test('the bucket is found, not created, and stays', async () => {
    const { story, live } = await killedBefore('bucket:', ({ run }) => run.setup({ yes: true, flags: known }));
    story.advance(72);
    theirBucket(story, await byHand());
    const flags = { bucket: name };
    const resumed = await live(() => story.run.resume({ yes: true, flags }));
    expect(resumed?.exitCode, resumed?.screen).toBe(0);
    const { provenance, journal } = (await story.state()) ?? {};
    expect(provenance?.bucket?.origin).toBe('found');
    expect(journal?.find(({ change }) => change === `bucket:${name}`)?.outcome).toBe('failed');
    const removed = await live(() => story.run.remove(goes));
    expect(removed?.exitCode, removed?.screen).toBe(0);
    expect(bucketNamed(story.world, name)).toBeDefined();
  });

  test('the report stays, also where nobody has looked since', async () => {
    const { story, live } = await killedBefore('report:', ({ run }) => run.setup({ yes: true, flags: known }));
    story.advance(72);
    story.account().reports.push(...structuredClone((await byHand()).account().reports));
    const removed = await live(() => story.run.remove({ confirm: 'acme' }));
    expect(removed?.writes).not.toContain('cur:DeleteReportDefinition');
    expect(story.account().reports).toHaveLength(1);
  });

  test('the crawler stack, made without a token, is found and stays', async () => {
    const first = rehearse();
    await reach(first, 'waiting');
    first.advance(24);
    const from = first.moment();
    const { story, live } = await killedBefore('crawler-stack:', ({ run }) => run.resume({ yes: true }), from);
    story.advance(72);
    const other = rehearse(undefined, { from: story.moment() });
    await other.run.resume({ yes: true });
    const { stacks, ...account } = structuredClone(other.account());
    for (const stack of stacks) {
      Object.assign(stack, { tokens: {}, created: story.simulator.clock.now() });
      for (const event of stack.timeline) Object.assign(event, { token: undefined });
    }
    Object.assign(story.account(), { ...account, stacks });
    const resumed = await live(() => story.run.resume({ yes: true }));
    expect(resumed?.exitCode, resumed?.screen).toBe(0);
    expect((await story.state())?.provenance['crawler-stack']?.origin).toBe('found');
    const removed = await live(() => story.run.remove({ confirm: 'acme' }));
    expect(removed?.writes).not.toContain('cloudformation:DeleteStack');
  });
});

test('a bucket that is made while the plan is being read is left as it is, and a new plan is shown', async () => {
  const story = rehearse();
  const other = await byHand();
  let plans = 0;
  const terminal = {
    ...scriptedTerminal({ correct: '(go on)' }),
    async confirm() {
      plans += 1;
      if (plans === 1) theirBucket(story, other);
      return true;
    },
  };
  const { exitCode, writes } = await story.run.setup({ flags: { ...known, bucket: name }, terminal });
  expect(exitCode).toBe(0);
  expect(writes).not.toContain('s3:CreateBucket');
  expect(plans).toBe(2);
  expect((await story.state())?.provenance).toMatchObject({
    bucket: { origin: 'found' },
    report: { origin: 'created' },
  });
});

test('a change set that somebody executes while its end is planned leaves a stack that stays', async () => {
  const story = rehearse();
  await reachPrepared(story);
  const stack = story.account().stacks.at(-1);
  expect(stack?.timeline.at(-1)?.status).toBe('REVIEW_IN_PROGRESS');
  // What is prepared is not what is wanted any more, so that it goes first.
  const terminal = {
    ...scriptedTerminal({ correct: '(go on)' }),
    async confirm() {
      if (stack) story.stage().become(stack, 'CREATE_COMPLETE');
      return true;
    },
  };
  const { exitCode, problem, writes } = await story.run.resume({ flags: { 'account-list': '111122223333' }, terminal });
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  expect(problem?.message).toContain('Somebody has executed the change set');
});
