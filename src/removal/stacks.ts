import type { Stack, StackEvent } from '../aws/stacks.ts';
import type { State } from '../state/state.ts';
import type { Change, Failure, News, WaitMove } from '../step.ts';
import { causeOf, firstCause } from '../steps/stack-failure.ts';
import { consoleLink, isStackType, stackStanding, stackStandstill } from '../steps/stack-standing.ts';
import { deleteByHand, removalsTried, retained } from '../steps/stack-trouble.ts';
import { printable } from '../text.ts';
import { originOf } from './origin.ts';
import { changedMeanwhile, foundThere, type Part } from './part.ts';
import type { SeenStack } from './seen.ts';

/** Which of the two stacks, in the words of the plan. */
interface Which {
  readonly key: 'extractor-stack' | 'crawler-stack';
  readonly called: 'extractor' | 'crawler';
  /** Notes that spoke of it. */
  readonly notes: readonly string[];
}

export const extractor: Which = {
  key: 'extractor-stack',
  called: 'extractor',
  notes: ['extractor-stack-id', 'extractor-change-set', 'extractor-sha256', 'extractor-beside'],
};

export const crawler: Which = {
  key: 'crawler-stack',
  called: 'crawler',
  notes: ['crawler-stack-id', 'crawler-sha256'],
};

/** A stack of this connection: deleted by its id, waited for, and forgotten once it is gone. */
export const stackPart = (which: Which, seen: SeenStack | undefined, state: State): Part => {
  const origin = originOf(state, which.key);
  const { called } = which;
  if (origin && !origin.created)
    return { stays: [{ what: `The ${called} stack ${printable(origin.id)}`, why: foundThere }] };
  if (seen && !seen.proven) return { stays: [unproven(which, seen.stack)] };
  const standing = stackStanding(seen?.stack);
  if (!seen || standing === 'absent') return which.key === 'extractor-stack' ? gone(which, state) : {};
  const { stack, events } = seen;
  const takes = [`the ${isEmptyStack(stack) ? 'empty' : called} stack ${printable(stack.name)} (${stack.id})`];
  // Once the stack before it is gone, it is waited for.
  if (standing === 'busy' || standing === 'deleting') return { later: [summaryOf(which, stack)], takes };
  return {
    changes: [deletion(which, seen, state.customer)],
    takes,
    after: failure(which, stack, events, state.customer),
  };
};

/** What the state knew of a stack that is gone. The crawler's is forgotten later: what it has wiped comes back first. */
export const gone = ({ key, notes }: Which, state: State): Part =>
  originOf(state, key) || notes.some((note) => state.notes[note] !== undefined)
    ? { settled: { releases: [key], forgets: notes } }
    : {};

const unproven = ({ called }: Which, { name }: Stack) => ({
  what: `The stack ${printable(name)}`,
  why: `nothing that is recorded proves that it is the ${called} stack which this connection has made. If nobody needs it: ${deleteByHand(name)}`,
});

const summaryOf = ({ called }: Which, { name, status }: Stack): string =>
  isEmptyStack({ status })
    ? `Delete the empty stack ${printable(name)} with the change set that was prepared in it`
    : `Delete the ${called} stack ${printable(name)} with all that it has made`;

/** True while there is nothing in it but a change set. */
export const isEmptyStack = (stack: Pick<Stack, 'status'> | undefined): boolean =>
  stack?.status === 'REVIEW_IN_PROGRESS';

/** How the ids of the changes begin that delete it. */
export const deletionStart = ({ called }: Which, { id }: Stack): string => `removal:${called}-stack:${id}:`;

const deletionId = (which: Which, stack: Stack, tried: number): string => `${deletionStart(which, stack)}${tried}`;

