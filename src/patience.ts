import type { Patience } from './aws/attempts.ts';
import { reasonToRepeat } from './aws/explain.ts';
import type { Clock } from './clock.ts';
import type { Terminal } from './terminal/terminal.ts';
import { wrapped } from './terminal/wrap.ts';

/** From when on it is told that a call is made again, in ms: what takes less is over before it is read. */
const noticeable = 1_000;

/** Waits for calls that are made again, and tells the user of those that take noticeably long. */
export const patience = (
  { say, style, columns }: Pick<Terminal, 'say' | 'style' | 'columns'>,
  clock: Pick<Clock, 'now' | 'ahead'>,
  pause: Patience['pause'],
): Patience => ({
  // What AWS's answers tell of its time is no time that has passed.
  now: () => clock.now() - clock.ahead(),
  pause,
  again({ call, attempt, of, error, taken }) {
    if (taken < noticeable) return;
    const text = `… ${reasonToRepeat(error)} (${call}); asking again, ${attempt} of ${of} times.`;
    say(style.faint(wrapped(text, columns)));
  },
});
