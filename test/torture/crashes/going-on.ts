import type { Course } from './course.ts';
import type { Lane } from './lane.ts';
import { leftover } from './leftover.ts';

/**
 * Goes on from what is left of a course. What is left exactly as once before, in the world and at home, was gone on from already:
 * it would go on alike.
 */
export const goingOn = (lane: Lane) => {
  const gone = new Set<string>();
  return {
    async expectFrom(course: Course): Promise<void> {
      const left = `${course.name} ${leftover(lane)}`;
      if (gone.has(left)) return;
      await course.expectRecovery(lane);
      gone.add(left);
    },
    /** How many different things were left. */
    count: () => gone.size,
  };
};
