/** A change that was attempted, by its id, with the token that AWS got. */
export interface Attempt {
  readonly change: string;
  readonly token: string;
  /** When it was begun, and begun again under the same token if it was; ms since the epoch, UTC. */
  readonly began: number;
  readonly again?: number | undefined;
}

/** What AWS's times are off by: they are whole seconds, and so is what is known of its clock. */
const clocksAreOffBy = 5_000;
/** Calls are made again for less than four minutes; AWS may be slow to take down what it has accepted. */
const takesEffectWithin = 10 * 60_000;

/** Longer than any run that repeats a call, and far shorter than the days in which people work by hand, ms. */
const freshFor = 30 * 60_000;

/** Whether an attempt is so young at a time (ms) that what it asked for and what stands are taken for the same, and its token for good. */
export const isFresh = ({ began, again = began }: Pick<Attempt, 'began' | 'again'>, now: number): boolean =>
  now - again < freshFor;

/** Whether what AWS says it made at a time (ms) can have been made by an attempt: not before it, and not long after. */
export const isMadeBy = ({ began, again = began }: Pick<Attempt, 'began' | 'again'>, made: number): boolean =>
  made >= began - clocksAreOffBy && made <= again + takesEffectWithin;

/** What the journal says of an attempt without answer that is seen not to have come through. */
export const nothingCame = 'No answer came, and nothing came of it.';
