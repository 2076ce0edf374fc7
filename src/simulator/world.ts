import type { Bucket } from './bucket.ts';
import type { Fault } from './fault.ts';
import type { GlueCrawler, GlueDatabase, GlueTable } from './glue.ts';
import type { Allowance } from './rights/allowance.ts';
import type { Stack, StackFault } from './stack.ts';

export type { Bucket, PastVersion, StoredObject } from './bucket.ts';
export type { GlueCrawler, GlueDatabase, GlueTable } from './glue.ts';
export type {
  ChangeSet,
  Stack,
  StackFault,
  StackOnFailure,
  StackOutput,
  TimelineEntry,
} from './stack.ts';

/**
 * The simulated AWS as plain data: it can be saved, compared and resumed. It stores when things began; what they are now
 * is computed from the clock by whoever reads. All times are ms since the epoch, UTC.
 */
export interface World {
  readonly accounts: Record<string, Account>;
  /** S3's names are global: one map for all accounts. */
  readonly buckets: Record<string, Bucket>;
  /** Temporary access keys handed out by AssumeRole, by access key id. */
  readonly sessions: Record<string, Session>;
  /** Every request that reached a service, oldest first. */
  readonly calls: Call[];
  /** Trouble at the wire that is still to come. */
  readonly faults: Fault[];
  /** Writes that are slow to show. */
  readonly lags: Lag[];
}

export interface Session {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly expires: number;
}

interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  readonly account: string;
  readonly mutating: boolean;
  /** 0 where no answer came back. */
  readonly status: number;
}

export type ServiceName =
  | 'sts'
  | 'organizations'
  | 's3'
  | 'cur'
  | 'cloudformation'
  | 'glue'
  | 'iam'
  | 'lambda'
  | 'lakeformation';

export interface Account {
  readonly id: string;
  /** Absent for a standalone account. */
  organization?: { readonly id: string; readonly managementAccount: string };
  /** The partition that its ARNs bear, such as `aws-us-gov`; `aws` when absent. */
  partition?: string;
  /** True when whoever signs with the account's own key is its root user. */
  root?: boolean;
  /** The role that whoever signs with the account's own key has assumed, with its path (`/msp/`); absent for an IAM user. */
  role?: { readonly name: string; readonly path: string };
  /** Transfers of the billing to another account, as Organizations lists them; absent means none. */
  billingTransfers?: readonly Readonly<Record<string, unknown>>[];
  readonly reports: Report[];
  readonly stacks: Stack[];
  readonly databases: GlueDatabase[];
  readonly tables: GlueTable[];
  readonly crawlers: GlueCrawler[];
  readonly roles: Role[];
  readonly functions: LambdaFunction[];
  /** Trouble for stacks, consumed in its order. */
  stackFaults?: StackFault[];
  /** How many Lambda executions may run at once; 1000 when absent. */
  concurrency?: number;
  /** What is refused to everybody in this account, the first that fits counting; absent means that all is allowed. */
  denials?: Denial[];
  /** All that is allowed to whoever signs with the account's own key; absent means that all is, but for the denials. */
  allowances?: Allowance[];
  /** Trouble for calls, consumed in its order. */
  callFaults?: CallFault[];
  /** When the engineer's session ends; absent means never. */
  sessionEnd?: SessionEnd;
  /** How Lake Formation guards the catalog; absent means that IAM alone decides. */
  lakeFormation?: { readonly administrators: readonly string[] };
  /** How far AWS's clock is ahead of the simulated one, in ms; requests signed more than 5 minutes off AWS's are refused. */
  skew?: number;
  /** What Spot's link leads to instead of Spot's own template. */
  spotOffer?: SpotOffer;
  /** How long Spot takes for the link, in ms; 48 hours when absent. */
  spotTakes?: number;
  /** True when AWS's crawler-cfn.yml is another one with each delivery. */
  crawlerFileChanges?: boolean;
  /** True when GetTemplate answers for change sets without their template, as some endpoints do. */
  hidesTemplates?: boolean;
}

