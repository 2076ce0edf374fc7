/** What is known about the surroundings before anything is shown. */
export interface TerminalFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdinTTY: boolean;
  readonly stdoutTTY: boolean;
  readonly stderrTTY: boolean;
  /** Width of the terminal on stderr, where there is one. */
  readonly columns?: number | undefined;
  readonly flags: {
    readonly noInput?: boolean | undefined;
    readonly noColor?: boolean | undefined;
    readonly accessible?: boolean | undefined;
    readonly json?: boolean | undefined;
  };
}

/** How a run speaks. */
export interface TerminalMode {
  /** Questions can be asked. */
  readonly interactive: boolean;
  /** Colour on stderr. */
  readonly colour: boolean;
  /** Colour on stdout. */
  readonly resultColour: boolean;
  /** Progress is a spinner. */
  readonly animated: boolean;
  /** Nothing is drawn twice: for screen readers and for terminals that can't. */
  readonly linear: boolean;
  /** Width of prose. */
  readonly columns: number;
}

const usualColumns = 80;
const widestProse = 100;

const saysYes = (value: string | undefined): boolean => !['', '0', 'false'].includes((value ?? '').toLowerCase());

/** Decides once how a run speaks; nothing else looks at these variables. */
export const decideTerminal = ({
  env,
  stdinTTY,
  stdoutTTY,
  stderrTTY,
  columns,
  flags,
}: TerminalFacts): TerminalMode => {
  const dumb = env.TERM === 'dumb';
  const unattended = saysYes(env.CI);
  // Some pseudo-terminals of jobs tell no width. How many lines something takes can't be known there, so nothing is drawn over.
  const widthless = columns === 0;
  const linear = dumb || widthless || flags.accessible === true || saysYes(env.ACCESSIBLE);
  const coloured = (tty: boolean): boolean => {
    if (flags.noColor) return false;
    // An empty FORCE_COLOR or NO_COLOR counts as not set (force-color.org, no-color.org).
    if (env.FORCE_COLOR) return saysYes(env.FORCE_COLOR);
    return tty && !dumb && !env.NO_COLOR;
  };
  return {
    interactive: stdinTTY && stderrTTY && !unattended && !flags.noInput,
    colour: coloured(stderrTTY),
    resultColour: !flags.json && coloured(stdoutTTY),
    animated: stderrTTY && !unattended && !linear,
    linear,
    columns: Math.min(columns || usualColumns, widestProse),
  };
};
