import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../errors.ts';
import { sweepBeside } from './beside.ts';
import { customerName, isCustomerName } from './customer-name.ts';
import { onDisk } from './disk-trouble.ts';
import { foldersExist, makeFolders } from './folder.ts';
import type { Holder } from './holder.ts';
import { endLock, type LockFacts, lookAtLock, type TakenLock, takeLock } from './lock.ts';
import { holderText, lockLost } from './locked.ts';
import { readWhole } from './read-whole.ts';
import { replaceFile } from './replace-file.ts';
import { mostStateBytes, readState, wayBack, wayOut, writeState } from './schema.ts';
import { refuseMovedOn } from './serial.ts';
import type { State, StateStore } from './state.ts';
import { samePlace } from './whereabouts.ts';

const ending = '.json';
const previousOf = (path: string): string => `${path}.previous`;

interface Kept {
  readonly bytes: Buffer;
  readonly state: State;
}

/**
 * Keeps each connection in `<home>/customers/<name>.json` and the version before beside it, as `<name>.json.previous`.
 * Nothing is created before the first save or lock. `facts.now` is in ms since the epoch.
 */
export const fileStore = (home: string, facts: LockFacts): StateStore => {
  const customers = join(home, 'customers');
  const folders = [home, customers];
  const fileOf = (customer: string, end: string) => join(customers, `${customerName(customer)}${end}`);
  const place = (customer: string) => fileOf(customer, ending);
  const lockOf = (customer: string) => fileOf(customer, '.lock');
  const savingOf = (customer: string) => fileOf(customer, '.saving.lock');
  const taken = new Map<string, TakenLock>();

  const readAt = async (path: string, customer: string, back: readonly string[] = []): Promise<Kept | undefined> => {
    const bytes = await readWhole(path, { most: mostStateBytes, advice: [...back, ...wayOut(path, customer)] });
    return bytes && { bytes, state: readState(bytes, path, customer, back) };
  };

  const read = async (customer: string): Promise<Kept | undefined> => {
    const path = place(customer);
    if (!(await foldersExist(folders))) return undefined;
    return readAt(path, customer).catch(async (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      const before = await readAt(previousOf(path), customer).catch(() => undefined);
      if (!before) throw error;
      return readAt(path, customer, wayBack(path, previousOf(path)));
    });
  };

  const replace = async (state: State): Promise<State> => {
    const path = place(state.customer);
    const kept = await read(state.customer);
    refuseMovedOn(kept?.state, state, path);
    const next = { ...state, serial: state.serial + 1 };
    const text = writeState(next);
    // A copy, since a rename would leave a moment without the file.
    if (kept) await replaceFile(previousOf(path), kept.bytes);
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
      const { customer } = state;
      const path = savingOf(customer);
      await makeFolders(folders);
      // Comparing and replacing are two steps: two runs that don't hold the customer's lock must not both pass the first.
      const saving = await takeLock(path, { operation: 'save', customer }, facts);
      try {
        if ((await taken.get(customer)?.stands()) === false) throw lockLost(customer);
        return await replace(state);
      } finally {
        await saving.release();
      }
    },

    async lock(customer, operation) {
      const path = lockOf(customer);
      await makeFolders(folders);
      const lock = await takeLock(path, { operation, customer }, facts);
      await sweepBeside(customers, `${customerName(customer)}.`);
      taken.set(customer, lock);
      return {
        async release() {
          if (taken.get(customer) === lock) taken.delete(customer);
          await lock.release();
        },
      };
    },

    async holder(customer) {
      const paths = [lockOf(customer), savingOf(customer)];
      if (!(await foldersExist(folders))) return undefined;
      for (const path of paths) {
        const seen = await lookAtLock(path, facts);
        if (!seen) continue;
        const { holder, verdict } = seen;
        const { id, host, pid } = holder;
        const standing = verdict === 'writing' ? 'alive' : verdict;
        return { id, host, pid, standing, told: holderText(holder, verdict, facts) };
      }
      return undefined;
    },

    async unlock(customer, id) {
      const paths = [lockOf(customer), savingOf(customer)];
      if (!(await foldersExist(folders))) return false;
      let whose: Holder | undefined;
      const meant = (holder: Holder) => {
        if (holder.id === id) whose = holder;
        // A run that was at a save has left both of its locks behind.
        return whose !== undefined && samePlace(holder, whose) && holder.pid === whose.pid;
      };
      const ended = [];
      for (const path of paths) ended.push(await endLock(path, meant, facts));
      return ended.includes(true);
    },
  };
};