const deletion = (which: Which, { stack, events }: SeenStack, customer: string): Change => {
  const kept = retained(stack, events);
  return {
    // A deletion that failed is followed by another one: each try is a change of its own.
    id: deletionId(which, stack, removalsTried(events)),
    summary:
      kept.length > 0
        ? `Delete the ${which.called} stack ${printable(stack.name)}, and leave in the account what could not be deleted`
        : summaryOf(which, stack),
    details: [stack.id, ...kept.map(({ resource, type, reason = '' }) => `Stays: ${resource} (${type}): ${reason}`)],
    call: { action: 'cloudformation:DeleteStack', arn: stack.id },
    async apply({ aws }) {
      const names = kept.map(({ resource }) => resource);
      // Whoever executes its change set makes of an empty stack one that holds something.
      const now = isEmptyStack(stack) ? await aws.stacks.find(stack.id) : undefined;
      if (now && stackStanding(now) !== 'absent' && !isEmptyStack(now))
        throw changedMeanwhile(
          `the stack ${printable(stack.name)}`,
          'It is not empty any more, and was not deleted.',
          customer,
        );
      return aws.stacks.delete(stack.id, names);
    },
  };
};

/** A deletion of this very run that failed ends it; the next run tries again, and the one after leaves behind what will not go. */
const failure = (which: Which, stack: Stack, events: readonly StackEvent[], customer: string): Failure | undefined => {
  if (stackStanding(stack) !== 'undeletable') return undefined;
  const tried = removalsTried(events);
  const cause = lastCause(events);
  const why = printable(cause?.reason ?? stack.reason ?? stack.status).replace(/\.?$/, '.');
  const what = cause && !isStackType(cause.type) ? ` ${printable(cause.resource)} (${printable(cause.type)}):` : '';
  const again = `spot-cur remove ${customer}`;
  return {
    attempt: deletionId(which, stack, tried - 1),
    undone: [],
    lost: [],
    passing: false,
    reason: `The stack ${stack.name} could not be deleted.${what} ${why}`,
    advice: [
      ...(causeOf(cause?.reason) === 'denied'
        ? [
            `CloudFormation acts with the rights of whoever deletes the stack. What it takes: spot-cur policy ${customer} --phase remove`,
          ]
        : []),
      tried > 1
        ? `Mend what it names. Or leave it behind, which the next run proposes: ${again}`
        : `Mend what it names, then try once more: ${again}`,
      `Look at it: ${consoleLink(stack)}`,
    ],
  };
};

/** What the newest deletion failed of. */
const lastCause = (events: readonly StackEvent[]): StackEvent | undefined => firstCause(sinceDeletion(events));

/** CloudFormation is at work on a stack, be it the deletion or what came before it. */
export const underWay = ({ stack, events }: SeenStack): WaitMove => ({
  kind: 'wait',
  span: 'minutes',
  pollEvery: 2_000,
  standstill: stackStandstill,
  reason:
    stack.status === 'DELETE_IN_PROGRESS'
      ? `CloudFormation deletes the stack ${printable(stack.name)}.`
      : `CloudFormation still works on the stack ${printable(stack.name)} (${printable(stack.status)}); it is deleted after that.`,
  news: removalNews(events),
  lastNews: async ({ aws }) => removalNews(await aws.stacks.listEvents(stack.id)),
});

/** What the newest deletion has done so far. */
const removalNews = (events: readonly StackEvent[]): readonly News[] =>
  sinceDeletion(events)
    .filter(({ status }) => /^DELETE_(COMPLETE|FAILED|SKIPPED)$/.test(status))
    .map(({ id, resource, type, status, reason }) => ({
      id,
      text: printable(`${status.padEnd(18)} ${resource} (${type})${reason ? `: ${reason}` : ''}`),
    }));

const sinceDeletion = (events: readonly StackEvent[]): readonly StackEvent[] =>
  events.slice(
    Math.max(
      0,
      events.findLastIndex(({ type, status }) => isStackType(type) && status === 'DELETE_IN_PROGRESS'),
    ),
  );
