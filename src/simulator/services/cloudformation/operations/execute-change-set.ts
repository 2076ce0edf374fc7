import { ServiceError } from '../../../service.ts';
import { changeSetStatus, executionStatus, theChangeSet } from '../change-sets.ts';
import { tokenIn } from '../constraints.ts';
import { planCreation } from '../run/creation.ts';
import { parameterValues } from '../template/parameter-values.ts';
import { readTemplate } from '../template/read.ts';
import { remember, repeated } from '../tokens.ts';
import { invalid, writing } from '../wire.ts';

export const executeChangeSet = writing('ExecuteChangeSet', ({ account, now, callerArn }, request) => {
  const token = tokenIn(request, 'ClientRequestToken');
  const { stack, changeSet } = theChangeSet(account, request, now);
  if (repeated(stack, token, 'ExecuteChangeSet')) return {};
  const status = changeSetStatus(changeSet, now);
  if (status !== 'CREATE_COMPLETE') throw unfit(changeSet.id, 'status', status);
  const execution = executionStatus(stack, changeSet, now);
  if (execution !== 'AVAILABLE') throw unfit(changeSet.id, 'execution status', execution);
  if (request.DisableRollback !== undefined && changeSet.onStackFailure !== undefined) {
    throw invalid('DisableRollback cannot be specified when OnStackFailure was specified for the change set.');
  }
  const template = readTemplate(changeSet.template);
  stack.template = changeSet.template;
  stack.parameters = { ...changeSet.parameters };
  stack.capabilities = [...changeSet.capabilities];
  stack.onFailure = changeSet.onStackFailure ?? (request.DisableRollback === 'true' ? 'DO_NOTHING' : 'ROLLBACK');
  stack.actor = callerArn;
  changeSet.executed = now;
  remember(stack, token, 'ExecuteChangeSet');
  const parameters = parameterValues(template, changeSet.parameters);
  planCreation(account, stack, { template, parameters, now, token });
  return {};
});

const unfit = (id: string, kind: string, status: string): ServiceError =>
  new ServiceError(
    'InvalidChangeSetStatus',
    `ChangeSet [${id}] cannot be executed in its current ${kind} of [${status}]`,
  );
