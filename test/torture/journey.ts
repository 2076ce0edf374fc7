import { expect } from 'vitest';
import type { State } from '../../src/state/state.ts';
import {
  type Hands,
  known,
  type Moment,
  type Rehearsal,
  type Run,
  rehearse,
  type Start,
} from '../support/rehearsal.ts';
import { comparable, comparableWorld } from './comparable-world.ts';

/** Minutes that a person takes to try again. */
const aMoment = 5 / 60;

/** Begins a world in which others have things of their own: whatever happens, they stay. */
export const inhabited = (hands?: Hands): Rehearsal => {
  const rehearsal = rehearse(undefined, hands);
  if (hands?.from) return rehearsal;
  const stage = rehearsal.stage();
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ ...forWebsite, Resource: 'arn:aws:s3:::acme-website/*' }],
  });
  const notifications = '<EventBridgeConfiguration></EventBridgeConfiguration>';
  stage.bucket('acme-website', { policy, notifications });
  stage.bucket('acme-other-billing');
  stage.report({ ReportName: 'finance', S3Bucket: 'acme-other-billing', S3Prefix: 'finance', TimeUnit: 'DAILY' });
  stage.stack(
    'Network',
    '{"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}}}',
  );
  return rehearsal;
};

const forWebsite = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 's3:GetObject' };

/** A run of the program, as unattended as it gets. */
export const runOf = async (rehearsal: Rehearsal, given: Start = {}): Promise<Run> => {
  const start = { yes: true, json: true, ...given };
  return (await rehearsal.state())
    ? rehearsal.run.resume(start)
    : rehearsal.run.setup({ ...start, flags: { ...known, ...named, ...start.flags } });
};

/** The usual name is given: whoever is denied a look at the bucket is not to take it for somebody else's and choose another. */
const named = { bucket: 'spotinst-cur-report' };

/** What the next run is given, once the world and the people in it have done their part; undefined when there is nothing left. */
export const next = (rehearsal: Rehearsal, { stdout, screen }: Run): Start | undefined => {
  const { state, step } = JSON.parse(stdout).customers?.[0] ?? {};
  if (state === 'ready') return undefined;
  if (state === 'your-turn') {
    rehearsal.advance(1);
    return { sent: true };
  }
  if (state !== 'waiting') throw new Error(`Nothing of this world's is to be waited for:\n${screen}`);
  rehearsal.advance(step === 'report' ? 24 : 49);
  return step === 'report' ? {} : { flags: { link: rehearsal.link() } };
};

/**
 * Goes on without trouble, day by day, from a run that was `given` something and led somewhere: what failed is typed again. It ends
 * ready, or early where it is `over`. @throws unless it does
 */
export const finish = async (
  rehearsal: Rehearsal,
  { run: first, given: same }: { readonly run: Run; readonly given: Start },
  over: () => Promise<boolean> = async () => false,
): Promise<void> => {
  let run = first;
  let given: Start | undefined = same;
  for (let round = 0; round < 8; round += 1) {
    if (run.exitCode !== 0) rehearsal.advance(aMoment);
    else if (await over()) return;
    else given = next(rehearsal, run);
    if (!given) return;
    run = await runOf(rehearsal, given);
    expect(run.exitCode, run.screen).toBe(0);
  }
  throw new Error(`It is not ready after many runs:\n${run.screen}`);
};

/** A day of the journey: what its run begins with, and the calls that it makes when nothing is wrong. */
export interface Day {
  readonly number: number;
  readonly moment: Moment;
  readonly given: Start;
  readonly calls: readonly string[];
}

/** The journey that nothing disturbs, and what it ends with. */
export const undisturbed = async (): Promise<{ readonly days: readonly Day[]; readonly end: End }> => {
  const rehearsal = inhabited();
  const days: Day[] = [];
  for (let given: Start | undefined = {}, number = 1; given; number += 1) {
    const moment = rehearsal.moment();
    const run: Run = await runOf(rehearsal, given);
    expect(run.exitCode, run.screen).toBe(0);
    days.push({ number, moment, given, calls: rehearsal.calls().slice(moment.world.calls.length) });
    given = next(rehearsal, run);
  }
  // One more, which finds nothing to do.
  const moment = rehearsal.moment();
  expect(await runOf(rehearsal)).toMatchObject({ exitCode: 0, writes: [] });
  days.push({ number: days.length + 1, moment, given: {}, calls: rehearsal.calls().slice(moment.world.calls.length) });
  return { days, end: await endOf(rehearsal) };
};

/** What has to be the same at the end, whatever came in between. */
export interface End {
  readonly world: unknown;
  /** Where what stands came from. */
  readonly provenance: unknown;
  /** Changes of which the journal does not tell what came of them. */
  readonly unresolved: readonly string[];
}

export const endOf = async (rehearsal: Rehearsal): Promise<End> => {
  const state = await rehearsal.state();
  const { provenance, unresolved } = remembered(state);
  return { world: comparableWorld(rehearsal.world), provenance, unresolved };
};

/** The end of a day, with all that a later run goes by beside AWS: from where both are the same, it goes on the same way. */
export const standing = ({ world, states, messages }: Moment): unknown => ({
  world: comparableWorld(world),
  remembered: [...states.values()].map((text) => remembered(JSON.parse(text))),
  messages: [...messages.values()].map(({ body }) => body),
});

const remembered = (state: State | undefined) => {
  const { provenance = {}, journal = [], notes = {}, answers } = state ?? {};
  return {
    answers,
    notes: comparable({ ...notes, 'sent-at': '' }),
    provenance: Object.fromEntries(Object.entries(provenance).map(([key, { origin, id }]) => [key, `${origin} ${id}`])),
    unresolved: journal.filter(({ outcome }) => outcome === undefined).map(({ change }) => change),
  };
};
