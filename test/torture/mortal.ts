import type { Requests } from '../../src/aws/requests.ts';
import type { Session } from '../../src/session.ts';
import type { Lock } from '../../src/state/state.ts';

/** Where a run is killed: at which of its calls and saves, and whether that still takes effect. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/**
 * Runs that can be killed, in process: from that moment on nothing that the run does has an effect, as its calls, saves and sleeps never
 * end. One dies, all others live.
 */
export const mortal = ({ at, when }: Death) => {
  let deeds = 0;
  let dead = false;
  let life = { number: 0, end: () => {} };
  const held = new Set<Lock>();

  const never = new Promise<never>(() => {});
  const die = (): Promise<never> => {
    dead = true;
    // The lock of a process that is gone is taken over.
    for (const lock of held) void lock.release();
    held.clear();
    life.end();
    return never;
  };

  /** What a run does in the world, unless it is the one that has died. */
  const lives = (number: number) => {
    const gone = () => dead && number === mortalNumber;
    return async <T>(deed: () => Promise<T>): Promise<T> => {
      if (gone()) return never;
      deeds += 1;
      const last = !dead && deeds === at;
      if (last) mortalNumber = number;
      if (last && when === 'before') return die();
      const done = await deed();
      return last ? die() : gone() ? never : done;
    };
  };
  let mortalNumber = 0;

  return {
    /** Whether the one that is to die has. */
    died: () => dead,

    /** Runs something with a life of its own. @returns undefined when it died */
    async live<T>(run: () => Promise<T>): Promise<T | undefined> {
      const ended = new Promise<undefined>((resolve) => {
        life = { number: life.number + 1, end: () => resolve(undefined) };
      });
      const result = await Promise.race([run(), ended]);
      // What the dead one had under way comes to rest.
      for (let turn = 0; turn < 8 && result === undefined; turn += 1) await new Promise(setImmediate);
      return result;
    },

    requests: (requests: Requests): Requests => {
      const does = lives(life.number);
      return { handle: (request, options) => does(() => requests.handle(request, options)) };
    },

    session(session: Session): Session {
      const does = lives(life.number);
      const { store, outbox, clock } = session;
      return {
        ...session,
        store: {
          ...store,
          save: (state) => does(() => store.save(state)),
          async lock(...given) {
            const lock = await store.lock(...given);
            held.add(lock);
            return { release: () => does(() => lock.release()) };
          },
        },
        outbox: {
          ...outbox,
          write: (...given) => does(() => outbox.write(...given)),
          keep: (...given) => does(() => outbox.keep(...given)),
        },
        clock: { ...clock, sleep: (ms, signal) => does(() => clock.sleep(ms, signal)) },
      };
    },
  };
};
