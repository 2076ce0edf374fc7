import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';
import { customerName } from './customer-name.ts';
import { readState, writeState } from './schema.ts';
import { refuseMovedOn } from './serial.ts';
import type { StateStore } from './state.ts';

/** Keeps connections in memory, for rehearsals, as the text that would be on disk and by the same rules. `texts` is the disk. */
export const memoryStore = (texts = new Map<string, string>()): StateStore => {
  const locks = new Map<string, string>();
  const place = (customer: string) => `(rehearsal) ${customerName(customer)}.json`;
  const read = (customer: string) => {
    const path = place(customer);
    const text = texts.get(customer);
    return text === undefined ? undefined : readState(text, path, customer);
  };

  return {
    place,
    list: async () => [...texts.keys()].sort(),
    load: async (customer) => read(customer),

    async save(state) {
      refuseMovedOn(read(state.customer), state, place(state.customer));
      const next = { ...state, serial: state.serial + 1 };
      texts.set(state.customer, writeState(next));
      return next;
    },

    async lock(customer, command) {
      const holder = locks.get(customerName(customer));
      if (holder !== undefined) {
        throw new Problem(
          `Another run is at this connection: ${quoted(holder)}.`,
          ['Wait until it has ended and run the same command again.'],
          'locked',
        );
      }
      locks.set(customer, command);
      let mine = true;
      return {
        async release() {
          if (mine) locks.delete(customer);
          mine = false;
        },
      };
    },
  };
};
