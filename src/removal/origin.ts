import { isFresh } from '../attempt.ts';
import type { Provenance, State } from '../state/state.ts';

/** What this program makes, by the keys of provenance. */
export type Key = 'bucket' | 'bucket-policy' | 'report' | 'crawler-stack' | 'crawler-schedule' | 'extractor-stack';

export interface Origin {
  readonly id: string;
  /** Whether this connection made it; anything else was there before. */
  readonly created: boolean;
}

/**
 * Where a thing came from, by what is recorded. An attempt whose outcome never came may have made it: whoever proves by AWS that it
 * stands takes it for this connection's, as a walk would.
 */
export const originOf = ({ provenance, journal }: State, key: Key): Origin | undefined => {
  const recorded = provenance[key];
  if (recorded) return { id: recorded.id, created: recorded.origin === 'created' };
  const open = journal.findLast(({ resource, outcome }) => resource?.startsWith(`${key}:`) && outcome === undefined);
  return open?.resource === undefined ? undefined : { id: open.resource.slice(key.length + 1), created: true };
};

/** What bears no mark of whoever made it. */
const unmarked: readonly Key[] = ['bucket', 'report', 'crawler-schedule'];

/**
 * The record as it is to be believed at a time (ms): what bears no mark may have been made by somebody else since an attempt of long
 * ago got no answer, so it counts as found.
 */
export const believable = (state: State, now: number): State => {
  const stale = state.journal.flatMap(({ resource = '', outcome, began, again = began }): [string, Provenance][] => {
    const key = unmarked.find((each) => resource.startsWith(`${each}:`));
    return key === undefined || outcome !== undefined || isFresh({ began: Date.parse(again) }, now)
      ? []
      : [[key, { origin: 'found', id: resource.slice(key.length + 1), at: began }]];
  });
  return { ...state, provenance: { ...Object.fromEntries(stale), ...state.provenance } };
};

/** The id of what this connection made; undefined for what it did not. */
export const madeId = (state: State, key: Key): string | undefined => {
  const origin = originOf(state, key);
  return origin?.created ? origin.id : undefined;
};

/** The tokens under which a change was asked for: AWS shows them with what it did. */
export const tokensOf = ({ journal }: State, change: string): ReadonlySet<string> =>
  new Set(journal.filter((entry) => entry.change === change).map(({ token }) => token));

/** The attempt to prepare the extractor stack that got no answer: the name of the stack, and the token, which names the change set. */
export const preparation = ({
  journal,
  notes,
}: State): { readonly name: string; readonly token: string } | undefined => {
  const start = 'extractor-change-set:';
  const open = journal.findLast(({ change, outcome }) => change.startsWith(start) && outcome === undefined);
  if (!open || notes['extractor-stack-id'] !== undefined) return undefined;
  return { name: open.change.slice(start.length), token: open.token };
};

/** A stack that this connection made, by what is recorded: one that failed before it stood is known by its id alone. */
export interface MadeStack {
  readonly name: string | undefined;
  /** Undefined where a run was cut off before it could record one. */
  readonly id: string | undefined;
}

export const madeStack = (state: State, key: 'crawler-stack' | 'extractor-stack'): MadeStack | undefined => {
  const origin = originOf(state, key);
  const { [`${key}-id`]: noted, 'extractor-beside': beside } = state.notes;
  // A stack that was there before this connection's change set stays whoever's it is.
  const id = key === 'extractor-stack' && noted === beside ? undefined : noted;
  if (origin) return origin.created ? { name: origin.id, id } : undefined;
  return id === undefined ? undefined : { name: undefined, id };
};
