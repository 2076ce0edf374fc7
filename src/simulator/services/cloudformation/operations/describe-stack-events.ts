import { memberList } from '../../../xml.ts';
import { stackNameOrId } from '../constraints.ts';
import { eventsOf, findStack, iso } from '../stacks.ts';
import { invalid, reading } from '../wire.ts';

export const describeStackEvents = reading('DescribeStackEvents', ({ account, now }, request) => {
  const name = stackNameOrId(request);
  const stack = findStack(account, name, now);
  if (!stack) throw invalid(`Stack [${name}] does not exist`);
  const events = [...eventsOf(stack, now)].reverse().map((event) => ({
    StackId: stack.id,
    EventId: event.eventId,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: iso(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.token,
  }));
  return { StackEvents: memberList(events) };
});
