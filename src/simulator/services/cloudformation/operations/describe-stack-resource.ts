import { stackNameOrId } from '../constraints.ts';
import { ofStack, shownResources } from '../shown-resources.ts';
import { theStack } from '../stacks.ts';
import { invalid, reading } from '../wire.ts';

export const describeStackResource = reading('DescribeStackResource', ({ account, now }, request) => {
  const stack = theStack(account, stackNameOrId(request), now);
  const wanted = request.LogicalResourceId;
  const found = shownResources(stack, now).find((resource) => resource.LogicalResourceId === wanted);
  if (!found) throw invalid(`Resource ${wanted} does not exist for stack ${stack.name}`);
  const { Timestamp, ...resource } = found;
  return { StackResourceDetail: { ...ofStack(stack, resource), LastUpdatedTimestamp: Timestamp } };
});
