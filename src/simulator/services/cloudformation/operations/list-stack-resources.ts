import { memberList } from '../../../xml.ts';
import { stackNameOrId } from '../constraints.ts';
import { shownResources } from '../shown-resources.ts';
import { theStack } from '../stacks.ts';
import { reading } from '../wire.ts';

export const listStackResources = reading('ListStackResources', ({ account, now }, request) => {
  const stack = theStack(account, stackNameOrId(request), now);
  const summaries = shownResources(stack, now).map(({ Timestamp, ...resource }) => ({
    ...resource,
    LastUpdatedTimestamp: Timestamp,
  }));
  return { StackResourceSummaries: memberList(summaries) };
});
