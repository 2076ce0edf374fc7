import { setMaxListeners } from 'node:events';
import { Cancelled } from './errors.ts';

/** Ctrl-C as the program hears it: reads stop at once, a write that has begun is finished and recorded first. */
export interface Interrupt {
  /** Aborted once the user wants to leave; sleeps listen to it. */
  readonly signal: AbortSignal;
  readonly writing: boolean;
  /** @throws Cancelled once the user wants to leave */
  check(): void;
  /** Runs a write that is not to be cut off, and throws Cancelled after it if the user wanted to leave meanwhile. */
  shield<T>(write: () => Promise<T>): Promise<T>;
  /** Runs what is no write in the middle of one: nothing is under way meanwhile that would have to be finished. */
  rest<T>(pause: () => Promise<T>): Promise<T>;
  /** The user wants to leave. */
  raise(): void;
}

export const interrupt = (): Interrupt => {
  const controller = new AbortController();
  // Every request under way listens.
  setMaxListeners(0, controller.signal);
  let writes = 0;
  return {
    signal: controller.signal,
    get writing() {
      return writes > 0;
    },
    check: () => controller.signal.throwIfAborted(),
    async shield(write) {
      controller.signal.throwIfAborted();
      writes += 1;
      try {
        return await write();
      } finally {
        writes -= 1;
      }
    },
    async rest(pause) {
      const before = writes;
      writes = 0;
      try {
        return await pause();
      } finally {
        writes += before;
      }
    },
    raise: () => controller.abort(new Cancelled()),
  };
};
