import { afterAll, beforeAll, expect, test } from 'vitest';
import { counted, effort } from '../figures.ts';
import { expectJournaled } from './ending.ts';
import { adopting, fresh } from './journey.ts';
import { type Lane, openLane } from './lane.ts';
import { leftover } from './leftover.ts';
import { type Asked, expectRecovery, type Reference, refer } from './reference.ts';
import { say } from './say.ts';
import type { Position, Trap } from './trapped-aws.ts';

const positions: readonly Position[] = ['before', 'after', 'answered'];

interface CrashPoint {
  readonly leg: number;
  readonly trap: Trap;
}

let lane: Lane;
beforeAll(async () => {
  lane = await openLane();
});
afterAll(() => lane.end());

/**
 * Every call of a journey, killed before, after, and once it is answered. Bounded, of the calls that read each operation of a leg
 * counts once, and one after the other is killed at the next of these positions.
 */
const crashPoints = ({ legs }: Reference): readonly CrashPoint[] => {
  let turn = 0;
  const tried = ({ mutating }: Asked) => {
    if (mutating || !effort.bounded) return positions;
    turn += 1;
    return positions.filter((_, index) => index === turn % positions.length);
  };
  return legs.flatMap(({ calls }, leg) =>
    calls
      .filter(({ nth }) => nth === 1 || !effort.bounded)
      .flatMap((call) =>
        tried(call).map((position) => ({ leg, trap: { operation: call.operation, nth: call.nth, position } })),
      ),
  );
};

/**
 * Kills the program at each point, and has it go on from what is left. What is left exactly as after an earlier kill, in the world
 * and at home, was gone on from already.
 */
const crashEverywhere = async (reference: Reference, points: readonly CrashPoint[]) => {
  const gone = new Set<string>();
  const troubles: string[] = [];
  for (const { leg, trap } of points) {
    const name = `${reference.journey.legs[leg]?.name}: killed ${trap.position} ${trap.operation} (${trap.nth})`;
    await counted('crash points', async () => {
      await crash(reference, leg, trap);
      const left = `${leg} ${leftover(lane)}`;
      if (gone.has(left)) return;
      await expectRecovery(lane, reference, leg);
      gone.add(left);
    }).catch((error) => troubles.push(`${name}\n${error.message}`));
  }
  return { troubles, leftovers: gone.size };
};

const crash = async ({ journey, legs }: Reference, leg: number, trap: Trap) => {
  const [{ moment } = {}, words] = [legs[leg], journey.legs[leg]?.words];
  if (!moment || !words) throw new Error(`There is no leg ${leg}.`);
  lane.restore(moment);
  const { code, stderr } = await lane.run(words(lane.link()), { trap });
  expect(lane.aws.sprung(), `${trap.operation} was not asked for\n${stderr}`).toBe(true);
  expect(code, 'it was not killed').toBeNull();
  expectJournaled(lane);
};

test('killed at any call of the journey, it goes on and ends ready, with nothing twice and nothing missing', async () => {
  const reference = await refer(lane, fresh);
  const points = crashPoints(reference);
  const { troubles, leftovers } = await crashEverywhere(reference, points);
  const covered = new Set(points.map(({ trap }) => trap.operation));
  const journey = new Set(reference.legs.flatMap(({ calls }) => calls.map(({ operation }) => operation)));
  say(`${points.length} crash points at ${covered.size} of the journey's ${journey.size} operations, which leave`);
  say(`${leftovers} different things behind: ${[...covered].sort().join(', ')}`);
  expect(covered).toEqual(journey);
  expect(points.length).toBeGreaterThanOrEqual(80);
  expect(troubles).toEqual([]);
});

test('nor is anything of others lost in a bucket that they have something in', async () => {
  const reference = await refer(lane, adopting);
  const points = crashPoints(reference).filter(({ leg, trap }) => {
    const call = reference.legs[leg]?.calls.find(
      ({ operation, nth }) => operation === trap.operation && nth === trap.nth,
    );
    return leg < 2 && (call?.mutating || !effort.bounded);
  });
  const { troubles } = await crashEverywhere(reference, points);
  expect(JSON.stringify(reference.ending.world)).toContain('FinanceReads');
  expect(reference.ending.message['bucket-notifications.json']).toContain('finance');
  expect(troubles).toEqual([]);
});
