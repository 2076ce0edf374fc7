import { env } from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rehearsal, Start } from '../../support/rehearsal.ts';
import { counted, effort } from '../figures.ts';
import { endOf, inhabited, next, runOf, standing, undisturbed } from '../journey.ts';
import { mortal } from '../mortal.ts';
import { sharedClients } from '../shared-clients.ts';
import { type Scenario, scenarios } from './scenario.ts';

const { days, end } = await undisturbed();
const evenings = new Set(days.map(({ moment }) => JSON.stringify(standing(moment))));
const clients = sharedClients();

/** More runs than any scenario needs. */
const most = 40;

/** After so long a scenario, which takes a fraction of a second, will never end, ms. */
const stuck = 60_000;

/** One part of the random runs, so that several workers share them. */
export const randomRuns = (part: number, parts: number): void => {
  const numRuns = Math.floor((effort.runs + part) / parts);
  const seed = effort.seed + part;
  test(`${numRuns} random runs, of seed ${seed}`, async () => {
    if (env.TORTURE_SCENARIO) return survive(JSON.parse(env.TORTURE_SCENARIO));
    const survives = fc.asyncProperty(scenarios(days), (scenario) => counted('random runs', () => survive(scenario)));
    const { counterexample, errorInstance } = await fc.check(survives, { numRuns, seed, timeout: stuck });
    if (!counterexample) return;
    const [scenario] = counterexample;
    throw new Error(`To play it again:\nTORTURE_SCENARIO='${JSON.stringify(scenario)}' npm run torture -- random`, {
      cause: errorInstance,
    });
  });
};

const survive = async ({ from, faults, death }: Scenario): Promise<void> => {
  const { moment, given: first = {} } = days[from - 1] ?? {};
  const life = mortal(death);
  const rehearsal = inhabited({
    ...(moment && { from: moment }),
    requests: life.requests,
    session: (session, line) => clients(life.session(session), line),
  });
  rehearsal.world.faults.push(...faults.map((fault) => ({ ...fault })));
  let given: Start | undefined = first;
  for (let round = 1; given; round += 1) {
    const start: Start = given;
    const run = await life.live(() => runOf(rehearsal, start));
    if (run) expect([0, 1, 2, 4, 5], run.screen).toContain(run.exitCode);
    if (run && run.exitCode !== 0) expect(run.screen, 'what to do about it').toMatch(/\n {2}- \S/);
    expect(round, run?.screen).toBeLessThan(most);
    if (run?.exitCode === 0) given = next(rehearsal, run);
    else rehearsal.advance(5 / 60);
    rehearsal.signIn();
    if (effort.bounded && given && life.died() && goesOnAsEver(rehearsal)) return;
  }
  expect(await endOf(rehearsal)).toEqual(end);
};

/** Nothing more is to come in between, and all stands as on an evening of the undisturbed journey: the rest is the rest of that. */
const goesOnAsEver = (rehearsal: Rehearsal): boolean => {
  const { faults, lags } = rehearsal.world;
  const calm = faults.every(({ times }) => times === 0) && lags.every(({ reads }) => reads === 0);
  return calm && evenings.has(JSON.stringify(standing(rehearsal.moment())));
};
