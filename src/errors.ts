/** What kind of trouble a Problem is; it decides the exit code and is the `code` of an error in JSON. */
export type ProblemCode =
  | 'blocked'
  | 'wrong-account'
  | 'state'
  | 'usage'
  | 'credentials'
  | 'denied'
  | 'locked'
  | 'alarm'
  | 'not-ready';

const exitCodes: Readonly<Record<ProblemCode, number>> = {
  blocked: 1,
  'wrong-account': 1,
  state: 1,
  usage: 2,
  credentials: 4,
  denied: 5,
  locked: 6,
  alarm: 7,
  'not-ready': 8,
};

/** Trouble that the user can mend: says what happened and carries what to do next, the first advice first. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly advice: readonly string[];
  readonly requestId: string | undefined;
  /** What there is to read before following the advice. */
  readonly details: readonly string[];

  constructor(
    message: string,
    advice: readonly string[],
    code: ProblemCode = 'blocked',
    requestId?: string,
    details: readonly string[] = [],
  ) {
    super(message);
    this.code = code;
    this.advice = advice;
    this.requestId = requestId;
    this.details = details;
  }

  get exitCode(): number {
    return exitCodes[this.code];
  }
}

/** The user left, by Ctrl-C or a signal: nothing is wrong and nothing is lost. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor(message = 'Interrupted. Everything done so far is saved; the same command goes on.') {
    super(message);
  }
}
