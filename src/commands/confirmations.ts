import type { StateStore } from '../state/state.ts';
import { kindsConfirmed } from '../steps/extractor/reviewing.ts';

/** What people at terminals have confirmed for any connection of this home. A state that can't be read confirms nothing. */
export const confirmationsIn = (store: StateStore) => async (): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (const customer of await store.list()) {
    const notes = (await store.load(customer).catch(() => undefined))?.notes ?? {};
    for (const kind of kindsConfirmed)
      for (const value of (notes[`confirmed-${kind}`] ?? '').split(' '))
        if (value !== '') found.add(`${kind} ${value}`);
  }
  return found;
};
