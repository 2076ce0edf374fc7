import type { Aws } from '../aws/aws.ts';
import type { Crawler } from '../aws/crawlers.ts';
import type { Stack } from '../aws/stacks.ts';
import type { State } from '../state/state.ts';
import type { Outside } from '../step.ts';
import { keptName } from '../steps/athena/notifications.ts';
import { stackStanding } from '../steps/stack-standing.ts';
import { findOthers, own, placesIn, scopesOf } from './data-place.ts';
import { type MadeStack, madeId, madeStack, originOf, preparation, tokensOf } from './origin.ts';
import { copyName } from './saved-notifications.ts';
import type { Busy, Seen, SeenBucket, SeenData, SeenStack } from './seen.ts';

/** Looks at everything that was recorded, and at nothing else. */
export const inspect = async (outside: Outside, state: State, deleteData: boolean): Promise<Seen | Busy> => {
  const { aws } = outside;
  const crawlerStack = madeStack(state, 'crawler-stack');
  const [extractor, crawler] = await Promise.all([
    seenExtractor(aws, state),
    seenStack(aws, crawlerStack, tokensOf(state, `crawler-stack:${crawlerStack?.name}`)),
  ]);
  if (isBusy(extractor)) return { busy: 'extractor', seen: extractor };
  if (!isOpen(extractor) && isBusy(crawler)) return { busy: 'crawler', seen: crawler };
  return inspectRest(outside, state, deleteData, { extractor, crawler });
};

const isBusy = (seen: SeenStack | undefined): seen is SeenStack =>
  seen?.proven === true && /^(busy|deleting)$/.test(stackStanding(seen.stack));

/** True for a stack that is still to be deleted, before anything else. */
const isOpen = (seen: SeenStack | undefined): boolean =>
  seen?.proven === true && stackStanding(seen.stack) !== 'absent';

const inspectRest = async (
  { aws, outbox }: Outside,
  state: State,
  deleteData: boolean,
  stacks: Pick<Seen, 'extractor' | 'crawler'>,
): Promise<Seen> => {
  const reports = aws.reports.list();
  const name = bucketName(state);
  const mentioned = async () => (await reports).some(({ S3Bucket }) => S3Bucket === name);
  const [all, standing, scheduled] = await Promise.all([
    reports,
    name === undefined ? undefined : aws.buckets.standing(name, state.account, mentioned),
    seenCrawler(aws, state),
  ]);
  const bucket =
    name !== undefined && standing?.kind === 'ours'
      ? await seenBucket({ aws, outbox }, state, { name, deleteData, stack: stacks.crawler?.stack })
      : undefined;
  return { ...stacks, scheduled, reports: all, standing, bucket };
};

/** The bucket that anything was recorded of, else the one that was answered. */
export const bucketName = (state: State): string | undefined => {
  const { bucket, 'report-name': report } = state.answers;
  const answered = bucket ?? report;
  return (
    originOf(state, 'bucket')?.id ??
    originOf(state, 'bucket-policy')?.id ??
    (typeof answered === 'string' ? answered : undefined)
  );
};

/** By recorded id. Where a run was cut off before it could record one, by name and the token of the operation that made it. */
const seenStack = async (
  { stacks }: Aws,
  made: MadeStack | undefined,
  tokens: ReadonlySet<string>,
): Promise<SeenStack | undefined> => {
  const recorded = made?.id === undefined ? undefined : await stacks.find(made.id);
  if (recorded && stackStanding(recorded) !== 'absent') return withEvents(stacks, recorded);
  const named = made?.name !== undefined && (!recorded || tokens.size > 0) ? await stacks.find(made.name) : undefined;
  const events = named ? await stacks.listEvents(named.id) : [];
  const proven = events.some(({ token }) => token !== undefined && tokens.has(token));
  if (named && (proven || !recorded)) return { stack: named, events, proven };
  return recorded && { stack: recorded, events: [], proven: true };
};

/** By recorded id; where a run was cut off while it prepared it, by the change set that bears the token of that attempt. */
const seenExtractor = async (aws: Aws, state: State): Promise<SeenStack | undefined> => {
  const seen = await seenStack(aws, madeStack(state, 'extractor-stack'), new Set());
  const attempt = preparation(state);
  if (seen || !attempt) return seen;
  const stack = await aws.stacks.find(attempt.name);
  if (!stack || stackStanding(stack) !== 'review') return undefined;
  return { stack, events: [], proven: (await aws.stacks.findChangeSet(attempt.token, stack.id)) !== undefined };
};

const withEvents = async (stacks: Aws['stacks'], stack: Stack): Promise<SeenStack> => ({
  stack,
  events: stackStanding(stack) === 'standing' ? [] : await stacks.listEvents(stack.id),
  proven: true,
});

const seenCrawler = async ({ crawlers }: Aws, state: State): Promise<Crawler | undefined> => {
  const name = madeId(state, 'crawler-schedule');
  // It goes with the stack that this connection made.
  if (name === undefined || originOf(state, 'crawler-stack')?.created) return undefined;
  return crawlers.find(name);
};

interface BucketFacts {
  readonly name: string;
  readonly deleteData: boolean;
  readonly stack: Stack | undefined;
}

const seenBucket = async (
  { aws, outbox }: Outside,
  state: State,
  { name, deleteData, stack }: BucketFacts,
): Promise<SeenBucket> => {
  const wiped = madeStack(state, 'crawler-stack') !== undefined;
  const [policy, notifications, replaced, beside, data] = await Promise.all([
    madeId(state, 'bucket-policy') === name ? aws.buckets.findPolicy(name) : undefined,
    wiped ? aws.buckets.listNotifications(name) : [],
    wiped ? outbox.findKept(state.customer, keptName) : undefined,
    wiped ? outbox.findKept(state.customer, copyName(stack?.id ?? state.notes['crawler-stack-id'])) : undefined,
    deleteData ? seenData(aws, state, name) : undefined,
  ]);
  return { name, policy, notifications, replaced, beside, data };
};

const seenData = async ({ contents }: Aws, state: State, name: string): Promise<SeenData> => {
  const places = placesIn(state, name);
  const goes = madeId(state, 'bucket') === name;
  const counted = await Promise.all(
    places.map(async (place) => ({ ...place, tally: await contents.count(name, state.account, scopesOf(place)) })),
  );
  const [writeTest, others] = await Promise.all([
    goes ? contents.count(name, state.account, own.writeTest) : own.nothing,
    goes ? findOthers(contents, { name, account: state.account, places }) : [],
  ]);
  return { places: counted, writeTest, others };
};