/** What Spot sends to one account in place of its usual link. */
export interface SpotOffer {
  /** The whole text that is sent; the rest doesn't count then. */
  readonly link?: string;
  readonly templateUrl?: string;
  readonly stackName?: string;
  /** Pre-filled parameters beside or in place of the usual ones; undefined leaves a usual one out. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
}

/** One thing that policies refuse. */
export interface Denial {
  /** IAM's name of the action, such as `s3:CreateBucket`; `*` stands for any run of characters. */
  readonly action: string;
  /** ARN, with the same wildcards; all resources when absent. */
  readonly resource?: string;
  /** Which policy refuses; the role's own when absent. */
  readonly by?: 'identity' | 'boundary' | 'session' | 'scp' | 'resource';
  /** True for a Deny statement, else an allowance is missing. */
  readonly explicit?: boolean;
}

/** Scripted trouble for the next calls of one operation. */
export interface CallFault {
  /** As in `cur:PutReportDefinition`, by AWS's name of the operation. */
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  /** HTTP status; 400 when absent. */
  readonly status?: number;
  /** How many calls are still met; all of them when absent. */
  times?: number;
  /** True when the session that signs ends with this call: no other takes it any more. */
  readonly endsSession?: boolean;
}

/** The session of whoever signs with the account's own key: it ends, and another session token begins a new one. */
export interface SessionEnd {
  /** How many more calls are answered before the session ends; absent when their number doesn't matter. */
  calls?: number;
  /** When it ends by the clock, in ms, as whoever hands it out tells; absent when it doesn't. */
  readonly until?: number;
  /** The session token that is no longer taken, once it has ended; empty for none. */
  ended?: string;
}

export interface Report {
  /** The definition as it was put, by AWS's names. */
  definition: Record<string, unknown>;
  readonly created: number;
  /** When AWS begins to show it, ms; at once when absent. */
  readonly shown?: number;
  tags?: readonly { readonly Key: string; readonly Value: string }[];
  /** The newest attempt at a delivery, and when the last one succeeded; absent before the first attempt. */
  delivery?: { readonly attempted: number; readonly status: DeliveryStatus; readonly delivered?: number };
}

export type DeliveryStatus = 'SUCCESS' | 'ERROR_PERMISSIONS' | 'ERROR_NO_BUCKET';

export interface Role {
  readonly name: string;
  readonly path: string;
  readonly created: number;
  readonly trust: unknown;
}

export interface LambdaFunction {
  readonly name: string;
  readonly runtime: string;
  readonly created: number;
  readonly reservedConcurrency?: number;
}

/** A write that reads do not show yet: what they find in its place. Plain data. */
export interface Lag {
  readonly account: string;
  readonly before: Before;
  /** How many reads are still to find it; without it, those until `until` (ms). */
  reads?: number;
  readonly until?: number;
}

/** A part of the world as it was; a bucket that was not there has no `bucket`. */
export type Before =
  | { readonly of: 's3'; readonly name: string; readonly bucket?: Bucket }
  | { readonly of: 'cur'; readonly reports: Account['reports'] }
  | { readonly of: 'cloudformation'; readonly stacks: Account['stacks'] }
  | { readonly of: 'glue'; readonly crawlers: Account['crawlers'] };

export const emptyWorld = (): World => ({ accounts: {}, buckets: {}, sessions: {}, calls: [], faults: [], lags: [] });

/** The account with this id; one never seen exists from now on, as the management account of its own organization. */
export const accountOf = (world: World, id: string): Account => {
  world.accounts[id] ??= newAccount(id);
  return world.accounts[id];
};

/** An account with nothing in it, not yet part of any world. */
export const newAccount = (id: string): Account => ({
  id,
  organization: { id: `o-${id.slice(-10)}`, managementAccount: id },
  reports: [],
  stacks: [],
  databases: [],
  tables: [],
  crawlers: [],
  roles: [],
  functions: [],
});
