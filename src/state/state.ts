/** Everything that is remembered of one connection. AWS is the truth: losing this costs typing, never a resource. */
export interface State {
  readonly version: 1;
  /** Which connection this is; made once, at random. */
  readonly lineage: string;
  /** Counts the saves; a save on top of another run's save is refused. 0: never saved. */
  readonly serial: number;
  readonly customer: string;
  /** The world that this connection lives in: "aws", or the custom endpoint(s). */
  readonly endpoint: string;
  /** The customer's management account, 12 digits. */
  readonly account: string;
  readonly access: Access;
  /** Checked answers by field id. */
  readonly answers: Answers;
  /** What exists for this connection, by resource: made by it, or found. */
  readonly provenance: Readonly<Record<string, Provenance>>;
  /** What steps want to remember, such as when the message was sent: plain strings, times in ISO 8601 UTC. */
  readonly notes: Readonly<Record<string, string>>;
  readonly journal: readonly JournalEntry[];
}

/** How credentials for the account are come by; never the credentials themselves. */
export interface Access {
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly mfaSerial?: string | undefined;
}

export type Answer = string | readonly string[] | Readonly<Record<string, string>>;
export type Answers = Readonly<Record<string, Answer>>;

export interface Provenance {
  readonly origin: 'created' | 'found';
  /** AWS's name or ARN of it. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** One write, from the intent on. */
export interface JournalEntry {
  /** Idempotency token, which AWS gets too where it takes one. */
  readonly token: string;
  readonly change: string;
  readonly summary: string;
  /** Key and id of what it was to create. */
  readonly resource?: string | undefined;
  /** IAM's name of what it asked of AWS; absent for what stayed on this machine, and in journals of before 0.2. */
  readonly action?: string | undefined;
  /** What it acted on. */
  readonly arn?: string | undefined;
  /** The caller's ARN. */
  readonly who: string;
  readonly tool: string;
  /** ISO 8601 UTC. */
  readonly began: string;
  /** When the same attempt was begun again; ISO 8601 UTC. */
  readonly again?: string | undefined;
  readonly ended?: string | undefined;
  /** Absent while it is not known whether the call took effect. */
  readonly outcome?: 'done' | 'failed' | undefined;
  readonly requestId?: string | undefined;
  readonly error?: string | undefined;
}

/** Keeps connections. Files are the default. */
export interface StateStore {
  /** Where a customer's state is kept, for messages. */
  place(customer: string): string;
  /** The customers that have a connection here, sorted. */
  list(): Promise<readonly string[]>;
  /** @throws Problem (state) when what is kept is not ours, newer, truncated or damaged; it is left as it is */
  load(customer: string): Promise<State | undefined>;
  /** Saves durably and gives back the state with its new serial. @throws Problem (state) when another run saved meanwhile */
  save(state: State): Promise<State>;
  /** One run at a time for a customer. @throws Problem (locked) naming who holds it, after waiting briefly */
  lock(customer: string, operation: string): Promise<Lock>;
  /** Who holds a customer's lock; undefined when nobody does. */
  holder(customer: string): Promise<HeldLock | undefined>;
  /** Ends the lock of this id, whoever holds it: that run saves nothing more. @returns false when it had gone already */
  unlock(customer: string, id: string): Promise<boolean>;
}

export interface Lock {
  release(): Promise<void>;
}

/** The lock of some run, as another one sees it. */
export interface HeldLock {
  readonly id: string;
  /** What for, by whom, where and since when, as a clause. */
  readonly told: string;
  readonly host: string;
  readonly pid: number;
  /** Of a process that runs here, of one on another machine or in another container, or of one that is gone for sure. */
  readonly standing: 'alive' | 'elsewhere' | 'stale';
}
