import { Problem } from '../errors.ts';
import type { BlockedMove, Change, Failure, Settled, WaitMove } from '../step.ts';
import { quoted } from '../text.ts';

/** One kind of thing that is taken back, as it stands. The parts follow one another. */
export interface Part {
  /** What is to be done about it now; empty once nothing is. */
  readonly changes?: readonly Change[];
  /** What comes after these, in the words of the plan. */
  readonly later?: readonly string[];
  /** What goes with all of these, in names that stay the same from look to look. What only comes back needs none. */
  readonly takes?: readonly string[];
  /** What has to be waited for first. */
  readonly wait?: WaitMove;
  /** Why it does not go on. */
  readonly blocked?: BlockedMove;
  /** The failure that the changes follow. */
  readonly after?: Failure | undefined;
  readonly stays?: readonly Stay[];
  /** What it costs, for whoever agrees. */
  readonly costs?: readonly string[];
  /** What has turned out to be gone. */
  readonly settled?: Partial<Settled>;
}

/** Something that is left alone. */
export interface Stay {
  readonly what: string;
  /** Why, as a sentence without its full stop. */
  readonly why: string;
}

/** Why something stays that is only used. */
export const foundThere = 'this connection found it and did not make it, by what is recorded';

/** What stays and why as a sentence; a command at its end stays as it is to be typed. */
export const stayText = ({ what, why }: Stay): string =>
  /: (spot-cur|aws) [^\n]*$/.test(why) ? `${what}: ${why}` : `${what}: ${why}.`;

const mostNamed = 3;

/** A few keys by name, and that there are more. */
export const namedKeys = (keys: readonly string[]): string => {
  const some = keys.slice(0, mostNamed).map((each) => quoted(each, 200));
  if (keys.length > mostNamed) return `${some.join(', ')} and more`;
  return some.length > 1 ? `${some.slice(0, -1).join(', ')} and ${some.at(-1)}` : some.join('');
};

/** Why something that has changed under the plan was not touched. */
export const changedMeanwhile = (what: string, lost: string, customer: string): Problem =>
  new Problem(`Somebody has changed ${what} since this plan was made. ${lost}`, [
    `Look at the plan again: spot-cur remove ${customer}`,
  ]);

/** What can be told of a part without a look at the others. */
export interface Facts {
  readonly customer: string;
  readonly account: string;
  readonly deleteData: boolean;
}
