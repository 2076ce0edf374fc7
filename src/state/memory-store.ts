import { randomUUID } from 'node:crypto';
import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';
import { customerName } from './customer-name.ts';
import { readState, writeState } from './schema.ts';
import { refuseMovedOn } from './serial.ts';
import type { StateStore } from './state.ts';

/** Keeps connections in memory, for rehearsals, as the text that would be on disk and by the same rules. `texts` is the disk. */
export const memoryStore = (texts = new Map<string, string>()): StateStore => {
  const locks = new Map<string, { readonly id: string; readonly operation: string }>();
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

    async lock(customer, operation) {
      const holder = locks.get(customerName(customer));
      if (holder) {
        throw new Problem(
          `Another run is at the connection ${customer}: ${quoted(holder.operation)}.`,
          ['Wait until it has ended and run the same command again.'],
          'locked',
        );
      }
      const mine = { id: randomUUID(), operation };
      locks.set(customer, mine);
      return {
        async release() {
          if (locks.get(customer) === mine) locks.delete(customer);
        },
      };
    },

    async holder(customer) {
      const holder = locks.get(customerName(customer));
      return (
        holder && { id: holder.id, told: quoted(holder.operation), host: 'memory', pid: 1, standing: 'alive' as const }
      );
    },

    async unlock(customer, id) {
      return locks.get(customerName(customer))?.id === id && locks.delete(customer);
    },
  };
};
