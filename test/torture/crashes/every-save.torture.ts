import { afterAll, beforeAll, expect, test } from 'vitest';
import { counted, effort } from '../figures.ts';
import { type Course, handoverCourse, legCourse } from './course.ts';
import { expectJournaled, savedState } from './ending.ts';
import { goingOn } from './going-on.ts';
import { readFiles } from './home.ts';
import { fresh } from './journey.ts';
import { type Lane, openLane, type Sabotage } from './lane.ts';
import { normal } from './leftover.ts';
import { type Reference, refer } from './reference.ts';
import { say } from './say.ts';

let lane: Lane;
let reference: Reference;
beforeAll(async () => {
  lane = await openLane();
  reference = await refer(lane, fresh, 'play');
});
afterAll(() => lane.end());

/** What only looks at the disk; the saboteur does not count it. */
const looks = ['open', 'read', 'list', 'lstat', 'stat'];

type When = NonNullable<Sabotage['kill']>['when'];

/** What an operation does, and whether it is about a lock. */
const kindOf = (operation: string): string => {
  const [kind = '', path = ''] = operation.split(' ');
  return path.includes('.lock') ? `${kind} of a lock` : kind;
};

/** Which writes of the disk a course is killed at, of so many by their kinds: all, unless bounded to some of each kind. */
const chosen = (kinds: readonly string[], most: number): readonly number[] =>
  kinds.flatMap((kind, index) =>
    effort.bounded && kinds.slice(0, index).filter((each) => each === kind).length >= most ? [] : [index + 1],
  );

/** Kills a course at its writes of the disk, each of which `kinds` tells. */
const killAtEachWrite = async (
  course: Course,
  { whens, check = () => {} }: { whens: Readonly<Partial<Record<When, number>>>; check?: () => void },
) => {
  const recoveries = goingOn(lane);
  const troubles: string[] = [];
  const moments = new Set<string>();
  lane.restore(course.moment);
  const { did } = await lane.run(course.words(lane), { sabotage: { lists: true } });
  const kinds = did.map(kindOf).filter((kind) => !looks.includes(kind.replace(/ .*/, '')));
  for (const [when, most] of Object.entries(whens) as [When, number][]) {
    for (const nth of chosen(kinds, most).filter((each) => when !== 'half' || kinds[each - 1]?.startsWith('write'))) {
      lane.restore(course.moment);
      const { died, code, stderr } = await lane.run(course.words(lane), { sabotage: { kill: { nth, when } } });
      if (died === undefined) {
        // A run may have a write less than the one that was listed.
        expect(code, stderr).toBe(0);
        continue;
      }
      moments.add(died.replace(/ .*/, ''));
      await counted('moments of a save', async () => {
        expect(code).toBeNull();
        expectJournaled(lane);
        check();
        await recoveries.expectFrom(course);
      }).catch((error) => troubles.push(`${course.name}: killed ${when} ${nth}, ${died}\n${error.message}`));
    }
  }
  return { troubles, moments, leftovers: recoveries.count() };
};

test('killed at any moment of a save, each file is whole, and the old one or the new one', async () => {
  const course = await handoverCourse(lane, reference);
  const contents = () => new Map([...readFiles(lane.home)].map(([path, bytes]) => [path, normal(path, bytes)]));
  lane.restore(course.moment);
  const old = contents();
  await lane.run(course.words(lane));
  const written = contents();
  const check = () => {
    expect(savedState(lane)).toBeDefined();
    const now = contents();
    for (const path of written.keys()) expect([old.get(path), written.get(path)], path).toContain(now.get(path));
  };
  const whens = { before: 2, after: 1, half: 1 };
  const { troubles, moments, leftovers } = await killAtEachWrite(course, { whens, check });
  say(`handover was killed at ${[...moments].join(', ')}, which leaves ${leftovers} different things behind.`);
  expect(moments).toEqual(new Set(['create', 'chmod', 'write', 'sync', 'close', 'rename', 'link', 'unlink']));
  expect(troubles).toEqual([]);
});

// Bounded, none of them: what a leg saves it saves as above, and between its calls it is killed elsewhere.
test.each(effort.bounded ? [] : [0, 1, 2, 3])(
  'killed at any write of leg %i of the journey, it goes on and ends ready',
  async (leg) => {
    const { troubles } = await killAtEachWrite(legCourse(reference, leg), { whens: { before: 1 } });
    expect(troubles).toEqual([]);
  },
);
