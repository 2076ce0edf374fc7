import { createHash } from 'node:crypto';
import type { State } from './state.ts';

/**
 * Goes before a state in its file: the digest of all that it says, so that a flipped bit can't pass for another bucket or account.
 * Whoever changes a state by hand takes this line away, which makes the rest theirs.
 */
export const sealed = (state: State): { readonly digest: string } & State => ({ digest: digestOf(state), ...state });

/** Takes the seal off what was parsed. `digest` is undefined where there is none. */
export const unsealed = (
  value: Readonly<Record<string, unknown>>,
): { readonly digest: unknown; readonly rest: Readonly<Record<string, unknown>> } => {
  const { digest, ...rest } = value;
  return { digest, rest };
};

/** Of the values and their order, not of how they are written: blanks and escapes mean nothing. */
export const digestOf = (state: State): string => createHash('sha256').update(JSON.stringify(state)).digest('hex');
