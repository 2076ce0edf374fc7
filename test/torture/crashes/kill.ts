import { expect } from 'vitest';
import type { Course } from './course.ts';
import { expectJournaled } from './ending.ts';
import type { goingOn } from './going-on.ts';
import type { Lane } from './lane.ts';
import type { Trap } from './trapped-aws.ts';

/** Kills a course's command in the call that is its trap, and has it go on from what is left. @throws what does not hold, and where */
export const expectGoesOn = async (
  lane: Lane,
  course: Course,
  { trap, recoveries }: { readonly trap: Trap; readonly recoveries: ReturnType<typeof goingOn> },
): Promise<void> => {
  try {
    lane.restore(course.moment);
    const { code, stderr } = await lane.run(course.words(lane), { trap });
    expect(lane.aws.sprung(), `${trap.operation} was not asked for\n${stderr}`).toBe(true);
    expect(code, 'it was not killed').toBeNull();
    expectJournaled(lane);
    await recoveries.expectFrom(course);
  } catch (error) {
    throw new Error(
      `${course.name}: killed ${trap.position} ${trap.operation} (${trap.nth})\n${(error as Error).message}`,
    );
  }
};
