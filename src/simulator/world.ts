import type { Stack, StackFault } from './stack.ts';

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
  readonly status: number;
}

export type ServiceName = 'sts' | 'organizations' | 's3' | 'cur' | 'cloudformation' | 'glue' | 'iam' | 'lambda';

export interface Account {
  readonly id: string;
  /** Absent for a standalone account. */
  organization?: { readonly id: string; readonly managementAccount: string };
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
  /** Trouble for calls, consumed in its order. */
  callFaults?: CallFault[];
  /** When the engineer's session ends; absent means never. */
  sessionEnd?: SessionEnd;
  /** How Lake Formation guards the catalog; absent means that IAM alone decides. */
  lakeFormation?: { readonly administrators: readonly string[] };
  /** How far AWS's clock is ahead of the client's, in ms; requests signed more than 5 minutes off are refused. */
  skew?: number;
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
}

/** The session of whoever signs with the account's own key: it ends, and another session token begins a new one. */
export interface SessionEnd {
  /** How many more calls are answered before the session ends. */
  calls: number;
  /** The session token that is no longer taken, once it has ended; empty for none. */
  ended?: string;
}

export interface Bucket {
  readonly name: string;
  readonly owner: string;
  readonly region: string;
  readonly created: number;
  policy?: string;
  publicAccessBlock?: Record<string, boolean>;
  /** What stands inside `<NotificationConfiguration>`, as XML; absent or empty when nothing is notified. */
  notifications?: string;
  readonly objects: Record<string, StoredObject>;
}

export interface StoredObject {
  /** Base64, so that the world stays plain data. */
  readonly content: string;
  readonly contentType: string;
  readonly modified: number;
  /** When an object of this key was first written; absent when that is `modified`. */
  readonly first?: number;
}

export interface Report {
  /** The definition as it was put, by AWS's names. */
  definition: Record<string, unknown>;
  readonly created: number;
  tags?: readonly { readonly Key: string; readonly Value: string }[];
  /** The newest attempt at a delivery, and when the last one succeeded; absent before the first attempt. */
  delivery?: { readonly attempted: number; readonly status: DeliveryStatus; readonly delivered?: number };
}

export type DeliveryStatus = 'SUCCESS' | 'ERROR_PERMISSIONS' | 'ERROR_NO_BUCKET';

export interface GlueDatabase {
  readonly name: string;
  readonly created: number;
}

export interface GlueTable {
  readonly database: string;
  readonly name: string;
  readonly created: number;
}

export interface GlueCrawler {
  readonly name: string;
  readonly database: string;
  readonly role: string;
  /** `s3://bucket/path` of each S3 target, with its exclusions. */
  readonly targets: readonly { readonly path: string; readonly exclusions: readonly string[] }[];
  readonly created: number;
  schedule?: { expression: string; state: 'SCHEDULED' | 'NOT_SCHEDULED'; changed: number };
  /** When the crawl that runs now began; its end is derived, and then it becomes `lastCrawl`. */
  crawlStarted?: number;
  lastCrawl?: {
    readonly started: number;
    readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
    readonly message?: string;
  };
}

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

export const emptyWorld = (): World => ({ accounts: {}, buckets: {}, sessions: {}, calls: [] });

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
