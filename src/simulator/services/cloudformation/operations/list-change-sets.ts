import { memberList } from '../../../xml.ts';
import { changeSetStatus, executionStatus, liveChangeSets } from '../change-sets.ts';
import { stackNameOrId } from '../constraints.ts';
import { iso, theStack } from '../stacks.ts';
import { reading } from '../wire.ts';

export const listChangeSets = reading('ListChangeSets', ({ account, now }, request) => {
  const stack = theStack(account, stackNameOrId(request), now);
  const summaries = liveChangeSets(stack, now).map((changeSet) => ({
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: executionStatus(stack, changeSet, now),
    Status: changeSetStatus(changeSet, now),
    StatusReason: changeSet.failure,
    CreationTime: iso(changeSet.created),
    Description: changeSet.description,
    IncludeNestedStacks: 'false',
  }));
  return { Summaries: memberList(summaries) };
});
