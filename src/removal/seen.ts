import type { BucketStanding, Notification } from '../aws/buckets.ts';
import type { Counted, Tally } from '../aws/contents.ts';
import type { Crawler } from '../aws/crawlers.ts';
import type { Report } from '../aws/reports.ts';
import type { Stack, StackEvent } from '../aws/stacks.ts';
import type { KeptFile } from '../outbox.ts';
import type { Place } from './data-place.ts';

/** A stack that CloudFormation is still at work on: nothing else is looked at until it is done. */
export interface Busy {
  readonly busy: 'extractor' | 'crawler';
  readonly seen: SeenStack;
}

/** What AWS says of what the state has recorded. */
export interface Seen {
  readonly extractor: SeenStack | undefined;
  readonly crawler: SeenStack | undefined;
  /** The crawler of a stack that somebody else made, while its schedule is this connection's. */
  readonly scheduled: Crawler | undefined;
  readonly reports: readonly Report[];
  /** Whose the bucket is; undefined where none is known of. */
  readonly standing: BucketStanding | undefined;
  /** Read while the bucket is this account's. */
  readonly bucket: SeenBucket | undefined;
}

export interface SeenStack {
  readonly stack: Stack;
  /** Read unless it stands. */
  readonly events: readonly StackEvent[];
  /** False where neither a recorded id nor the token of its operation says that this connection made it. */
  readonly proven: boolean;
}

export interface SeenBucket {
  readonly name: string;
  readonly policy: string | undefined;
  /** What it tells others; read while the crawler's stack replaces, or has replaced, it. */
  readonly notifications: readonly Notification[];
  /** What the crawler's stack had replaced, and what stood beside it before it was taken away. */
  readonly replaced: KeptFile | undefined;
  readonly beside: KeptFile | undefined;
  /** Counted where the data is to be deleted. */
  readonly data: SeenData | undefined;
}

export interface SeenData {
  readonly places: readonly (Place & { readonly tally: Counted })[];
  /** AWS's write test. */
  readonly writeTest: Tally;
  /** Keys that are none of this connection's, a few; looked for where the bucket would go. */
  readonly others: readonly string[];
}
