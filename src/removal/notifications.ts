import { isDeepStrictEqual } from 'node:util';
import type { Notification } from '../aws/buckets.ts';
import type { Stack } from '../aws/stacks.ts';
import { Problem } from '../errors.ts';
import type { State } from '../state/state.ts';
import type { Change, Outside } from '../step.ts';
import { bucketArn } from '../steps/arns.ts';
import { isCrawlers, notificationLine, readCopy, restoration } from '../steps/athena/notifications.ts';
import { sha256 } from '../steps/sha256.ts';
import { stackStanding } from '../steps/stack-standing.ts';
import { json, printable } from '../text.ts';
import { madeStack } from './origin.ts';
import type { Part } from './part.ts';
import { copyName, stillReplaced } from './saved-notifications.ts';
import type { Seen, SeenBucket } from './seen.ts';
import { crawler, deletionStart, gone } from './stacks.ts';

/**
 * The crawler's stack empties the bucket's notifications when it goes: a copy is kept before, and put back after. What is in no copy
 * keeps the stack from being deleted.
 */
export const withCopy = (
  deletions: readonly Change[],
  { bucket, crawler: seen }: Seen,
  state: State,
): readonly Change[] => {
  if (!bucket || !seen) return deletions;
  const wanted = wantedBack(bucket, seen.stack, state);
  const guarded = deletions.map((each) => ({
    ...each,
    async apply(...given: Parameters<Change['apply']>) {
      await checkNothingCame(given[0], {
        name: bucket.name,
        stackName: seen.stack.name,
        wanted,
        customer: state.customer,
      });
      return each.apply(...given);
    },
  }));
  return isCopied(wanted, bucket)
    ? guarded
    : [keep(bucket.name, copyName(seen.stack.id), wanted, state.customer), ...guarded];
};

const isCopied = (wanted: readonly Notification[], bucket: SeenBucket): boolean => {
  const kept = copied(bucket);
  return wanted.length === kept.length && wanted.every((each) => kept.some((other) => isDeepStrictEqual(each, other)));
};

interface Copied {
  readonly name: string;
  readonly stackName: string;
  readonly wanted: readonly Notification[];
  readonly customer: string;
}

const checkNothingCame = async ({ aws }: Outside, { name, stackName, wanted, customer }: Copied): Promise<void> => {
  const standing = (await aws.buckets.listNotifications(name)).filter((each) => !isCrawlers(each, stackName));
  const [came] = restoration(standing, wanted).missing;
  if (came)
    throw new Problem(
      `The bucket ${name} has got a notification since this plan was made, and no copy of it is kept: ${notificationLine(came)}. The stack ${printable(stackName)}, which would take it along, was not deleted.`,
      [`Look at the plan again: spot-cur remove ${customer}`],
    );
};

/**
 * What stands beside the crawler's own, and what that had replaced. A deletion that was tried may have emptied the bucket, whatever
 * became of it: from then on the copy is all that knows what stood there, and never loses an entry.
 */
const wantedBack = (bucket: SeenBucket, stack: Stack, state: State): readonly Notification[] => {
  const standing = bucket.notifications.filter((each) => !isCrawlers(each, stack.name));
  const known = wasTried(state, stack) ? restoration(copied(bucket), standing).missing.filter(notIn(standing)) : [];
  const both = [...standing, ...known];
  return [...both, ...stillReplaced(state, bucket).filter(notIn(both))];
};

const notIn = (all: readonly Notification[]) => (one: Notification) => !all.some(({ id }) => id === one.id);

const copied = ({ name, beside }: SeenBucket): readonly Notification[] => (beside ? readCopy(beside, name) : []);

/** True unless it is certain that nobody has asked for the stack's deletion. */
const wasTried = ({ journal }: State, stack: Stack): boolean =>
  stackStanding(stack) === 'undeletable' ||
  journal.some(({ change, outcome }) => change.startsWith(deletionStart(crawler, stack)) && outcome !== 'failed');

const copyId = (bucket: string, wanted: readonly Notification[]): string =>
  `removal:notifications-copy:${bucket}:${sha256(JSON.stringify(wanted)).slice(0, 16)}`;

/** True when the copy that is kept is the one that this change was to keep. */
export const isKept = (bucket: SeenBucket, change: string): boolean => copyId(bucket.name, copied(bucket)) === change;

