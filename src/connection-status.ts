import { again } from './aws/explain.ts';
import type { Problem } from './errors.ts';
import type { Check, Look, Move, Step, StepId } from './step.ts';
import { printable } from './text.ts';

/** A connection as `status --json` shows it. Times are ISO 8601 UTC. */
export interface ConnectionStatus {
  readonly name: string;
  readonly accountId: string;
  readonly state: 'ready' | 'waiting' | 'your-turn' | 'blocked' | 'not-started' | 'unknown';
  readonly step: StepId | 'done';
  /** One sentence, with the command to type. */
  readonly next: string;
  /** How far it is taken back, and since when; absent for a connection that stands. */
  readonly removal?: { readonly kind: 'begun' | 'done'; readonly at: string };
  readonly steps: readonly StepStatus[];
}

interface StepStatus {
  readonly id: StepId;
  readonly title: string;
  readonly move: {
    readonly kind: Move['kind'] | 'later';
    readonly reason: string;
    readonly since?: string;
    readonly expectedBy?: string;
    readonly advice?: readonly string[];
  };
  readonly checks: readonly Check[];
}

/** What the looks at a connection's steps come to; steps that were not reached come later. */
export const connectionStatus = (
  { customer, account, started }: { readonly customer: string; readonly account: string; readonly started: boolean },
  steps: readonly Step[],
  looks: readonly Look[],
): ConnectionStatus => {
  const open = looks.findIndex(({ move }) => move.kind !== 'done');
  const move = looks[open]?.move;
  const step = open < 0 ? undefined : steps[open];
  return {
    name: customer,
    accountId: account,
    state: stateOf(move, looks.length === steps.length, started),
    step: step?.id ?? (looks.length === steps.length ? 'done' : (steps[looks.length]?.id ?? 'done')),
    next: nextCommand(customer, move),
    steps: steps.map((each, index) => stepStatus(each, looks[index])),
  };
};

/** A connection that could not be looked at, and why. */
export const unknownStatus = (
  customer: string,
  account: string,
  steps: readonly Step[],
  problem: Problem,
): ConnectionStatus => ({
  name: customer,
  accountId: account,
  state: 'unknown',
  step: steps[0]?.id ?? 'done',
  next: `Could not look; once that is mended: spot-cur status ${customer}`,
  steps: steps.map((each, index) => (index === 0 ? unseen(each, problem) : stepStatus(each, undefined))),
});

/** A step that could not be looked at. */
const unseen = ({ id, title }: Step, { message, advice }: Problem): StepStatus => ({
  id,
  title,
  move: {
    kind: 'blocked',
    reason: printable(`Could not look. ${message}`),
    // Nothing was done that could be gone on with.
    advice: advice.filter((each) => each !== again).map(printable),
  },
  checks: [],
});

/** A connection whose questions have not all been answered. */
export const notStartedStatus = (customer: string, account: string, steps: readonly Step[]): ConnectionStatus => ({
  name: customer,
  accountId: account,
  state: 'not-started',
  step: steps[0]?.id ?? 'done',
  next: `Answer the rest of the questions: spot-cur resume ${customer}`,
  steps: steps.map((each) => stepStatus(each, undefined)),
});

/** A connection that is, or is being, taken back: AWS is not asked for what nobody wants any more. */
export const removedStatus = (
  customer: string,
  account: string,
  steps: readonly Step[],
  removal: NonNullable<ConnectionStatus['removal']>,
): ConnectionStatus => ({
  name: customer,
  accountId: account,
  state: removal.kind === 'done' ? 'not-started' : 'your-turn',
  step: steps[0]?.id ?? 'done',
  next:
    removal.kind === 'done'
      ? `Connect the account again: spot-cur setup ${customer}`
      : `Finish its removal: spot-cur remove ${customer}`,
  removal,
  steps: steps.map(({ id, title }) => ({
    id,
    title,
    move: {
      kind: 'later' as const,
      reason: removal.kind === 'done' ? 'The connection was taken back.' : 'The connection is being taken back.',
    },
    checks: [],
  })),
});

const stateOf = (move: Move | undefined, complete: boolean, started: boolean): ConnectionStatus['state'] => {
  switch (move?.kind) {
    case undefined:
      return complete ? 'ready' : 'unknown';
    case 'done':
      return 'ready';
    case 'wait':
      return 'waiting';
    case 'handover':
      return 'your-turn';
    case 'change':
      return started ? 'your-turn' : 'not-started';
    case 'blocked':
      return 'blocked';
  }
};

/** What to type next, in a sentence. */
const nextCommand = (customer: string, move: Move | undefined): string => {
  switch (move?.kind) {
    case undefined:
    case 'done':
      return 'Nothing is left to do.';
    case 'wait':
      return move.offer
        ? `When Spot's link has come: spot-cur resume ${customer} --link '<link>'`
        : `Once AWS is done: spot-cur resume ${customer}`;
    case 'handover':
      return `Send the message to Spot, then: spot-cur resume ${customer} --sent`;
    case 'change':
      return `${move.after && move.after.advice.length > 0 ? 'When that is mended' : 'Go on with'}: spot-cur resume ${customer}`;
    case 'blocked':
      return printable(move.advice.find(isCommand) ?? `When that is mended: spot-cur resume ${customer}`);
  }
};

/** True for advice that ends in something to type. */
const isCommand = (advice: string): boolean => /: (spot-cur|aws) /.test(advice);

const iso = (ms: number): string => new Date(ms).toISOString();

const stepStatus = ({ id, title }: Step, look: Look | undefined): StepStatus => {
  if (!look) return { id, title, move: { kind: 'later', reason: 'Comes after the steps before it.' }, checks: [] };
  const { move } = look;
  const since = 'since' in move ? move.since : undefined;
  const expectedBy = 'expectedBy' in move ? move.expectedBy : undefined;
  const advice = 'advice' in move ? move.advice : move.kind === 'change' ? move.after?.advice : undefined;
  return {
    id,
    title,
    move: {
      kind: move.kind,
      reason:
        move.kind === 'change' && move.after
          ? `${move.reason} The attempt before failed. ${move.after.reason}`
          : move.reason,
      ...(since !== undefined && { since: iso(since) }),
      ...(expectedBy !== undefined && { expectedBy: iso(expectedBy) }),
      ...(advice && advice.length > 0 && { advice }),
    },
    checks: look.checks,
  };
};
