import type { Account, ChangeSet, Stack } from '../../../world.ts';
import { memberList, type XmlValue } from '../../../xml.ts';
import { changeSetStatus, executionStatus, theChangeSet } from '../change-sets.ts';
import { shownParameters } from '../shown-parameters.ts';
import { identityOf, iso } from '../stacks.ts';
import { wantedResources } from '../template/evaluate.ts';
import type { Template } from '../template/model.ts';
import { parameterValues } from '../template/parameter-values.ts';
import { readTemplate } from '../template/read.ts';
import { reading } from '../wire.ts';

export const describeChangeSet = reading('DescribeChangeSet', ({ account, now }, request) => {
  const { stack, changeSet } = theChangeSet(account, request, now);
  const template = readTemplate(changeSet.template);
  const status = changeSetStatus(changeSet, now);
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    Parameters: memberList(shownParameters(template, changeSet.parameters)),
    CreationTime: iso(changeSet.created),
    ExecutionStatus: executionStatus(stack, changeSet, now),
    Status: status,
    StatusReason: changeSet.failure,
    NotificationARNs: {},
    RollbackConfiguration: {},
    Capabilities: memberList(changeSet.capabilities),
    Tags: {},
    Changes: memberList(status === 'CREATE_COMPLETE' ? additions(account, stack, changeSet, template) : []),
    IncludeNestedStacks: 'false',
    OnStackFailure: changeSet.onStackFailure,
  };
});

/** A new stack's changes: every resource whose condition holds is added. */
const additions = (account: Account, stack: Stack, changeSet: ChangeSet, template: Template): readonly XmlValue[] => {
  const parameters = parameterValues(template, changeSet.parameters);
  const scope = { template, parameters, stack: identityOf(account, stack), resources: {} };
  return wantedResources(template, scope).map((logicalId) => ({
    Type: 'Resource',
    ResourceChange: {
      Action: 'Add',
      LogicalResourceId: logicalId,
      ResourceType: template.resources[logicalId]?.type,
      Scope: {},
      Details: {},
    },
  }));
};
