import { objectionsToSaved } from '../answers.ts';
import { Problem } from '../errors.ts';
import { type Field, objectionText } from '../field.ts';
import type { State, StateStore } from '../state/state.ts';

/**
 * A saved connection whose answers still keep their rules: a hand may have changed them.
 * @throws Problem (state) naming each that does not; the file is left as it is
 */
export const loadChecked = async (
  store: StateStore,
  customer: string,
  fields: readonly Field[],
): Promise<State | undefined> => {
  const state = await store.load(customer);
  const objections = state ? objectionsToSaved(state.answers, fields) : [];
  if (objections.length === 0) return state;
  throw new Problem(
    `The answers kept in ${store.place(customer)} can't be right; the file is left as it is.`,
    [
      ...objections.map((each) => objectionText({ ...each, field: each.field.replace(/^--/, '') })),
      `Mend them there and delete the line "digest", or move the file away and run: spot-cur setup ${customer}`,
    ],
    'state',
  );
};
