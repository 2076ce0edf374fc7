import { fitsWildcards } from '../../wildcard.ts';

/** One value stands for a list of itself wherever IAM takes lists. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** IAM's wildcards: `*` any run of characters, `?` one. */
export const matches = (pattern: unknown, text: string, ignoreCase = false): boolean => {
  if (typeof pattern !== 'string') return false;
  return ignoreCase ? fitsWildcards(pattern.toLowerCase(), text.toLowerCase()) : fitsWildcards(pattern, text);
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
