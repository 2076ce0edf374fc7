import { ServiceError } from '../../../service.ts';
import type { StackOnFailure } from '../../../world.ts';
import { newStackName, tokenIn } from '../constraints.ts';
import { newStack } from '../new-stack.ts';
import { prepared } from '../prepared.ts';
import { planCreation } from '../run/creation.ts';
import { liveStack } from '../stacks.ts';
import { remember, repeated } from '../tokens.ts';
import { invalid, type Parameters, writing } from '../wire.ts';

export const createStack = writing('CreateStack', ({ account, now, ...context }, request) => {
  const name = newStackName(request);
  const token = tokenIn(request, 'ClientRequestToken');
  if (name.startsWith('arn:')) throw invalid(`Stack name cannot be an ARN: ${name}`);
  const onFailure = onFailureOf(request);
  const existing = liveStack(account, name, now);
  if (existing && repeated(existing, token, 'CreateStack')) return { StackId: existing.id };
  const { text, template, parameters, values, capabilities } = prepared({ ...context, account, now }, request);
  if (existing) throw new ServiceError('AlreadyExistsException', `Stack [${name}] already exists`);
  const stack = newStack(account, { name, now, actor: context.callerArn });
  stack.template = text;
  stack.parameters = { ...parameters };
  stack.capabilities = [...capabilities];
  stack.onFailure = onFailure;
  remember(stack, token, 'CreateStack');
  planCreation(account, stack, { template, parameters: values, now, token });
  return { StackId: stack.id };
});

const onFailureOf = ({ OnFailure: onFailure, DisableRollback: disabled }: Parameters): StackOnFailure => {
  if (onFailure !== undefined && disabled !== undefined) {
    throw invalid('You can specify either DisableRollback or OnFailure, but not both.');
  }
  if (disabled === 'true') return 'DO_NOTHING';
  return checkedOnFailure(onFailure, 'onFailure');
};

/** What the request wants done when the creation fails; to roll back when it doesn't say. */
export const checkedOnFailure = (value: string | undefined, member: string): StackOnFailure => {
  if (value === undefined || value === 'ROLLBACK') return 'ROLLBACK';
  if (value === 'DELETE' || value === 'DO_NOTHING') return value;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [ROLLBACK, DELETE, DO_NOTHING]`,
  );
};
