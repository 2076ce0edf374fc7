import { beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/simulator/fault.ts';
import { type KillableRemoval, killableRemoval } from '../support/killed-removal.ts';
import { amongOthers } from '../support/removal-among-others.ts';
import { counted, effort } from './figures.ts';

let removal: KillableRemoval;
beforeAll(async () => {
  removal = await killableRemoval(true);
});

// Between two writes or saves, a kill at one look is like a kill at any other, and before a save like one after what came before it:
// bounded, they are not tried, and of the saves each third.
describe('a removal that is killed', () => {
  test('with all data, at every call and every save', async () => {
    const { writes, saves, looks, killedAt } = removal;
    const points = effort.bounded
      ? [...writes, ...saves.filter(({ when }, index) => when === 'after' && index % 3 === 0)]
      : [...writes, ...saves, ...looks];
    for (const point of points) await counted('crash points of a removal', () => killedAt(point));
    expect(points.length).toBeGreaterThan(20);
  });

  test('keeping the data, at every write', async () => {
    const { writes, saves, killedAt } = await killableRemoval(false);
    const points = [...writes, ...(effort.bounded ? [] : saves)];
    for (const point of points) await counted('crash points of a removal', () => killedAt(point));
    expect(points.length).toBeGreaterThanOrEqual(10);
  });

  test('among what others have made and changed, at every write', async () => {
    const { writes, saves, killedAt } = await killableRemoval(true, amongOthers);
    const points = [...writes, ...(effort.bounded ? [] : saves)];
    for (const point of points) await counted('crash points of a removal', () => killedAt(point));
    expect(points.length).toBeGreaterThanOrEqual(8);
  });
});

/** The same command finishes it, if it does not get through by itself. */
describe('at each write of a removal', () => {
  type Kind = Partial<Fault> & Pick<Fault, 'kind'>;
  const always: readonly Kind[] = [
    { kind: 'throttled', times: 4 },
    { kind: 'reset-after' },
    { kind: 'access-denied' },
    { kind: 'slow-to-show', reads: 6 },
  ];
  const inFull: readonly Kind[] = [
    { kind: 'unavailable', times: 4 },
    { kind: 'reset-before', times: 4 },
    { kind: 'truncated' },
    { kind: 'garbled' },
  ];
  test.each([...always, ...(effort.bounded ? [] : inFull)])('$kind', async (fault) => {
    const { operations, troubledBy } = removal;
    expect(operations.length).toBe(7);
    for (const operation of operations)
      await counted('faults', () => troubledBy({ after: 0, times: 1, ...fault, operation }));
  });
});
