import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sweepBeside } from './beside.ts';
import { customerName, isCustomerName } from './customer-name.ts';
import { onDisk } from './disk-trouble.ts';
import { foldersExist, makeFolders } from './folder.ts';
import { type LockFacts, takeLock } from './lock.ts';
import { readWhole } from './read-whole.ts';
import { replaceFile } from './replace-file.ts';
import { mostStateBytes, readState, wayOut, writeState } from './schema.ts';
import { refuseMovedOn } from './serial.ts';
import type { State, StateStore } from './state.ts';

const ending = '.json';

/**
 * Keeps each connection in `<home>/customers/<name>.json` and the version before beside it, as `<name>.json.previous`.
 * Nothing is created before the first save or lock. `facts.now` is in ms since the epoch.
 */
export const fileStore = (home: string, facts: LockFacts): StateStore => {
  const customers = join(home, 'customers');
  const folders = [home, customers];
  const fileOf = (customer: string, end: string) => join(customers, `${customerName(customer)}${end}`);
  const place = (customer: string) => fileOf(customer, ending);

  const read = async (customer: string): Promise<{ bytes: Buffer; state: State } | undefined> => {
    const path = place(customer);
    if (!(await foldersExist(folders))) return undefined;
    const bytes = await readWhole(path, { most: mostStateBytes, advice: wayOut(path, customer) });
    return bytes && { bytes, state: readState(bytes, path, customer) };
  };

  const replace = async (state: State): Promise<State> => {
    const path = place(state.customer);
    const kept = await read(state.customer);
    refuseMovedOn(kept?.state, state, path);
    const next = { ...state, serial: state.serial + 1 };
    const text = writeState(next);
    // A copy, since a rename would leave a moment without the file.
    if (kept) await replaceFile(`${path}.previous`, kept.bytes);
    await replaceFile(path, text);
    return next;
  };

  return {
    place,

    async list() {
      if (!(await foldersExist(folders))) return [];
      const entries = await onDisk(customers, () => readdir(customers, { withFileTypes: true }));
      return entries
        .filter((entry) => !entry.isDirectory() && entry.name.endsWith(ending))
        .map((entry) => entry.name.slice(0, -ending.length))
        .filter(isCustomerName)
        .sort();
    },

    async load(customer) {
      return (await read(customer))?.state;
    },

    async save(state) {
      const saving = fileOf(state.customer, '.saving.lock');
      await makeFolders(folders);
      // Comparing and replacing are two steps: two runs that don't hold the customer's lock must not both pass the first.
      const lock = await takeLock(saving, 'save', facts);
      try {
        return await replace(state);
      } finally {
        await lock.release();
      }
    },

    async lock(customer, command) {
      const path = fileOf(customer, '.lock');
      await makeFolders(folders);
      const lock = await takeLock(path, command, facts);
      await sweepBeside(customers, `${customerName(customer)}.`);
      return lock;
    },
  };
};
