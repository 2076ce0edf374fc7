import { expect } from 'vitest';
import { emptyWorld } from '../../../src/simulator/world.ts';
import { type Ending, endingOf, expectReady } from './ending.ts';
import type { Journey } from './journey.ts';
import type { Lane, Moment } from './lane.ts';
import type { TrappedAws } from './trapped-aws.ts';

/** A journey that nothing disturbed: what every other one has to come to. */
export interface Reference {
  readonly journey: Journey;
  /** Where each leg begins, and what it asks of AWS. */
  readonly legs: readonly { readonly moment: Moment; readonly calls: readonly Asked[] }[];
  /** Once all is done. */
  readonly ready: Moment;
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

/**
 * Walks a journey to its end, undisturbed, and remembers it.
 * @param how the real program's calls are known; a journey that is played takes a tenth of the time
 */
export const refer = async (lane: Lane, journey: Journey, how: 'run' | 'play' = 'run'): Promise<Reference> => {
  lane.restore({ world: emptyWorld(), now: monday, home: new Map() });
  const { world, clock } = lane.aws.simulator();
  journey.arrange(world, clock.now());
  const legs = [];
  for (const leg of journey.legs) {
    clock.advance(leg.after);
    const moment = lane.save();
    const { code, said } = await lane[how](leg.words(lane.link()));
    expect(code, `${leg.name}: ${said}`).toBe(0);
    legs.push({ moment, calls: numbered(lane.aws.calls()) });
  }
  await expectReady(lane);
  return { journey, legs, ready: lane.save(), ending: endingOf(lane) };
};

/** Calls of one run, in their order. */
export const numbered = (calls: ReturnType<TrappedAws['calls']>): readonly Asked[] =>
  calls.map((call, index) => ({
    ...call,
    nth: calls.slice(0, index + 1).filter(({ operation }) => operation === call.operation).length,
  }));
