import { deepStrictEqual } from 'node:assert';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { counted, effort } from '../figures.ts';
import type { Course } from './course.ts';
import { endingOf, savedState } from './ending.ts';
import { goingOn } from './going-on.ts';
import { fresh } from './journey.ts';
import { expectGoesOn } from './kill.ts';
import { type Lane, openLane } from './lane.ts';
import { numbered, refer } from './reference.ts';
import { positions } from './trapped-aws.ts';

let lane: Lane;
beforeAll(async () => {
  lane = await openLane();
});
afterAll(() => lane.end());

const words = ['remove', 'acme', '--confirm', 'acme', '--delete-data'];

/** What counts once all is taken back; how often it was tried is in the journal. */
const gone = () => {
  const { world, others } = endingOf(lane);
  const { notes = {}, provenance, journal = [] } = savedState(lane) ?? {};
  const open = journal.filter(({ outcome }) => outcome === undefined).map(({ change }) => change);
  return { world, others, provenance, open, removed: 'removed' in notes };
};

test('killed at any call of a removal, the same command goes on, and takes back the same', async () => {
  const { ready: moment } = await refer(lane, fresh, 'play');
  lane.restore(moment);
  expect((await lane.run(words)).code).toBe(0);
  const calls = numbered(lane.aws.calls());
  const expected = gone();
  expect(expected).toMatchObject({ open: [], removed: true });
  const course: Course = {
    name: 'remove',
    moment,
    words: () => words,
    async again() {
      const { code, stderr } = await lane.run(words);
      expect(code, stderr).toBe(0);
    },
    rest: async () => deepStrictEqual(gone(), expected),
  };
  // Bounded, each second of the calls that write, where it is known last what came of them.
  const points = calls
    .filter(({ mutating }) => mutating || !effort.bounded)
    .filter((_, index) => index % 2 === 0 || !effort.bounded)
    .flatMap(({ operation, nth }) => positions.map((position) => ({ operation, nth, position })))
    .filter(({ position }) => position === 'after' || !effort.bounded);
  const recoveries = goingOn(lane);
  const troubles: string[] = [];
  for (const trap of points)
    await counted('crash points of a removal', () => expectGoesOn(lane, course, { trap, recoveries })).catch((error) =>
      troubles.push(error.message),
    );
  expect(points.length).toBeGreaterThanOrEqual(4);
  expect(troubles).toEqual([]);
});
