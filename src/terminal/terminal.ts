import type { Style } from './style.ts';

/** Where a run speaks to its user. Questions and progress go to stderr, results to stdout. */
export interface Terminal {
  /** True when questions can be asked: terminals on both sides, no CI, no --no-input. */
  readonly interactive: boolean;
  /** For what is said. */
  readonly style: Style;
  /** For results, which may go to a file. */
  readonly resultStyle: Style;
  /** Width in columns. */
  readonly columns: number;
  /** Says something to the person, on stderr; empty text is an empty line. */
  say(text: string): void;
  /** Hands over a result, on stdout. */
  result(text: string): void;
  /** Hands over a file as it is, on stdout; where that is a terminal, as text that can't steer it. */
  bytes(content: Uint8Array): void;
  /** Asks for a line of text until `check` has no objection. @throws Cancelled on Ctrl-C */
  ask(question: TextQuestion): Promise<string>;
  /** @throws Cancelled on Ctrl-C */
  confirm(question: YesNoQuestion): Promise<boolean>;
  /** @throws Cancelled on Ctrl-C */
  choose(question: ChoiceQuestion): Promise<string>;
  /** Shows that something is under way. Where there is no terminal: a line for each change of text, a heartbeat every 30 s. */
  progress(text: string): Progress;
  /** The same for what takes a moment and comes again and again: without animation nothing is shown before the heartbeat. */
  glimpse(text: string): Progress;
}

export interface TextQuestion {
  /** Names the flag, the key in an answers file and the scripted answer in a test. */
  readonly id: string;
  readonly message: string;
  readonly proposal?: string;
  /** True for what nobody is to read over a shoulder or in a log: where the answer is drawn, it is asterisks. */
  readonly secret?: boolean;
  /** What is wrong with the text, undefined when nothing is. */
  check(text: string): string | undefined;
}

export interface YesNoQuestion {
  readonly id: string;
  readonly message: string;
  /** What Enter alone means. */
  readonly proposal: boolean;
}

export interface ChoiceQuestion {
  readonly id: string;
  readonly message: string;
  /** `short` stands for the label once it is chosen. */
  readonly choices: readonly { readonly value: string; readonly label: string; readonly short?: string }[];
  readonly proposal?: string;
}

export interface Progress {
  /** Replaces the text of what is under way. */
  update(text: string): void;
  /** Leaves a line above what is under way. */
  note(line: string): void;
  /** Ends it well, with a last line. */
  done(text?: string): void;
  /** Ends it badly, with a last line. */
  fail(text?: string): void;
  /** Ends it without a word. */
  clear(): void;
}
