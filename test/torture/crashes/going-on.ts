import type { Course } from './course.ts';
import type { Lane } from './lane.ts';
import { leftover } from './leftover.ts';

/**
 * Goes on from what is left of a course. From what is left exactly as once before, in the world and at home, one goes on alike, so
 * that is done once; and once more for what is left of that.
 */
export const goingOn = (lane: Lane) => {
  const [left, mended] = [new Set<string>(), new Set<string>()];
  const once = async (met: Set<string>, course: Course, work: () => Promise<void>) => {
    const mark = `${course.name} ${leftover(lane)}`;
    if (met.has(mark)) return;
    await work();
    met.add(mark);
  };
  return {
    expectFrom: (course: Course): Promise<void> =>
      once(left, course, async () => {
        await course.again(lane);
        await once(mended, course, () => course.rest(lane));
      }),
    /** How many different things were left. */
    count: () => left.size,
  };
};
