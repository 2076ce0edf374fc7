import type { Write } from './streams.ts';
import type { Progress } from './terminal.ts';

/** Timers as the plain progress needs them, so that a test can hand in its own. */
export interface Heartbeats {
  /** Calls `beat` every `ms` until the function that comes back is called. */
  every(ms: number, beat: () => void): () => void;
}

export const systemHeartbeats: Heartbeats = {
  every(ms, beat) {
    const timer = setInterval(beat, ms);
    // A sign of life must not be what keeps the process alive.
    timer.unref();
    return () => clearInterval(timer);
  },
};

const heartbeatSeconds = 30;

/** Progress in plain lines: one for each change of text unless it begins `silently`, and a sign of life every 30 s. */
export const plainProgress = (
  text: string,
  { say, sayLast }: { readonly say: Write; readonly sayLast: Write },
  heartbeats: Heartbeats,
  silently = false,
): Progress => {
  let shown = text;
  let seconds = 0;
  if (!silently) say(text);
  const stop = heartbeats.every(heartbeatSeconds * 1000, () => {
    seconds += heartbeatSeconds;
    say(`${shown} (still, after ${duration(seconds)})`);
  });
  const end = (last?: string) => {
    stop();
    if (last !== undefined && last !== shown) sayLast(last);
  };
  return {
    update(next) {
      if (next !== shown) say(next);
      shown = next;
    },
    note: say,
    done: end,
    fail: end,
    clear: stop,
  };
};

const duration = (seconds: number): string =>
  [Math.floor(seconds / 60) && `${Math.floor(seconds / 60)} min`, seconds % 60 && `${seconds % 60} s`]
    .filter(Boolean)
    .join(' ');
