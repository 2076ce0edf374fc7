import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsWildcards } from '../src/wildcard.ts';

/** The same by regular expression, which is right and, for hostile patterns, endless. */
const byExpression = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replace(/\*/g, '[\\s\\S]*').replace(/\?/g, '[\\s\\S]')}$`).test(text);

test('it says what a regular expression says', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  fc.assert(
    fc.property(pattern, text, (given, tried) => fitsWildcards(given, tried) === byExpression(given, tried)),
    { numRuns: 5_000 },
  );
});

test('hostile patterns take a moment', () => {
  const began = performance.now();
  expect(fitsWildcards(`${'*a'.repeat(500)}*b`, 'a'.repeat(5_000))).toBe(false);
  expect(fitsWildcards(`${'*?'.repeat(500)}*b`, 'a'.repeat(5_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(5_000);
});