const keep = (bucket: string, name: string, wanted: readonly Notification[], customer: string): Change => ({
  id: copyId(bucket, wanted),
  summary: `Keep a copy of the bucket's ${counted(wanted)}, which the crawler stack empties when it goes`,
  details: wanted.map(notificationLine),
  apply: async ({ outbox }) => {
    const path = await outbox.keep(customer, name, `${json({ bucket, notifications: wanted })}\n`);
    return { told: `The copy is kept in ${path}.` };
  },
});

/** Once the stack is gone: what it has wiped is put back, then the stack is forgotten. */
export const notificationsPart = ({ bucket, crawler: seen }: Seen, state: State): Part => {
  const made = madeStack(state, 'crawler-stack');
  if (!made || (seen && !seen.proven)) return {};
  const stands = seen !== undefined && stackStanding(seen.stack) !== 'absent';
  if (!bucket) return stands ? {} : gone(crawler, state);
  if (stands) {
    const wanted =
      seen.stack.status === 'DELETE_IN_PROGRESS' ? saved(bucket, state) : wantedBack(bucket, seen.stack, state);
    return wanted.length > 0 ? { later: [restoreSummary(wanted, bucket.name)] } : {};
  }
  const { missing, back } = lacking(bucket, state);
  const change = restore(bucket, state, back);
  if (back.length > 0 && !wasRefused(state, change.id)) return { changes: [change] };
  const left = back.length > 0 ? back : missing;
  if (left.length === 0) return gone(crawler, state);
  const why = back.length > 0 ? 'S3 does not take it any more' : 'another one stands for the same objects now';
  return {
    ...gone(crawler, state),
    stays: left.map((each) => ({
      what: `The copy of the notification ${notificationLine(each)}`,
      why: `${why}. It is kept in ${(bucket.beside ?? bucket.replaced)?.path}`,
    })),
  };
};

/** What is to come back: the copy that was kept before the stack went, else what the stack had replaced. */
const saved = (bucket: SeenBucket, state: State): readonly Notification[] =>
  bucket.beside ? copied(bucket) : stillReplaced(state, bucket);

/** What the bucket lacks of that, and what of it can stand beside what the bucket has. */
const lacking = (bucket: SeenBucket, state: State): Readonly<Record<'missing' | 'back', readonly Notification[]>> => {
  const { missing, clashes } = restoration(saved(bucket, state), bucket.notifications);
  return { missing, back: missing.filter((each) => !clashes.some((clash) => clash.saved === each)) };
};

/** True when all of it stands again, but for what can't. */
export const isPutBack = (bucket: SeenBucket, state: State): boolean => {
  const { missing, back } = lacking(bucket, state);
  return back.length === 0 && (missing.length === 0 || missing.length < saved(bucket, state).length);
};

const counted = ({ length }: readonly unknown[]): string => (length === 1 ? 'notification' : `${length} notifications`);

const restoreSummary = (back: readonly Notification[], bucket: string): string =>
  `Put the ${counted(back)} of the bucket ${bucket} back that the crawler stack empties`;

const refusal = 'S3 does not take the saved notifications back';

const restore = (
  { name, beside, replaced }: SeenBucket,
  { customer, account }: State,
  back: readonly Notification[],
): Change => ({
  id: `removal:notifications:${name}:${sha256(JSON.stringify(back)).slice(0, 16)}`,
  summary: restoreSummary(back, name),
  details: back.map(notificationLine),
  call: { action: 's3:PutBucketNotification', arn: bucketArn(name) },
  async apply({ aws }) {
    // S3 knows no way to add one: all that stands goes along, from a fresh look.
    const standing = await aws.buckets.listNotifications(name);
    try {
      return await aws.buckets.putNotifications(name, account, [...standing, ...restoration(back, standing).missing]);
    } catch (error) {
      if ((error as Error).name !== 'InvalidArgument') throw error;
      throw new Problem(`${refusal}: ${(error as Error).message}`, [
        `Mend what it names, such as a queue that is gone, and put them back by hand from ${(beside ?? replaced)?.path}`,
        `Then, or without them, go on: spot-cur remove ${customer}`,
      ]);
    }
  },
});

/** What S3 has refused once is left to a person. */
const wasRefused = ({ journal }: State, change: string): boolean =>
  journal.some((entry) => entry.change === change && entry.outcome === 'failed' && entry.error?.includes(refusal));
