import type { Aws } from './aws/aws.ts';
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
  /** What is wrong with the way to AWS, as far as can be told without reading a file. */
  objections(): readonly Objection[];
  /** The lines to AWS, by how credentials are come by. Loads the SDK. @throws Problem (usage, credentials) */
  connect(access: Access): Promise<Connected>;
}

export interface Connected {
  readonly aws: Aws;
  /** "aws", or the custom endpoint(s) that lead elsewhere. */
  readonly endpoint: string;
}
