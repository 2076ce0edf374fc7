import type { Stack } from '../../../world.ts';
import { memberList, type XmlValue } from '../../../xml.ts';
import { stackNameOrId } from '../constraints.ts';
import { shownParameters } from '../shown-parameters.ts';
import { currentOf, deletionTime, iso, statusOf, theStack } from '../stacks.ts';
import { templateOf } from '../template/of-stack.ts';
import { reading } from '../wire.ts';

export const describeStacks = reading('DescribeStacks', ({ account, now }, request) => {
  const stacks =
    request.StackName === undefined
      ? account.stacks.filter((stack) => statusOf(stack, now) !== 'DELETE_COMPLETE').reverse()
      : [theStack(account, stackNameOrId(request), now)];
  return { Stacks: memberList(stacks.map((stack) => shown(stack, now))) };
});

const shown = (stack: Stack, now: number): XmlValue => {
  const { status, reason } = currentOf(stack, now);
  const template = templateOf(stack);
  const deleted = deletionTime(stack, now);
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSets.find(({ executed }) => executed !== undefined)?.id,
    Description: template.description,
    Parameters: memberList(shownParameters(template, stack.parameters)),
    CreationTime: iso(stack.created),
    DeletionTime: deleted === undefined ? undefined : iso(deleted),
    RollbackConfiguration: {},
    StackStatus: status,
    StackStatusReason: reason,
    DisableRollback: String(stack.onFailure === 'DO_NOTHING'),
    NotificationARNs: {},
    Capabilities: memberList(stack.capabilities),
    Outputs: memberList(status === 'DELETE_COMPLETE' ? [] : stack.outputs.map(shownOutput)),
    Tags: {},
    EnableTerminationProtection: 'false',
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
};

const shownOutput = ({ key, value, description, exportName }: Stack['outputs'][number]): XmlValue => ({
  OutputKey: key,
  OutputValue: value,
  Description: description,
  ExportName: exportName,
});
