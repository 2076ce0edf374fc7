import { members } from '../../../query.ts';
import { stackNameOrId, tokenIn } from '../constraints.ts';
import { cancelOthers } from '../run/failure.ts';
import { planRemoval } from '../run/removal.ts';
import { forgetAfter, schedule, stackEntry } from '../run/timeline.ts';
import { findStack, statusOf } from '../stacks.ts';
import { templateOf } from '../template/of-stack.ts';
import { remember, repeated } from '../tokens.ts';
import { invalid, writing } from '../wire.ts';

export const deleteStack = writing('DeleteStack', ({ account, now, callerArn }, request) => {
  const token = tokenIn(request, 'ClientRequestToken');
  const stack = findStack(account, stackNameOrId(request), now);
  // A stack that isn't there, or is on its way out, is what was asked for.
  if (!stack || repeated(stack, token, 'DeleteStack')) return undefined;
  const status = statusOf(stack, now);
  if (status === 'DELETE_COMPLETE' || status === 'DELETE_IN_PROGRESS') return undefined;
  const retain = members(request, 'RetainResources');
  if (retain.length > 0 && status !== 'DELETE_FAILED') {
    const rule = 'specify which resources to retain only when the stack is in the DELETE_FAILED state.';
    throw invalid(`Invalid operation on stack [${stack.id}]. When you delete a stack, ${rule}`);
  }
  remember(stack, token, 'DeleteStack');
  stack.actor = callerArn;
  forgetAfter(stack, now);
  const about = token === undefined ? {} : { token };
  schedule(stack, [stackEntry(stack, now, 'DELETE_IN_PROGRESS', { reason: 'User Initiated', ...about })]);
  cancelOthers(stack, now, about);
  planRemoval(account, stack, templateOf(stack), { from: now, end: 'DELETE_COMPLETE', retain, token });
  return undefined;
});
