import { deepStrictEqual } from 'node:assert';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { counted, effort } from '../figures.ts';
import { type Course, handoverCourse, legCourse, undisturbed } from './course.ts';
import { expectJournaled, savedState } from './ending.ts';
import { goingOn } from './going-on.ts';
import { fresh } from './journey.ts';
import { type Lane, type Outcome, openLane } from './lane.ts';
import { kept } from './leftover.ts';
import { type Reference, refer } from './reference.ts';
import { say } from './say.ts';

let lane: Lane;
let reference: Reference;
beforeAll(async () => {
  lane = await openLane();
  reference = await refer(lane, fresh, 'play');
});
afterAll(() => lane.end());

/** Full and read-only stay so for the rest of a run; other troubles come once. */
const troubles = [
  { code: 'ENOSPC', lasting: true },
  { code: 'EROFS', lasting: true },
  { code: 'EACCES', lasting: false },
  { code: 'EIO', lasting: false },
  { code: 'EIO', lasting: true },
  { code: 'short', lasting: false },
] as const;

/** Of one kind of trouble: at every how many-th operation, and from which on. */
interface Sample {
  stride(trouble: (typeof troubles)[number]): number;
  readonly first: number;
}

/** The n-th operation of the disk that can fail so does, for n = 1, and so on, until there are no more. */
const failEach = async (course: Course, { stride: strideOf, first }: Sample) => {
  const whole = await undisturbed(lane, course);
  const recoveries = goingOn(lane);
  const wrong: string[] = [];
  let [failed, bearable] = [0, 0];
  for (const [turn, trouble] of troubles.entries()) {
    const { code, lasting } = trouble;
    const stride = strideOf(trouble);
    for (let nth = 1 + ((first + turn) % stride), passed = false; !passed; nth += stride) {
      lane.restore(course.moment);
      const had = savedState(lane) !== undefined;
      const outcome = await lane.run(course.words(lane), { sabotage: { fault: { nth, code, lasting } } });
      passed = outcome.failed === undefined;
      if (passed) continue;
      await counted('faults of the disk', async () => {
        failed += 1;
        if (outcome.code === 0) {
          bearable += 1;
          deepStrictEqual(kept(lane), whole);
        } else expectExplained(outcome);
        if (had) expect(savedState(lane), 'the state is gone').toBeDefined();
        expectJournaled(lane);
        await recoveries.expectFrom(course);
      }).catch((error) =>
        wrong.push(`${course.name}: ${code}${lasting ? ' from' : ' at'} ${nth}, ${outcome.failed}\n${error.message}`),
      );
    }
  }
  say(`${course.name}: ${failed} faults of the disk, of which ${bearable} did no harm`);
  return wrong;
};

/** What happened, why, and what to type next; never a bug. */
const expectExplained = ({ code, stderr }: Outcome): void => {
  expect(code, stderr).toBe(1);
  const [, told = ''] = stderr.split('✖ ').slice(-2);
  expect(told.replace(/\s+/g, ' ')).toMatch(/\.spot-cur.* (lies|is|leads|can not|can't|may not) .*\. - [A-Z].+\./);
  expect(stderr).not.toContain('bug');
};

test('whatever fails on the disk while everything is saved, it is said, and nothing is lost', async () => {
  const course = await handoverCourse(lane, reference);
  expect(await failEach(course, { stride: () => (effort.bounded ? 41 : 1), first: 0 })).toEqual([]);
});

test.each(effort.bounded ? [0] : [0, 1, 2, 3])(
  'whatever fails in leg %i of the journey, AWS is asked for nothing that is not noted',
  async (leg) => {
    // Each is a process of half a second: bounded a few of them, and in full each for one kind of trouble.
    const stride = ({ code, lasting }: { readonly code: string; readonly lasting: boolean }) =>
      effort.bounded ? 223 : code === 'EIO' && !lasting ? 1 : 13;
    expect(await failEach(legCourse(reference, leg), { stride, first: leg * 7 })).toEqual([]);
  },
);
