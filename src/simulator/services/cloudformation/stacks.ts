import { ServiceError } from '../../service.ts';
import type { Account, Stack, TimelineEntry } from '../../world.ts';

export const stackType = 'AWS::CloudFormation::Stack';

/** The stack's events up to now, oldest first. */
export const eventsOf = (stack: Stack, now: number): readonly TimelineEntry[] =>
  stack.timeline.filter(({ at }) => at <= now);

/** The newest event of the stack itself: its status and the reason for it. */
export const currentOf = (stack: Stack, now: number): TimelineEntry => {
  const current = eventsOf(stack, now).findLast(({ physicalId }) => physicalId === stack.id);
  if (!current) throw new Error(`Stack ${stack.id} has no events`);
  return current;
};

export const statusOf = (stack: Stack, now: number): string => currentOf(stack, now).status;

/** The newest event of each resource, in the order in which they began. */
export const resourceEvents = (stack: Stack, now: number): readonly TimelineEntry[] => {
  const newest = new Map<string, TimelineEntry>();
  for (const event of eventsOf(stack, now)) {
    if (event.physicalId !== stack.id) newest.set(event.logicalId, event);
  }
  return [...newest.values()];
};

/** The stack that bears the name now; deleted ones don't. */
export const liveStack = (account: Account, name: string, now: number): Stack | undefined =>
  account.stacks.findLast((stack) => stack.name === name && statusOf(stack, now) !== 'DELETE_COMPLETE');

/** By name the stack that is live, by id a deleted one too. */
export const findStack = (account: Account, nameOrId: string, now: number): Stack | undefined =>
  nameOrId.startsWith('arn:') ? account.stacks.find(({ id }) => id === nameOrId) : liveStack(account, nameOrId, now);

/** @throws ServiceError ValidationError when there is none. */
export const theStack = (account: Account, nameOrId: string, now: number): Stack => {
  const stack = findStack(account, nameOrId, now);
  if (stack) return stack;
  throw new ServiceError('ValidationError', `Stack with id ${nameOrId} does not exist`);
};

/** The part of a stack that templates refer to. */
export const identityOf = (account: Account, { id, name }: Stack) => ({ id, name, account: account.id });

export const iso = (ms: number): string => new Date(ms).toISOString();

/** When the deletion of a deleted stack began, in ms; undefined for one that isn't. */
export const deletionTime = (stack: Stack, now: number): number | undefined =>
  statusOf(stack, now) === 'DELETE_COMPLETE'
    ? eventsOf(stack, now).findLast(
        ({ physicalId, status }) => physicalId === stack.id && status === 'DELETE_IN_PROGRESS',
      )?.at
    : undefined;
