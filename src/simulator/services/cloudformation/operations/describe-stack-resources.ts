import type { Account, Stack } from '../../../world.ts';
import { memberList } from '../../../xml.ts';
import { stackNameOrId } from '../constraints.ts';
import { ofStack, shownResources } from '../shown-resources.ts';
import { resourceEvents, theStack } from '../stacks.ts';
import { invalid, reading } from '../wire.ts';

export const describeStackResources = reading('DescribeStackResources', ({ account, now }, request) => {
  const { PhysicalResourceId: physicalId, LogicalResourceId: wanted } = request;
  const stack =
    request.StackName === undefined && physicalId !== undefined
      ? ownerOf(account, physicalId, now)
      : theStack(account, stackNameOrId(request), now);
  const shown = shownResources(stack, now).filter(({ LogicalResourceId: id }) => wanted === undefined || id === wanted);
  return { StackResources: memberList(shown.map((resource) => ofStack(stack, resource))) };
});

const ownerOf = (account: Account, physicalId: string, now: number): Stack => {
  const stack = account.stacks.find((one) => resourceEvents(one, now).some((event) => event.physicalId === physicalId));
  if (stack) return stack;
  throw invalid(`Stack for ${physicalId} does not exist`);
};
