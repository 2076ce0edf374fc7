import { ServiceError } from '../../service.ts';
import type { Account, ChangeSet, Stack } from '../../world.ts';
import { changeSetNameOrId } from './constraints.ts';
import { statusOf, theStack } from './stacks.ts';
import { invalid, type Parameters } from './wire.ts';

/** Ms that a change set takes to be looked at, made and taken away. */
const durations = { pending: 150, made: 700, gone: 600 } as const;

const isGone = ({ deleted }: ChangeSet, now: number): boolean =>
  deleted !== undefined && now >= deleted + durations.gone;

export const changeSetStatus = ({ created, deleted, failure }: ChangeSet, now: number): string => {
  if (deleted !== undefined) return now < deleted + durations.pending ? 'DELETE_PENDING' : 'DELETE_IN_PROGRESS';
  if (now < created + durations.pending) return 'CREATE_PENDING';
  if (now < created + durations.made) return 'CREATE_IN_PROGRESS';
  return failure === undefined ? 'CREATE_COMPLETE' : 'FAILED';
};

export const executionStatus = (stack: Stack, changeSet: ChangeSet, now: number): string => {
  if (changeSet.executed !== undefined) return executed(statusOf(stack, now));
  if (stack.changeSets.some((other) => other.executed !== undefined)) return 'OBSOLETE';
  return changeSetStatus(changeSet, now) === 'CREATE_COMPLETE' ? 'AVAILABLE' : 'UNAVAILABLE';
};

const executed = (status: string): string => {
  if (status === 'CREATE_IN_PROGRESS') return 'EXECUTE_IN_PROGRESS';
  return status === 'CREATE_COMPLETE' ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
};

/** The change sets of a stack that are still there. */
export const liveChangeSets = (stack: Stack, now: number): readonly ChangeSet[] =>
  stack.changeSets.filter((changeSet) => !isGone(changeSet, now));

/** The change set that a request names, by ARN or by its name and its stack's; undefined when there is none. */
export const findChangeSet = (
  account: Account,
  parameters: Parameters,
  now: number,
): { readonly stack: Stack; readonly changeSet: ChangeSet } | undefined => {
  const wanted = changeSetNameOrId(parameters);
  const byArn = wanted.startsWith('arn:');
  if (!byArn && parameters.StackName === undefined) {
    throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
  }
  const stacks = byArn ? account.stacks : [theStack(account, parameters.StackName ?? '', now)];
  for (const stack of stacks) {
    const changeSet = liveChangeSets(stack, now).find(({ id, name }) => (byArn ? id : name) === wanted);
    if (changeSet) return { stack, changeSet };
  }
  return undefined;
};

/** @throws ServiceError ChangeSetNotFound */
export const theChangeSet = (account: Account, parameters: Parameters, now: number) => {
  const found = findChangeSet(account, parameters, now);
  if (found) return found;
  throw new ServiceError('ChangeSetNotFound', `ChangeSet [${parameters.ChangeSetName}] does not exist`, 404);
};
