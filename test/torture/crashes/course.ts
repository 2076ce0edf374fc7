import { deepStrictEqual } from 'node:assert';
import { expect } from 'vitest';
import { type Ending, endingOf, expectReady, savedState } from './ending.ts';
import type { Files } from './home.ts';
import type { Lane, Moment } from './lane.ts';
import { leftover } from './leftover.ts';
import type { Reference } from './reference.ts';

/** One command that something happens to: where it begins, and how one goes on from whatever is left of it. */
export interface Course {
  readonly name: string;
  readonly moment: Moment;
  words(lane: Lane): readonly string[];
  /** Goes on to the journey's end, which has to be as if nothing had happened. */
  expectRecovery(lane: Lane): Promise<void>;
}

/** A leg of a journey. Its command is given again as a process (`resume` once there is a state); the rest is played. */
export const legCourse = ({ journey, legs, ending }: Reference, index: number): Course => {
  const [leg, begun] = [journey.legs[index], legs[index]];
  if (!leg || !begun) throw new Error(`There is no leg ${index}.`);
  return {
    name: leg.name,
    moment: begun.moment,
    words: (lane) => leg.words(lane.link()),
    async expectRecovery(lane) {
      const again = index === 0 && savedState(lane) ? ['resume', 'acme', '--yes'] : leg.words(lane.link());
      const { code, stderr } = await lane.run(again);
      expect(code, `${again.join(' ')}: ${stderr}`).toBe(0);
      await playRest(lane, journey, index + 1);
      // The message of this assertion shows the difference.
      deepStrictEqual(endingOf(lane), ending);
    },
  };
};

const playRest = async (lane: Lane, { legs }: Reference['journey'], from: number): Promise<void> => {
  for (const leg of legs.slice(from)) {
    lane.aws.simulator().clock.advance(leg.after);
    await expectPlayed(lane, leg.words(lane.link()));
  }
  await expectReady(lane);
};

const expectPlayed = async (lane: Lane, words: readonly string[]): Promise<void> => {
  const { code, said } = await lane.play(words);
  expect(code, `${words.join(' ')}: ${said}`).toBe(0);
};

const place = '.spot-cur/customers/acme.json';
const resumed = ['resume', 'acme', '--yes'];

/**
 * `handover`, which saves all there is to save, state, copy, lock and message, and asks nothing of AWS: the customer has one more
 * Org ID than the message in the outbox says.
 */
export const handoverCourse = async (lane: Lane, { journey, legs }: Reference): Promise<Course> => {
  const moment = legs[2]?.moment;
  const bytes = moment?.home.get(place);
  if (!moment || !bytes) throw new Error('The journey does not come to a message.');
  const state = JSON.parse(bytes.toString());
  const answers = { ...state.answers, 'spot-org-id': [...state.answers['spot-org-id'], '60012346'] };
  const home: Files = new Map([...moment.home, [place, Buffer.from(JSON.stringify({ ...state, answers }))]]);
  const goOn = async (): Promise<Ending> => {
    await expectPlayed(lane, resumed);
    await playRest(lane, journey, 2);
    return endingOf(lane);
  };
  const words = ['handover', 'acme'];
  lane.restore({ ...moment, home });
  expect((await lane.run(words)).code).toBe(0);
  const ending = await goOn();
  return {
    name: 'handover',
    moment: { ...moment, home },
    words: () => words,
    expectRecovery: async () => deepStrictEqual(await goOn(), ending),
  };
};

/** What an undisturbed run leaves behind. */
export const undisturbed = async (lane: Lane, course: Course): Promise<string> => {
  lane.restore(course.moment);
  const { code, stderr } = await lane.run(course.words(lane));
  expect(code, `${course.name}: ${stderr}`).toBe(0);
  return leftover(lane);
};
