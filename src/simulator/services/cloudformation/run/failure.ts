import type { Account, Stack, TimelineEntry } from '../../../world.ts';
import { resourceEvents } from '../stacks.ts';
import { templateOf } from '../template/of-stack.ts';
import { planRemoval } from './removal.ts';
import { forgetFrom, resourceEntry, schedule, stackEntry } from './timeline.ts';

/** A resource couldn't be created: the others stop, and what was made is taken back, as the stack's `onFailure` says. */
export const failCreation = (account: Account, stack: Stack, failed: TimelineEntry, reason: string): void => {
  forgetFrom(stack, failed);
  const { logicalId, type, at, token } = failed;
  const about = token === undefined ? {} : { token };
  schedule(stack, [resourceEntry({ stack, logicalId, type }, at, 'CREATE_FAILED', { reason, ...about })]);
  const all = [logicalId, ...cancelOthers(stack, at, about)].join(', ');
  aftermath(account, stack, { at: at + 100, sentence: `The following resource(s) failed to create: [${all}].`, about });
};

/** Ends the creation of all that is under way at this moment (ms), and tells which resources those are. */
export const cancelOthers = (stack: Stack, at: number, about: Pick<TimelineEntry, 'token'>): readonly string[] => {
  const reason = 'Resource creation cancelled';
  const cancelled = resourceEvents(stack, at).filter(({ status }) => status === 'CREATE_IN_PROGRESS');
  const entries = cancelled.map(({ logicalId, type }) =>
    resourceEntry({ stack, logicalId, type }, at + 40, 'CREATE_FAILED', { reason, ...about }),
  );
  schedule(stack, entries);
  return cancelled.map(({ logicalId }) => logicalId);
};

/** The resources stand, but an output can't be worked out: the stack goes the way of a failed one. */
export const failOutputs = (account: Account, stack: Stack, failed: TimelineEntry, reason: string): void => {
  const { at, token } = failed;
  forgetFrom(stack, failed);
  aftermath(account, stack, { at, sentence: reason, about: token === undefined ? {} : { token } });
};

interface Aftermath {
  readonly at: number;
  readonly sentence: string;
  readonly about: Pick<TimelineEntry, 'token'>;
}

const aftermath = (account: Account, stack: Stack, { at, sentence, about }: Aftermath): void => {
  if (stack.onFailure === 'DO_NOTHING') {
    schedule(stack, [stackEntry(stack, at, 'CREATE_FAILED', { reason: sentence, ...about })]);
    return;
  }
  const rollback = stack.onFailure === 'ROLLBACK';
  const status = rollback ? 'ROLLBACK_IN_PROGRESS' : 'DELETE_IN_PROGRESS';
  const reason = `${sentence} ${rollback ? 'Rollback' : 'Delete'} requested by user.`;
  schedule(stack, [stackEntry(stack, at, status, { reason, ...about })]);
  const end = rollback ? 'ROLLBACK_COMPLETE' : 'DELETE_COMPLETE';
  planRemoval(account, stack, templateOf(stack), { from: at, end, ...about });
};

/** A resource couldn't be removed: the entry says so, and the stack will end as failed while the others go on. */
export const failRemoval = (stack: Stack, failed: TimelineEntry, reason: string): void => {
  failed.status = 'DELETE_FAILED';
  failed.reason = reason;
  const last = stack.timeline.findLast(({ effect }) => effect === 'vanish');
  if (!last) return;
  last.status = last.status.startsWith('ROLLBACK') ? 'ROLLBACK_FAILED' : 'DELETE_FAILED';
  const known = /\[(.*)\]/.exec(last.reason ?? '')?.[1];
  const ids = known === undefined ? failed.logicalId : `${known}, ${failed.logicalId}`;
  last.reason = `The following resource(s) failed to delete: [${ids}].`;
};
