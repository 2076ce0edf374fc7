import type { Aws } from './aws/aws.ts';
import type { Origin } from './aws/origin.ts';
import type { Clock } from './clock.ts';
import type { Objection } from './field.ts';
import type { Interrupt } from './interrupt.ts';
import type { Outbox } from './outbox.ts';
import type { Access, StateStore } from './state/state.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What a run is given, built once at the edge: by main for the real world, by the rehearsal for the simulated one. */
export interface Session {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly store: StateStore;
  readonly outbox: Outbox;
  readonly interrupt: Interrupt;
  /** Sits through waits of days too. */
  readonly sits: boolean;
  /** This program's version, for the journal. */
  readonly tool: string;
  /** The region that this machine's settings name, which counts for nothing: everything is in us-east-1. */
  readonly region?: string | undefined;
  /** What is wrong with the way to AWS, as far as can be told without reading a file. */
  objections(): readonly Objection[];
  /** True when these credentials are a role's that is assumed from others, whose account can then be asked for. Reads files only. */
  assumes(access: Access): Promise<boolean>;
  /**
   * The lines to AWS, by how credentials are come by. Loads the SDK. A session that ends is renewed, with the help of a person at
   * the terminal unless `unasked`. @throws Problem (usage, credentials)
   */
  connect(access: Access, unasked?: boolean): Promise<Connected>;
  /** Shows a file in the desktop's program for it. @returns why it can't be shown here, as a clause; undefined when it is */
  open(path: string): Promise<string | undefined>;
}

export interface Connected {
  readonly aws: Aws;
  /** "aws", or the custom endpoint(s) that lead elsewhere. */
  readonly endpoint: string;
  /** The same lines for looks that can be done without: their requests are cut off once the signal is aborted. */
  lookingUntil(signal: AbortSignal): Aws;
  /** When these credentials end, in ms; undefined where they do not tell. @throws whatever getting them throws */
  expiry(): Promise<number | undefined>;
  /** Where the credentials come from, if that is known. */
  readonly origin?: Origin | undefined;
}
