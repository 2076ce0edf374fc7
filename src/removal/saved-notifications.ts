import type { Notification } from '../aws/buckets.ts';
import type { State } from '../state/state.ts';
import { readCopy } from '../steps/athena/notifications.ts';
import { sha256 } from '../steps/sha256.ts';
import type { SeenBucket } from './seen.ts';

/** The file that keeps what stood beside the crawler's own notification: a copy for each stack, so that none is taken for another. */
export const copyName = (stackId: string | undefined): string =>
  `bucket-notifications-${sha256(stackId ?? '').slice(0, 8)}.json`;

/** What the crawler's stack had replaced, unless it was put back since: whoever took it away then meant it. */
export const stillReplaced = ({ journal }: State, { name, replaced }: SeenBucket): readonly Notification[] => {
  const restored = journal.some(
    ({ change, outcome }) => change.startsWith(`notifications-restore:${name}:`) && outcome === 'done',
  );
  return replaced && !restored ? readCopy(replaced, name) : [];
};
