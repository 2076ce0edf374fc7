import { fitsWildcards } from '../../wildcard.ts';

/**
 * Whether some text fits both patterns, where `*` stands for any run of characters and `?` for one. Letters compare without
 * case. "iam:Cre*" and "iam:*User" overlap in iam:CreateUser.
 */
export const overlap = (one: string, other: string): boolean => {
  const a = squeezed(one);
  const b = squeezed(other);
  if (!isPattern(a) && !isPattern(b)) return a === b;
  // Row by row: reachable[j] tells whether a's first i and b's first j characters can stand for the same text.
  let reachable = startRow(b);
  for (let i = 1; i <= a.length; i += 1) {
    const next: boolean[] = [a[i - 1] === '*' && reachable[0] === true];
    for (let j = 1; j <= b.length; j += 1) next[j] = step(a[i - 1], b[j - 1], reachable, next, j);
    reachable = next;
  }
  return reachable[b.length] === true;
};

/** The same for actions: a wildcard before the colon does not reach beyond it, nor one behind it back. */
export const actionsOverlap = (one: string, other: string): boolean => {
  const [a, b] = [partsOf(one), partsOf(other)];
  return a && b ? overlap(a[0], b[0]) && overlap(a[1], b[1]) : overlap(one, other);
};

const partsOf = (action: string): readonly [string, string] | undefined => {
  const colon = action.indexOf(':');
  return colon < 0 ? undefined : [action.slice(0, colon), action.slice(colon + 1)];
};

/** Whether every text that fits `inner` fits `outer`. May deny what is true for odd patterns, never the other way round. */
export const covers = (outer: string, inner: string): boolean => {
  // A character that no pattern spells out stands for whatever inner's wildcards may be.
  const probe = squeezed(inner).replace(/[*?]/g, '\u0000');
  return fits(squeezed(outer), probe);
};

/** Whether a pattern has a wildcard at all. */
export const isPattern = (text: string): boolean => /[*?]/.test(text);

const squeezed = (pattern: string): string => pattern.toLowerCase().replace(/\*+/g, '*');

const startRow = (b: string): boolean[] => {
  const row = [true];
  for (let j = 1; j <= b.length; j += 1) row[j] = row[j - 1] === true && b[j - 1] === '*';
  return row;
};

const step = (
  a: string | undefined,
  b: string | undefined,
  above: readonly boolean[],
  left: readonly boolean[],
  j: number,
): boolean => {
  if (a === '*' || b === '*') return above[j] === true || left[j - 1] === true || above[j - 1] === true;
  return (a === b || a === '?' || b === '?') && above[j - 1] === true;
};

/** Only `*` of the pattern may stand for the probe's own wildcards, which are no single character. */
const fits = (pattern: string, probe: string): boolean =>
  !pattern.includes('\u0000') && fitsWildcards(pattern, probe, (character) => character !== '\u0000');
