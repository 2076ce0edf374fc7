import type * as v from 'valibot';
import type { Attempt } from './attempt.ts';
import type { Aws } from './aws/aws.ts';
import type { Caller } from './aws/identity.ts';
import type { Change, Outside, Resource } from './change.ts';
import type { Problem, ProblemCode } from './errors.ts';
import type { Field, Objection } from './field.ts';

export type { Change, Outcome, Outside, Resource, Undertaking } from './change.ts';

/** What is known of the connection when a step is looked at. */
export interface Connection {
  readonly customer: string;
  /** Who the credentials belong to; its account is the customer's. */
  readonly caller: Caller;
  /** Checked answers by field id. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** What finished steps handed on. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What changes of earlier runs left to remember. */
  readonly notes: Readonly<Record<string, string>>;
  /** Buckets and digests that a person has confirmed at a terminal, for any connection of this home: "kind value". */
  confirmations(): Promise<ReadonlySet<string>>;
  /** Where what stands came from, by resource key. */
  readonly provenance: Readonly<
    Record<string, { readonly origin: 'created' | 'found'; readonly id: string; readonly at: string }>
  >;
  /** Changes that were attempted and got no answer, oldest first: it is not known what came of them. */
  readonly attempts: readonly Attempt[];
}

/** Something to ask the user for, with what to propose. */
export interface Question {
  readonly field: Field;
  readonly proposal?: string | undefined;
  /** What explains the proposal. */
  readonly because?: string | undefined;
  /** True when the proposal is not the usual one but follows from what was seen: told also where nobody is asked. */
  readonly unusual?: boolean;
  /** True when the walk can't go on without an answer and nothing can be proposed. */
  readonly required: boolean;
  /** Ends the walk where the question can't be asked; a missing answer is the default. */
  readonly unattended?: Problem;
}

export type Move = ChangeMove | WaitMove | HandoverMove | BlockedMove | DoneMove;

export interface ChangeMove {
  readonly kind: 'change';
  /** Moves with the same plan are confirmed once a run. */
  readonly plan: string;
  /** One sentence. */
  readonly reason: string;
  readonly changes: readonly Change[];
  /** What the same confirmation covers and comes in a later move. */
  readonly later?: readonly string[];
  /**
   * What the confirmation covers, in names that stay the same from look to look: what is not among them has been agreed to by
   * nobody. Absent where each plan stands for itself.
   */
  readonly covers?: readonly string[];
  /** What is known of the account, beside its id. */
  readonly account?: string;
  /** Worth knowing before agreeing. */
  readonly warnings?: readonly string[];
  /** What is left alone, and why, in sentences. */
  readonly stays?: readonly string[];
  /** What has to be typed to agree to it, where a yes is not enough: --yes never agrees to it. */
  readonly typed?: string;
  /** To remember once it is agreed to, before the first change. */
  readonly notes?: Readonly<Record<string, string>>;
  /** The failure that this plan follows. After an attempt of this very run, the walk ends with it. */
  readonly after?: Failure;
  /**
   * What --yes can't agree to, such as destroying what this connection did not create: a person at a terminal has to. Where
   * nobody can be asked, the walk ends with this.
   */
  readonly personOnly?: Setback;
  /** Where the walk ends once these changes are made. */
  readonly thenStop?: Setback & Pick<BlockedMove, 'details' | 'code'>;
}

/** An attempt that failed. */
export interface Failure extends Setback {
  /** The change that was the attempt, by its id. */
  readonly attempt: string;
  /** Changes that came to nothing with it and may be made again, by their ids. */
  readonly undone: readonly string[];
  /** Keys of resources that it was to leave and did not. */
  readonly lost: readonly string[];
  /** The cause passes by itself: the same run tries once more. */
  readonly passing: boolean;
}

/** Why it does not go on, and what to do about it. */
export interface Setback {
  readonly reason: string;
  readonly advice: readonly string[];
}

export interface WaitMove {
  readonly kind: 'wait';
  readonly reason: string;
  /** What the step expects: minutes are sat through, days are handed back. */
  readonly span: 'minutes' | 'days';
  /** When it began and is expected to end, ms since the epoch, UTC. */
  readonly since?: number | undefined;
  readonly expectedBy?: number | undefined;
  /** ms between looks. */
  readonly pollEvery: number;
  /** How long minutes are sat through without anything new, ms; a quarter of an hour when absent. */
  readonly standstill?: number;
  /** What happened, oldest first; each is shown once. */
  readonly news?: readonly News[];
  /** What happened last, read once when the wait is over. */
  readonly lastNews?: (outside: Outside) => Promise<readonly News[]>;
  readonly advice?: readonly string[];
  /** What ends the wait if the user has it already. */
  readonly offer?: Question;
}

