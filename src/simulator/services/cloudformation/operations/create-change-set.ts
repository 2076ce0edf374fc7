import { randomUUID } from 'node:crypto';
import { type Context, ServiceError } from '../../../service.ts';
import type { ChangeSet, Stack } from '../../../world.ts';
import { liveChangeSets } from '../change-sets.ts';
import { newChangeSetName, newStackName, stackNameOrId, tokenIn } from '../constraints.ts';
import { newStack } from '../new-stack.ts';
import { type Prepared, prepared } from '../prepared.ts';
import { schedule, stackEntry } from '../run/timeline.ts';
import { findStack, statusOf } from '../stacks.ts';
import { invalid, type Parameters, writing } from '../wire.ts';
import { checkedOnFailure } from './create-stack.ts';

export const createChangeSet = writing('CreateChangeSet', (context, request) => {
  const { account, now } = context;
  const name = newChangeSetName(request);
  const token = tokenIn(request, 'ClientToken');
  const stackName = request.StackName?.startsWith('arn:') ? stackNameOrId(request) : newStackName(request);
  checkType(request);
  const ready = prepared(context, request);
  const existing = findStack(account, stackName, now);
  if (existing) checkReviewed(existing, name, now);
  const same = existing && liveChangeSets(existing, now).find((known) => known.name === name);
  if (same) checkSame(same, token, ready);
  if (same && existing) return { Id: same.id, StackId: existing.id };
  const stack = existing ?? reviewedStack(context, stackName);
  const changeSet = newChangeSet(context, request, ready);
  stack.changeSets.push(changeSet);
  return { Id: changeSet.id, StackId: stack.id };
});

const checkType = ({ ChangeSetType: type = 'UPDATE' }: Parameters): void => {
  if (type !== 'CREATE') throw invalid(`ChangeSetType ${type} is not simulated: CREATE is`);
};

const checkReviewed = (stack: Stack, changeSet: string, now: number): void => {
  const status = statusOf(stack, now);
  if (status === 'REVIEW_IN_PROGRESS') return;
  if (status.endsWith('_IN_PROGRESS')) throw invalid(`Stack:${stack.id} is in ${status} state and can not be updated.`);
  throw invalid(`Stack [${stack.name}] already exists and cannot be created again with the changeSet [${changeSet}].`);
};

/** The same name is fine for the very same request, which its token proves. */
const checkSame = (known: ChangeSet, token: string | undefined, { text }: Prepared): void => {
  const attribute =
    token === undefined || known.token !== token ? 'ClientToken' : known.template === text ? '' : 'Template';
  if (attribute === '') return;
  const message = `ChangeSet ${known.name} cannot be created due to a mismatch with existing attribute ${attribute}`;
  throw new ServiceError('AlreadyExistsException', message);
};

const reviewedStack = ({ account, now, callerArn: actor }: Context, name: string): Stack => {
  if (name.startsWith('arn:')) throw invalid(`Stack [${name}] does not exist`);
  const stack = newStack(account, { name, now, actor });
  schedule(stack, [stackEntry(stack, now, 'REVIEW_IN_PROGRESS', { reason: 'User Initiated' })]);
  return stack;
};

const newChangeSet = ({ account, now }: Context, request: Parameters, ready: Prepared): ChangeSet => {
  const name = newChangeSetName(request);
  const { ClientToken: token, Description: description, OnStackFailure: onStackFailure } = request;
  return {
    id: `arn:aws:cloudformation:us-east-1:${account.id}:changeSet/${name}/${randomUUID()}`,
    name,
    created: now,
    template: ready.text,
    parameters: { ...ready.parameters },
    capabilities: [...ready.capabilities],
    ...(token === undefined ? {} : { token }),
    ...(description === undefined ? {} : { description }),
    ...(onStackFailure === undefined ? {} : { onStackFailure: checkedOnFailure(onStackFailure, 'onStackFailure') }),
  };
};
