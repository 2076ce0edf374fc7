import { deepStrictEqual } from 'node:assert';
import { expect } from 'vitest';
import { emptyWorld } from '../../../src/simulator/world.ts';
import { type Ending, endingOf, savedState } from './ending.ts';
import type { Journey } from './journey.ts';
import type { Lane, Moment } from './lane.ts';

/** A journey that nothing disturbed: what every other one has to come to. */
export interface Reference {
  readonly journey: Journey;
  /** Where each leg begins, and what it asks of AWS. */
  readonly legs: readonly { readonly moment: Moment; readonly calls: readonly Asked[] }[];
  readonly ending: Ending;
}

/** A call of a leg: the n-th of its operation there, from 1. */
export interface Asked {
  readonly operation: string;
  readonly nth: number;
  readonly mutating: boolean;
}

/** When a journey begins, in ms: no month or day ends between its legs that would not in another run. */
const monday = Date.UTC(2026, 10, 23, 9);

/** Walks a journey to its end with the real program, undisturbed, and remembers it. */
export const refer = async (lane: Lane, journey: Journey): Promise<Reference> => {
  lane.restore({ world: emptyWorld(), now: monday, home: new Map(), url: lane.aws.url });
  const { world, clock } = lane.aws.simulator();
  journey.arrange(world, clock.now());
  const legs = [];
  for (const leg of journey.legs) {
    clock.advance(leg.after);
    const moment = lane.save();
    const { code, stderr } = await lane.run(leg.words(lane.link()));
    expect(code, `${leg.name}: ${stderr}`).toBe(0);
    const calls = lane.aws.calls();
    legs.push({ moment, calls: calls.map((call, index) => ({ ...call, nth: countTo(calls, index) })) });
  }
  await expectReady(lane);
  return { journey, legs, ending: endingOf(lane) };
};

const countTo = (calls: readonly { readonly operation: string }[], index: number): number =>
  calls.slice(0, index + 1).filter(({ operation }) => operation === calls[index]?.operation).length;

/**
 * Goes on after a leg was cut off: the same command again as a process (`resume` once there is a state), then the rest of the
 * journey. It has to end ready, with everything as if nothing had happened.
 */
export const expectRecovery = async (lane: Lane, { journey, ending }: Reference, cut: number): Promise<void> => {
  for (const [index, leg] of journey.legs.entries()) {
    if (index < cut) continue;
    if (index > cut) lane.aws.simulator().clock.advance(leg.after);
    const words = leg.words(lane.link());
    const again = index === 0 && savedState(lane) ? ['resume', 'acme', '--yes'] : words;
    const { code, said } = index === cut ? await asProcess(lane, again) : await lane.play(again);
    expect(code, `${again.join(' ')}: ${said}`).toBe(0);
  }
  await expectReady(lane);
  // Its message shows the difference, which is what a table of troubles needs.
  deepStrictEqual(endingOf(lane), ending);
};

const asProcess = async (lane: Lane, words: readonly string[]) => {
  const { code, stderr } = await lane.run(words);
  return { code, said: stderr };
};

const expectReady = async (lane: Lane): Promise<void> => {
  const { said } = await lane.play(['status', 'acme', '--json']);
  expect(JSON.parse(said).customers[0]).toMatchObject({ name: 'acme', state: 'ready', step: 'done' });
};
