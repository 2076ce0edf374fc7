import { expect, test } from 'vitest';
import { counted, effort } from '../figures.ts';
import { expectHarmlessOrExplained, keptState, stateAt } from './kept-state.ts';

/** The same choices for the same seed (Steele and others, SplitMix, as mulberry32). */
const choices = (seed: number) => {
  let at = seed >>> 0;
  return (below: number): number => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

test('cut off at every length there is', async () => {
  const state = await stateAt(effort.bounded ? 'waiting' : 'ready');
  const kept = await keptState(state);
  const outcomes = { harmless: 0, explained: 0 };
  for (let length = 0; length < kept.whole.length; length += 1) {
    const cut = kept.whole.subarray(0, length);
    outcomes[await counted('damaged states', () => expectHarmlessOrExplained(kept, state, cut))] += 1;
  }
  // Only the last line end can be missed.
  expect(outcomes).toEqual({ harmless: 1, explained: kept.whole.length - 1 });
});

test('2,000 bytes with flipped bits', async () => {
  const state = await stateAt('ready');
  const kept = await keptState(state);
  const choose = choices(effort.seed);
  const outcomes = { harmless: 0, explained: 0 };
  for (let flip = 0; flip < 2_000; flip += 1) {
    const damaged = Buffer.from(kept.whole);
    const at = choose(damaged.length);
    damaged[at] = (damaged[at] ?? 0) ^ (flip % 2 === 0 ? 1 << choose(8) : 1 + choose(255));
    outcomes[await counted('damaged states', () => expectHarmlessOrExplained(kept, state, damaged))] += 1;
  }
  // A blank that became another one, or a letter that is written otherwise.
  expect(outcomes.harmless).toBeLessThan(200);
});
