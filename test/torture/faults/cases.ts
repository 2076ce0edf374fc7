import { expect, test } from 'vitest';
import type { Fault, FaultKind } from '../../../src/simulator/fault.ts';
import { services } from '../../../src/simulator/services/services.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';
import { counted, effort } from '../figures.ts';
import { type Day, endOf, finish, inhabited, runOf, standing, undisturbed } from '../journey.ts';
import { sharedClients } from '../shared-clients.ts';

/** A fault on a day: at which call of the operation, counted from 1 within the day's run. */
interface Case {
  readonly day: Day;
  readonly operation: string;
  readonly occurrence: number;
  readonly fault: Fault;
}

/** How long what was written is not shown: within what a run waits for, and beyond it. */
const beyond = 240_000;
const lags = [{ reads: 2 }, { ms: 30_000 }, { ms: beyond }];

/** Of a setup, the bounded version lets the last call hang too: the first is often a look ahead, which is soon given up. */
const isHanging = (kind: FaultKind): boolean => kind.startsWith('hang');

const isWrite = (call: string): boolean => {
  const [service = '', operation = ''] = call.split(':');
  return Object.entries(services).some(([name, { operations }]) => name === service && operations[operation]?.mutating);
};

/** Each operation of the journey with this kind of fault. */
const casesOf = (kind: FaultKind, days: readonly Day[]): readonly Case[] => {
  const seen = new Set<string>();
  return days.flatMap((day) =>
    [...new Set(day.calls)]
      .filter((operation) => meets(kind, operation))
      .flatMap((operation) => {
        const first = !seen.has(operation);
        seen.add(operation);
        if (effort.bounded && !first) return [];
        const last = day.calls.filter((call) => call === operation).length;
        const once = last === 1 || (effort.bounded && !(day.number === 1 && isHanging(kind)));
        const occurrences = once ? [1] : [1, last];
        return occurrences.flatMap((occurrence) =>
          (kind === 'slow-to-show' ? lags : [{}]).map((lag) => ({
            day,
            operation,
            occurrence,
            fault: { operation, kind, after: occurrence - 1, times: 1, ...lag },
          })),
        );
      }),
  );
};

/** Whether a kind of fault can meet an operation at all. */
const meets = (kind: FaultKind, operation: string): boolean =>
  kind === 'slow-to-show' ? isWrite(operation) : !(kind === 'access-denied' && operation === 'sts:GetCallerIdentity');

const { days, end } = await undisturbed();
const evenings = days.map(({ moment }) => JSON.stringify(standing(moment)));
const clients = sharedClients();

/** A test for each case of these kinds: told clearly or got over visibly, and then the same end as if nothing had been. */
export const survives = (...kinds: readonly FaultKind[]): void => {
  for (const kind of kinds)
    test.each(casesOf(kind, days).map((each) => [each.day.number, each.operation, each.occurrence, each] as const))(
      `${kind} on day %i at %s, call %i`,
      (_, __, ___, each) => counted('faults', () => survive(each)),
    );
};

/** Writes that AWS has accepted more than once since the morning: in the journey each is made once. */
const writtenTwice = ({ world }: Rehearsal, { moment }: Day): readonly string[] => {
  const accepted = world.calls
    .slice(moment.world.calls.length)
    .filter(({ mutating, status }) => mutating && status >= 200 && status < 300)
    .map(({ service, operation }) => `${service}:${operation}`);
  return accepted.filter((call, index) => accepted.indexOf(call) !== index);
};

/** A call that gets no answer is made again, and that is told; a look ahead that gets none is not said to have found nothing. */
const asksAgainOrGoesOn = /asking again, 2 of 3 times|Checked \d+ things about the account\. /;

const survive = async ({ day, fault: scripted }: Case): Promise<void> => {
  const rehearsal = inhabited({ from: day.moment, ...(scripted.kind !== 'clock-skew' && { session: clients }) });
  const fault = { ...scripted };
  rehearsal.world.faults.push(fault);
  const run = await runOf(rehearsal, day.given);
  expect(fault.times, `${run.screen}\nThe fault was not met.`).toBe(0);
  expect([0, 1, 2, 4, 5], run.screen).toContain(run.exitCode);
  expect(run.screen).not.toMatch(/\n\s+at .+:\d+:\d+|undefined|\[object/);
  if (run.exitCode !== 0) expect(run.screen, 'what to do about it').toMatch(/\n {2}- \S/);
  if (run.exitCode === 0 && isHanging(fault.kind)) expect(run.screen.replace(/\s+/g, ' ')).toMatch(asksAgainOrGoesOn);
  if (fault.kind === 'slow-to-show' && fault.ms !== beyond) expect(run.exitCode, run.screen).toBe(0);
  rehearsal.signIn();
  // Where an evening is what it always is, so is all that comes after it.
  let asEver = false;
  await finish(rehearsal, { run, given: day.given }, async () => {
    asEver =
      effort.bounded &&
      // What is hidden still would come later.
      fault.kind !== 'slow-to-show' &&
      JSON.stringify(standing(rehearsal.moment())) === evenings[day.number];
    return asEver;
  });
  expect(writtenTwice(rehearsal, day), run.screen).toEqual(fault.kind === 'garbled' ? expect.anything() : []);
  if (!asEver) expect(await endOf(rehearsal), run.screen).toEqual(end);
};
