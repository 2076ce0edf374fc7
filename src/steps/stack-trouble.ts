import type { Stack, StackEvent } from '../aws/stacks.ts';
import type { Setback } from '../step.ts';
import { printable, shellWord } from '../text.ts';
import { latestCause } from './stack-failure.ts';
import { consoleLink, isStackType } from './stack-standing.ts';

/** How a stack is deleted by hand. */
export const deleteByHand = (name: string): string =>
  `aws cloudformation delete-stack --region us-east-1 --stack-name ${shellWord(name)}`;

/** What shows the change sets of a stack by hand. */
export const changeSetsOf = (name: string): string =>
  `aws cloudformation list-change-sets --region us-east-1 --stack-name ${shellWord(name)}`;

/** How often CloudFormation has tried to take the stack's resources away, in a rollback or a deletion. */
export const removalsTried = (events: readonly StackEvent[]): number =>
  events.filter(({ type, status }) => isStackType(type) && /^(DELETE|ROLLBACK)_IN_PROGRESS$/.test(status)).length;

/** Resources that could not be deleted: those whose newest event says so. */
const undeleted = (events: readonly StackEvent[]): readonly StackEvent[] => {
  const newest = new Map(events.filter(({ type }) => !isStackType(type)).map((event) => [event.resource, event]));
  return [...newest.values()].filter(({ status }) => status === 'DELETE_FAILED');
};

/**
 * What a deletion has to leave behind: CloudFormation takes such a list for a stack in DELETE_FAILED alone, and what failed
 * once may well go the second time.
 */
export const retained = (stack: Stack, events: readonly StackEvent[]): readonly StackEvent[] =>
  stack.status === 'DELETE_FAILED' && removalsTried(events) > 1 ? undeleted(events) : [];

/** A stack in a state that only a person gets it out of: why, and with what. */
export const oddity = (stack: Stack, events: readonly StackEvent[]): Setback => {
  const cause = latestCause(events);
  const why = cause
    ? `: ${isStackType(cause.type) ? '' : `${printable(cause.resource)}: `}${printable(cause.reason ?? cause.status)}`
    : stack.reason
      ? `: ${printable(stack.reason)}`
      : '';
  const name = shellWord(stack.name);
  const aws = (operation: string) => `aws cloudformation ${operation} --region us-east-1 --stack-name ${name}`;
  const way = ((): string[] => {
    switch (stack.status) {
      case 'UPDATE_ROLLBACK_FAILED':
        return [`Mend what it names, then have the update taken back: ${aws('continue-update-rollback')}`];
      case 'UPDATE_FAILED':
        return [`Have the update taken back: ${aws('rollback-stack')}`];
      case 'IMPORT_ROLLBACK_COMPLETE':
      case 'IMPORT_ROLLBACK_FAILED':
        return [`An import into it failed. See what it holds: ${aws('describe-stack-resources')}`];
      default:
        return [`See what happened to it: ${aws('describe-stack-events')}`];
    }
  })();
  return {
    reason: `The stack ${stack.name} is in the state ${printable(stack.status)}, which needs a person${why}`.replace(
      /\.?$/,
      '.',
    ),
    advice: [...way, `Look at it: ${consoleLink(stack)}`],
  };
};
