import { ServiceError } from '../../../service.ts';
import { executionStatus, findChangeSet } from '../change-sets.ts';
import { writing } from '../wire.ts';

/** Takes the change set away; the stack in REVIEW_IN_PROGRESS that was made for it stays. */
export const deleteChangeSet = writing('DeleteChangeSet', ({ account, now }, request) => {
  const found = findChangeSet(account, request, now);
  if (!found) return {};
  const { stack, changeSet } = found;
  const execution = executionStatus(stack, changeSet, now);
  if (execution === 'EXECUTE_IN_PROGRESS') {
    const message = `ChangeSet [${changeSet.id}] cannot be deleted in its current execution status of [${execution}]`;
    throw new ServiceError('InvalidChangeSetStatus', message);
  }
  changeSet.deleted ??= now;
  return {};
});
