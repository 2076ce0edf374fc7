import { describe, expect, test } from 'vitest';
import { killableRemoval } from '../support/killed-removal.ts';

// `npm run torture` kills at every call and on both sides of every save.
describe('a removal that is killed is finished by the same command, and comes to the same', () => {
  test('with all data, killed before AWS has answered a write', async () => {
    const { writes, killedAt } = await killableRemoval(true);
    const after = writes.filter(({ when }) => when === 'after');
    expect(after.length).toBe(9);
    for (const point of after) await killedAt(point);
  }, 240_000);

  test('without the data, killed after each save', async () => {
    const { saves, killedAt } = await killableRemoval(false);
    const after = saves.filter(({ when }) => when === 'after');
    expect(after.length).toBeGreaterThan(15);
    for (const point of after) await killedAt(point);
  }, 240_000);
});
