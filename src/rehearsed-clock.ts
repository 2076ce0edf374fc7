import { setTimeout as pause } from 'node:timers/promises';
import type { Requests } from './aws/requests.ts';
import type { Clock } from './clock.ts';
import type { SimulatedClock } from './simulator/clock.ts';

/** The clock of a rehearsal: waits are jumps, and alarms ring when simulated time passes them. */
export interface RehearsedClock extends Clock {
  /** Takes over AWS's time, in ms. */
  heard(awsNow: number): void;
  /** Sleeps through the silence of a call that gets no answer, once all others have theirs. */
  silence(ms: number, signal?: AbortSignal): Promise<void>;
  /** The same requests, whose answers a silence waits for. */
  among(requests: Requests): Requests;
}

/** Sleeps take `longest` ms of real time at most. */
export const rehearsedClock = (simulated: SimulatedClock, longest: number): RehearsedClock => {
  let ahead = 0;
  let answers = 0;
  const alarms = new Set<{ readonly due: number; readonly ring: () => void }>();
  const pass = (ms: number) => {
    const until = simulated.now() + ms;
    for (const alarm of [...alarms].sort((a, b) => a.due - b.due)) {
      if (alarm.due > until || !alarms.delete(alarm)) continue;
      simulated.advance(Math.max(0, alarm.due - simulated.now()));
      alarm.ring();
    }
  };
  return {
    now: () => simulated.now(),
    ahead: () => ahead,
    heard(awsNow) {
      ahead = awsNow - simulated.now();
    },
    alarm(ms, ring) {
      const alarm = { due: simulated.now() + ms, ring };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      await pause(Math.min(ms, longest));
      signal?.throwIfAborted();
      simulated.advance(ms);
    },
    async silence(ms, signal) {
      const until = simulated.now() + ms;
      for (let seen = -1; seen !== answers; ) {
        seen = answers;
        await pause(Math.max(5 * longest, 20));
      }
      signal?.throwIfAborted();
      // Whoever waits less long than this gives up first.
      pass(ms);
      signal?.throwIfAborted();
      simulated.advance(Math.max(0, until - simulated.now()));
    },
    among: (requests) => ({
      async handle(request, options) {
        const answer = await requests.handle(request, options);
        answers += 1;
        return answer;
      },
    }),
  };
};
