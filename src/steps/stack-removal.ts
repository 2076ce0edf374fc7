import type { Stack, StackEvent } from '../aws/stacks.ts';
import type { ChangeMove, Failure } from '../step.ts';
import { printable } from '../text.ts';
import { changeSetsOf, deleteByHand, removalsTried, retained } from './stack-trouble.ts';

/** A stack that has to go before one of its name can be created. */
export interface Removable {
  readonly stack: Stack;
  readonly events: readonly StackEvent[];
  /** Whether this connection created it: only then --yes may agree. */
  readonly made: boolean;
  readonly customer: string;
  /** The start of the change's id. */
  readonly step: 'crawler' | 'extractor';
  /** Chooses another name for the stack: ends in a command. */
  readonly otherName: string;
  /** What comes after it. */
  readonly later: readonly string[];
  readonly after?: Failure | undefined;
}

/** Deletes what a failed creation left; what could not be deleted twice is named and left behind. */
export const removeFailed = (removable: Removable): ChangeMove => {
  const { stack, events, made } = removable;
  const kept = retained(stack, events);
  const maker = made ? '' : ', and this connection did not make it';
  const reason =
    kept.length > 0
      ? `The stack ${stack.name} failed (${stack.status}), and not all of it could be deleted${maker}.`
      : `The stack ${stack.name} failed (${stack.status})${maker}. It has to be deleted before it can be created again.`;
  return removal(removable, reason, {
    summary:
      kept.length > 0
        ? `Delete the failed stack ${stack.name}, and leave in the account what could not be deleted`
        : `Delete the failed stack ${stack.name} with whatever is left of it, so that it can be created again`,
    details: kept.flatMap(({ resource, type, reason: why = '' }) => [
      `Stays: ${printable(resource)} (${printable(type)})`,
      `  ${printable(why)}`,
    ]),
    retain: kept.map(({ resource }) => resource),
  });
};

/** Deletes a stack that holds nothing: it was begun with a change set, which somebody still has to look at. */
export const removeUnreviewed = (removable: Removable): ChangeMove => {
  const { stack } = removable;
  return removal(
    removable,
    `A stack named ${stack.name} waits for the review of a change set that somebody made. It holds nothing, and has to go before the name can be used.`,
    { summary: `Delete the empty stack ${stack.name} with its change set`, details: [], retain: [] },
  );
};

const removal = (
  { stack, events, made, customer, step, otherName, later, after }: Removable,
  reason: string,
  { summary, details, retain }: { summary: string; details: readonly string[]; retain: readonly string[] },
): ChangeMove => {
  // A deletion that failed is followed by another one: each try is a change of its own.
  const id = `${step}-stack-removal:${stack.id}:${removalsTried(events)}${retain.map((each) => `:${each}`).join('')}`;
  return {
    kind: 'change',
    // A plan of its own: what is created afterwards is shown and confirmed again.
    plan: id,
    reason,
    changes: [
      {
        id,
        summary,
        details,
        call: { action: 'cloudformation:DeleteStack', arn: stack.id },
        apply: ({ aws }) => aws.stacks.delete(stack.id, retain),
      },
    ],
    later,
    ...(after && { after }),
    ...(!made && {
      personOnly: {
        reason: [reason, after?.reason, 'A person at a terminal has to agree to its deletion.']
          .filter(Boolean)
          .join(' '),
        advice: [
          ...(stack.status === 'REVIEW_IN_PROGRESS' ? [`See what waits there: ${changeSetsOf(stack.name)}`] : []),
          `Delete it if nobody needs it: ${deleteByHand(stack.name)}`,
          otherName,
          `Or agree to its deletion at a terminal: spot-cur resume ${customer}`,
        ],
      },
    }),
  };
};
