import type { Stack } from '../../world.ts';
import type { XmlValue } from '../../xml.ts';
import { iso, resourceEvents } from './stacks.ts';

/** The resources of a stack as AWS shows them, each by its newest event. */
export const shownResources = (stack: Stack, now: number) =>
  resourceEvents(stack, now).map(({ logicalId, physicalId, type, at, status, reason }) => ({
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId === '' ? undefined : physicalId,
    ResourceType: type,
    Timestamp: iso(at),
    ResourceStatus: status,
    ResourceStatusReason: reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  }));

/** With the stack that the resource belongs to, where an answer may tell of several. */
export const ofStack = (stack: Stack, resource: Readonly<Record<string, XmlValue>>) => ({
  StackName: stack.name,
  StackId: stack.id,
  ...resource,
});
