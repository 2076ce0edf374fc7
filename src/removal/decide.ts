import type { State } from '../state/state.ts';
import type { Change, ChangeMove, Move, Settled } from '../step.ts';
import { printable } from '../text.ts';
import { bucketPart, bucketTrouble, logGroups } from './bucket.ts';
import { dataPart } from './data.ts';
import { notificationsPart, withCopy } from './notifications.ts';
import { type Facts, type Part, type Stay, stayText } from './part.ts';
import { policyPart } from './policy.ts';
import { begunNote, doneNote, progressOf } from './progress.ts';
import { reportPart } from './report.ts';
import { schedulePart } from './schedule.ts';
import type { Busy, Seen } from './seen.ts';
import { crawler, extractor, isEmptyStack, stackPart, underWay } from './stacks.ts';

/** What is to be done next to take a connection back, what has turned out to be gone, and what stays. */
export interface Decision {
  readonly move: Move;
  readonly settled: Settled;
  readonly stays: readonly Stay[];
  /** All that is still to be done, in the words of the plan. */
  readonly goes: readonly string[];
  /** What it costs, for whoever agrees. */
  readonly costs: readonly string[];
  /** The changes that are still to be made, by their ids. */
  readonly planned: readonly string[];
}

/** In the order in which things depend on one another: what reads goes before what is read. `now` in ms. */
export const decide = (seen: Seen | Busy, state: State, facts: Facts, now: number): Decision => {
  if ('busy' in seen) return waiting(seen);
  const parts = partsOf(seen, state, facts, now);
  const stays = parts.flatMap((part) => part.stays ?? []);
  const open = parts.findIndex((part) => part.wait || part.blocked || (part.changes ?? []).length > 0);
  const goes = parts.flatMap(summaries);
  const last = finish(state, now);
  const all = [...goes, ...(goes.length > 0 || !isDone(state) ? [last.summary] : [])];
  const move = moveOf(parts, open, { state, facts, stays, last, now });
  const planned = [...parts.flatMap(({ changes = [] }) => changes), last].map(({ id }) => id);
  return { move, settled: settledOf(parts), stays, costs: costsOf(parts), goes: all, planned };
};

const nothing: Settled = { releases: [], forgets: [], notes: {} };

const waiting = ({ busy, seen }: Busy): Decision => ({
  move: underWay(seen),
  settled: nothing,
  stays: [],
  costs: [],
  goes: [`Delete the ${busy} stack ${printable(seen.stack.name)}`],
  planned: [],
});

const partsOf = (seen: Seen, state: State, facts: Facts, now: number): readonly Part[] => {
  const stack = stackPart(crawler, seen.crawler, state);
  return [
    bucketTrouble(seen, state),
    isEmptyStack(seen.extractor?.stack)
      ? stackPart(extractor, seen.extractor, state)
      : withCosts(stackPart(extractor, seen.extractor, state), 'Spot gets no rows of this account any more.'),
    withCosts(
      stack.changes ? { ...stack, changes: withCopy(stack.changes, seen, state) } : stack,
      "Athena's database of the report goes with the crawler stack, and every table in it.",
    ),
    notificationsPart(seen, state),
    schedulePart(seen, state),
    reportPart(seen, state, now),
    policyPart(seen, state),
    dataPart(seen, state, facts),
    bucketPart(seen, state, facts),
    { stays: logGroups(state) },
  ];
};

const withCosts = (part: Part, cost: string): Part => (part.changes ? { ...part, costs: [cost] } : part);

const summaries = ({ changes = [], later = [] }: Part): readonly string[] => [
  ...changes.map(({ summary }) => summary),
  ...later,
];

interface Surroundings {
  readonly state: State;
  readonly facts: Facts;
  readonly stays: readonly Stay[];
  readonly last: Change;
  readonly now: number;
}

const moveOf = (parts: readonly Part[], open: number, { state, facts, stays, last, now }: Surroundings): Move => {
  const part = parts[open];
  if (part?.blocked) return part.blocked;
  if (part?.wait) return part.wait;
  if (!part && isDone(state))
    return { kind: 'done', reason: 'Nothing of it is left that this program has made.', outputs: {} };
  const plan: Pick<ChangeMove, 'kind' | 'plan' | 'covers' | 'typed' | 'reason' | 'stays' | 'warnings' | 'notes'> = {
    kind: 'change',
    plan: 'removal',
    typed: facts.customer,
    reason: `The connection ${facts.customer} is to be taken back: what this program has made in account ${facts.account}, and nothing else.`,
    covers: parts.flatMap(({ takes = [] }) => takes),
    stays: stays.map(stayText),
    warnings: costsOf(parts),
    ...(progressOf(state)?.kind !== 'begun' && { notes: { [begunNote]: new Date(now).toISOString() } }),
  };
  if (!part) return { ...plan, changes: [last] };
  return {
    ...plan,
    changes: part.changes ?? [],
    later: [...(part.later ?? []), ...parts.slice(open + 1).flatMap(summaries), last.summary],
    ...(part.after && { after: part.after }),
  };
};

const costsOf = (parts: readonly Part[]): readonly string[] => parts.flatMap(({ costs = [] }) => costs);

const isDone = (state: State): boolean => progressOf(state)?.kind === 'done';

/** The last thing is written on this machine alone; clocks that are set back don't make it end before it began. */
const finish = ({ customer, notes: { [begunNote]: begun = '' } }: State, now: number): Change => ({
  id: `removal:connection:${begun}`,
  summary: `Mark the connection ${customer} as removed; its record stays`,
  apply: async () => ({ notes: { [doneNote]: new Date(Math.max(now, Date.parse(begun) || 0)).toISOString() } }),
});

const settledOf = (parts: readonly Part[]): Settled => ({
  releases: parts.flatMap(({ settled }) => settled?.releases ?? []),
  forgets: parts.flatMap(({ settled }) => settled?.forgets ?? []),
  notes: Object.assign({}, ...parts.map(({ settled }) => settled?.notes ?? {})),
});
