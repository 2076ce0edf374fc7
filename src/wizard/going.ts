import type { Caller } from '../aws/identity.ts';
import { openAttempts, type Recorder } from '../recorder.ts';
import type { Connected, Session } from '../session.ts';
import type { Answers } from '../state/state.ts';
import type { Connection, Look, Move, Outside, Step } from '../step.ts';
import { endingView } from '../terminal/views/moves.ts';

/** What a walk is given. */
export interface Walk {
  readonly session: Session;
  readonly connected: Connected;
  readonly caller: Caller;
  readonly steps: readonly Step[];
  readonly recorder: Recorder;
  readonly confirmations: Connection['confirmations'];
  readonly options: WalkOptions;
}

export interface WalkOptions {
  /** Agrees to plans and takes proposals. */
  readonly yes: boolean;
  /** What goes on with it later; resume when absent. */
  readonly command?: 'remove';
  /** The word that was given with --confirm. */
  readonly confirm?: string | undefined;
  /** Shows the first plan and stops. */
  readonly dryRun: boolean;
  /** The user says that the message has been sent. */
  readonly sent: boolean;
  /** Answers that are given anew in each run and never kept, as they may be secrets. */
  readonly fleeting: Connection['answers'];
  /** What earlier runs have answered. */
  readonly earlier: Answers;
  /** Called before answers are kept. @throws Problem when they can't be taken */
  readonly accept: (answers: Answers) => Promise<void>;
}

/** Where a walk ended. */
export interface Ending {
  readonly kind: 'done' | 'waiting' | 'your-turn' | 'blocked' | 'planned' | 'declined';
  /** The last look at each step that was reached, in order. */
  readonly looks: readonly Look[];
  /** What was done, in the words of the plan. */
  readonly did: readonly string[];
}

/** A walk under way, with what it remembers until it ends. */
export interface Going extends Walk {
  readonly outside: Outside;
  readonly outputs: Record<string, string>;
  readonly did: string[];
  /** Plans that were agreed to, and whether a person at the terminal did. */
  readonly agreed: Map<string, 'person' | 'flag'>;
  /** When which change was applied, in ms, by change id. */
  readonly applied: Map<string, number>;
  /** How often which change was made in this run, by change id. */
  readonly made: Map<string, number>;
  readonly shownNews: Set<string>;
  /** AWS's time when the walk began, in ms. */
  readonly began: number;
}

/** How long AWS may take to show what it has accepted, in ms. */
export const slowToShowFor = 180_000;

/** What one move leads to. */
export type Turn = 'look-again' | 'next-step' | Ending['kind'];

export const connectionOf = ({ recorder, caller, outputs, options, confirmations }: Going): Connection => ({
  customer: recorder.state.customer,
  caller,
  answers: { ...recorder.state.answers, ...options.fleeting },
  outputs,
  notes: recorder.state.notes,
  confirmations,
  provenance: recorder.state.provenance,
  attempts: openAttempts(recorder.state),
});

/** A walk at its first move. */
export const setOut = (given: Walk): Going => {
  const began = given.session.clock.now();
  return {
    ...given,
    outside: { aws: given.connected.aws, outbox: given.session.outbox },
    outputs: {},
    did: [],
    agreed: new Map(),
    applied: lately(given.recorder, began),
    made: new Map(),
    shownNews: new Set(),
    began,
  };
};

/** Changes of runs that ended just now: AWS may still be slow to show them. */
const lately = ({ state }: Recorder, now: number): Map<string, number> =>
  new Map(
    state.journal.flatMap(({ change: id, outcome, ended }) =>
      outcome === 'done' && ended && now - Date.parse(ended) < slowToShowFor ? [[id, Date.parse(ended)]] : [],
    ),
  );

/** Looks at a step, with a word on the screen while it takes. */
export const lookAt = async (going: Going, step: Pick<Step, 'title' | 'look'>): Promise<Look> => {
  const { session } = going;
  session.interrupt.check();
  const progress = session.terminal.glimpse(`Looking at ${step.title}`);
  try {
    return await step.look(going.outside, connectionOf(going), session.clock);
  } finally {
    progress.clear();
  }
};

/** Shows where a move leaves the user. */
export const tell = ({ session: { terminal, clock } }: Going, move: Move): void =>
  terminal.say(endingView(move, clock.now(), terminal.style, terminal.columns));
