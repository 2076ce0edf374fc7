import { deepStrictEqual } from 'node:assert';
import { expect } from 'vitest';
import { readState, writeState } from '../../../src/state/schema.ts';
import { type Ending, endingOf, expectReady, savedState } from './ending.ts';
import type { Files } from './home.ts';
import type { Lane, Moment } from './lane.ts';
import { kept } from './leftover.ts';
import type { Reference } from './reference.ts';

/** One command that something happens to: where it begins, and how one goes on from whatever is left of it. */
export interface Course {
  readonly name: string;
  readonly moment: Moment;
  words(lane: Lane): readonly string[];
  /** Gives the command again. */
  again(lane: Lane): Promise<void>;
  /** Goes on to the journey's end, which has to be as if nothing had happened. */
  rest(lane: Lane): Promise<void>;
}

/** A leg of a journey. Its command is given again as a process (`resume` once there is a state); the rest is played. */
export const legCourse = ({ journey, legs, ending }: Reference, index: number): Course => {
  const [leg, begun] = [journey.legs[index], legs[index]];
  if (!leg || !begun) throw new Error(`There is no leg ${index}.`);
  return {
    name: leg.name,
    moment: begun.moment,
    words: (lane) => leg.words(lane.link()),
    async again(lane) {
      const words = index === 0 && savedState(lane) ? resumed : leg.words(lane.link());
      const { code, stderr } = await lane.run(words);
      expect(code, `${words.join(' ')}: ${stderr}`).toBe(0);
    },
    async rest(lane) {
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
  const state = readState(bytes, place, 'acme');
  const answers = { ...state.answers, 'spot-org-id': ['60012345', '60012346'] };
  const home: Files = new Map([...moment.home, [place, Buffer.from(writeState({ ...state, answers }))]]);
  const words = ['handover', 'acme'];
  const finish = async (): Promise<Ending> => {
    await playRest(lane, journey, 2);
    return endingOf(lane);
  };
  lane.restore({ ...moment, home });
  expect((await lane.run(words)).code).toBe(0);
  const ending = await finish();
  return {
    name: 'handover',
    moment: { ...moment, home },
    words: () => words,
    async again() {
      await expectPlayed(lane, words);
      await expectPlayed(lane, resumed);
    },
    rest: async () => deepStrictEqual(await finish(), ending),
  };
};

/** What an undisturbed run leaves behind that counts. */
export const undisturbed = async (lane: Lane, course: Course): Promise<unknown> => {
  lane.restore(course.moment);
  const { code, stderr } = await lane.run(course.words(lane));
  expect(code, `${course.name}: ${stderr}`).toBe(0);
  return kept(lane);
};
