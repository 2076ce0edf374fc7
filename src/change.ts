import type { Aws } from './aws/aws.ts';
import type { Outbox } from './outbox.ts';

/** What steps may look at and changes may act on. */
export interface Outside {
  readonly aws: Aws;
  readonly outbox: Outbox;
}

/** One write, safe to make twice. Its summary is the line of the plan that the user confirms. */
export interface Change {
  /** Stable over runs: the journal, the idempotency token and what is slow to show go by it. */
  readonly id: string;
  readonly summary: string;
  /** More lines for the plan: settings, a policy, resources. */
  readonly details?: readonly string[];
  /** What it asks of AWS, for the journal; absent for what stays on this machine. */
  readonly call?: Call;
  /** What stands afterwards and did not before. */
  readonly creates?: Resource;
  /** The change that may be made again after this one. */
  readonly undoes?: string;
  /** What the user has confirmed with the plan, kept only when a person at a terminal did. */
  readonly confirms?: Readonly<Record<string, string>>;
  apply(outside: Outside, token: string, under: Undertaking): Promise<Outcome>;
  /** Which errors pass by themselves, and for how long to try again, in ms. The answer is what the user is told. */
  readonly retry?: { readonly forMs: number; readonly passing: (error: unknown) => string | undefined };
}

/** A write as IAM calls it, such as `s3:CreateBucket`, and the ARN that it acts on. */
export interface Call {
  readonly action: string;
  readonly arn: string;
}

/** What a change of many requests goes by while it is made. */
export interface Undertaking {
  /** Tells the user how far it is, in a few words. */
  tell(news: string): void;
  /** Between two requests. @throws Cancelled once the user wants to leave */
  check(): void;
}

export interface Outcome {
  readonly requestId?: string | undefined;
  /** The ARN that AWS has given to what was made, where it could not be known before. */
  readonly arn?: string | undefined;
  /** To remember in the state; times in ISO 8601 UTC. */
  readonly notes?: Readonly<Record<string, string>>;
  /** To tell the user at once. */
  readonly told?: string;
  /** True when what was to be created stood already: somebody else's, for all that is known. */
  readonly stood?: boolean | undefined;
}

/** A thing in AWS that belongs to the connection. */
export interface Resource {
  readonly key: string;
  /** AWS's name or ARN. */
  readonly id: string;
}
