/** The time as the program sees it. All times are ms since the epoch, UTC. */
export interface Clock {
  /** AWS's time where an answer has told it, else this machine's. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** How far AWS's time is ahead of this machine's, in ms; negative when it is behind, 0 until an answer has told. */
  ahead(): number;
  /** Rings once after `ms` of this machine's time, however a simulated clock jumps, unless the function that comes back is called. */
  alarm(ms: number, ring: () => void): () => void;
}

/** This machine's clock, set right by the Date header of AWS's answers: laptops are skewed and simulated clocks jump. */
export interface AdjustableClock extends Clock {
  /** Takes the moment that AWS's answer names. Header dates have whole seconds, so small differences are left alone. */
  heard(awsNow: number): void;
}

const toleratedMs = 2_000;

export const systemClock = (): AdjustableClock => {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    heard(awsNow) {
      const difference = awsNow - Date.now();
      if (Math.abs(difference - offset) > toleratedMs) offset = Math.abs(difference) > toleratedMs ? difference : 0;
    },
    ahead: () => offset,
    alarm(ms, ring) {
      const timer = setTimeout(ring, ms);
      return () => clearTimeout(timer);
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', stop);
          resolve();
        }, ms);
        const stop = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', stop, { once: true });
      }),
  };
};