/** Something that happened; its id tells whether it was shown already. */
export interface News {
  readonly id: string;
  readonly text: string;
}

export interface HandoverMove {
  readonly kind: 'handover';
  readonly reason: string;
  readonly advice: readonly string[];
  readonly since?: number | undefined;
  /** The question that settles it, and what to remember once it is answered with yes. */
  readonly settles: {
    readonly id: string;
    readonly message: string;
    readonly notes: Readonly<Record<string, string>>;
    readonly timeNote: string;
  };
}

export interface BlockedMove extends Setback {
  readonly kind: 'blocked';
  /** What there is to read before following the advice. */
  readonly details?: readonly string[];
  /** What kind of obstacle it is, for the exit code. */
  readonly code?: ProblemCode;
  /** Keys of resources that are not the connection's any more: answers that they fixed may change. */
  readonly releases?: readonly string[];
}

export interface DoneMove {
  readonly kind: 'done';
  /** One sentence on how it stands. */
  readonly reason: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A line of evidence. */
export interface Check {
  readonly id: string;
  readonly state: 'ok' | 'missing' | 'wrong' | 'pending' | 'unknown';
  readonly text: string;
  readonly evidence?: string | undefined;
}

/** Everything that one look at a step tells. */
export interface Look {
  readonly move: Move;
  readonly checks: readonly Check[];
  /** What of the connection stands in AWS. */
  readonly resources: readonly Resource[];
  /** What has been written, as far as it can be seen. */
  readonly effects?: readonly Effect[];
  /** Answers that must not be kept as they were given, and how to keep them. */
  readonly retold?: Readonly<Record<string, string>> | undefined;
  /** What was begun and did not come through. */
  readonly vain?: readonly Vain[];
  /** What has turned out about what is being taken back. */
  readonly settled?: Settled;
}

/** The effect of a change, seen in AWS: an attempt at it that got no answer has come through. */
export interface Effect {
  /** The change's id, or how the ids of several begin: up to a colon or slash. */
  readonly change: string;
  /** What the answer would have left to remember. */
  readonly notes?: Readonly<Record<string, string>>;
  /**
   * What ties what stands to the attempt, rather than to somebody who made the same later: a mark of this program on it, or when AWS
   * says that it was made (ms). Without it only a fresh attempt is believed to have made it.
   */
  readonly proof?: 'mark' | { readonly made: number };
}

/** An attempt that got no answer and is seen not to have come through: the change's id, and what to tell of it. */
export interface Vain {
  readonly change: string;
  readonly error: string;
}

/** What the state forgets, and learns, once something has turned out to be gone. */
export interface Settled {
  /** Keys of resources. */
  readonly releases: readonly string[];
  /** Keys of notes. */
  readonly forgets: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
}

export type StepId = 'report' | 'athena' | 'extractor';

/** A step as the wizard sees it: it never runs, it tells what to ask and what is to be done next. */
export interface Step {
  readonly id: StepId;
  readonly title: string;
  readonly fields: readonly Field[];
  /** What is wrong with answers that are each right. */
  readonly disagreements: (answers: Connection['answers']) => readonly Objection[];
  /** What is unlikely in answers that may be right, as sentences. `account`: the customer's management account. */
  readonly doubts: (answers: Connection['answers'], account: string) => readonly string[];
  /** What still has to be asked. May read AWS to offer choices, never writes. `now` in ms. */
  ask(aws: Aws, connection: Connection, now: number): Promise<readonly Question[]>;
  look(outside: Outside, connection: Connection, clock: { now(): number }): Promise<Look>;
}

/** The parts of a step: inspect touches the world and only reads; decide, checks and resources are pure. */
export interface StepParts<Settings, Seen> {
  readonly id: StepId;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly settings: v.GenericSchema<unknown, Settings>;
  readonly disagreements?: Step['disagreements'];
  readonly doubts?: Step['doubts'];
  readonly ask: Step['ask'];
  readonly inspect: (outside: Outside, settings: Settings, connection: Connection, now: number) => Promise<Seen>;
  readonly decide: (seen: Seen, settings: Settings, now: number) => Move;
  readonly checks: (seen: Seen, settings: Settings, now: number) => readonly Check[];
  readonly resources: (seen: Seen, settings: Settings) => readonly Resource[];
  readonly effects: (seen: Seen, settings: Settings) => readonly Effect[];
  readonly retold?: (seen: Seen) => Look['retold'];
}
