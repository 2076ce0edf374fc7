import { afterAll, beforeAll, expect, test } from 'vitest';
import { counted, effort } from '../figures.ts';
import { legCourse } from './course.ts';
import { goingOn } from './going-on.ts';
import { adopting, fresh } from './journey.ts';
import { expectGoesOn } from './kill.ts';
import { type Lane, openLane } from './lane.ts';
import { type Asked, type Reference, refer } from './reference.ts';
import { say } from './say.ts';
import { positions, type Trap } from './trapped-aws.ts';

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

/** Kills the program at each point, and has it go on from what is left. */
const crashEverywhere = async (reference: Reference, points: readonly CrashPoint[]) => {
  const courses = reference.legs.map((_, index) => legCourse(reference, index));
  const recoveries = goingOn(lane);
  const troubles: string[] = [];
  for (const { leg, trap } of points) {
    const course = courses[leg];
    if (!course) throw new Error(`There is no leg ${leg}.`);
    await counted('crash points', () => expectGoesOn(lane, course, { trap, recoveries })).catch((error) =>
      troubles.push(error.message),
    );
  }
  return { troubles, leftovers: recoveries.count() };
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

/** What is written into a bucket that is not the connection's own. */
const ownWrites = ['s3:PutBucketPolicy', 'cur:PutReportDefinition', 'cloudformation:CreateStack'];

test('nor is anything of others lost in a bucket that they have something in', async () => {
  const reference = await refer(lane, adopting);
  const points = crashPoints(reference).filter(
    ({ leg, trap }) =>
      ownWrites.includes(trap.operation) && (!effort.bounded || (leg === 0 && trap.position === 'after')),
  );
  const { troubles } = await crashEverywhere(reference, points);
  expect(JSON.stringify(reference.ending.world)).toContain('FinanceReads');
  expect(reference.ending.message['bucket-notifications.json']).toContain('finance');
  expect(troubles).toEqual([]);
});
