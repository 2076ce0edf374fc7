import { expect, test } from 'vitest';
import type { Aws } from '../../src/aws/aws.ts';
import { impatientLooks } from '../../src/doctor/looks.ts';
import { Cancelled } from '../../src/errors.ts';

/** A stopwatch that rings when it is told to. */
const stopwatch = () => {
  let now = 1_000;
  let ahead = 0;
  const alarms: { readonly ms: number; readonly ring: () => void }[] = [];
  const signals: AbortSignal[] = [];
  const clock = {
    now: () => now + ahead,
    ahead: () => ahead,
    alarm(ms: number, ring: () => void) {
      const alarm = { ms, ring };
      alarms.push(alarm);
      return () => void alarms.splice(alarms.indexOf(alarm), 1);
    },
  };
  const patient = {
    lookingUntil(signal: AbortSignal) {
      signals.push(signal);
      return {} as Aws;
    },
  };
  return {
    looks: impatientLooks(patient, clock),
    alarms,
    signal: () => signals[0],
    pass: (ms: number) => {
      now += ms;
    },
    hear: (ms: number) => {
      ahead = ms;
    },
  };
};

const never = () => new Promise<never>(() => {});
const late = { known: false, reason: 'AWS did not answer within 5 seconds.', denied: false };

test('what is seen in time is known, and no alarm is left', async () => {
  const { looks, alarms } = stopwatch();
  expect(await looks.look(async () => 7)).toEqual({ known: true, value: 7 });
  expect(alarms).toEqual([]);
});

test('all looks together have five seconds, whenever they begin', async () => {
  const { looks, alarms, signal, pass } = stopwatch();
  const first = looks.look(never);
  pass(3_000);
  const second = looks.look(never);
  expect(alarms.map(({ ms }) => ms)).toEqual([5_000, 2_000]);
  expect(signal()?.aborted).toBe(false);
  for (const { ring } of [...alarms]) ring();
  expect([await first, await second]).toEqual([late, late]);
  expect(signal()?.aborted).toBe(true);
  expect(await looks.look(async () => 7)).toEqual(late);
});

test.each([3_600_000, -3_600_000])('an answer that moves the clock by %i ms moves no alarm', (ms) => {
  const { looks, alarms, hear } = stopwatch();
  void looks.look(never);
  hear(ms);
  void looks.look(never);
  expect(alarms.map((alarm) => alarm.ms)).toEqual([5_000, 5_000]);
});

test('requests that are cut off with another one were late too', async () => {
  const { looks, alarms, signal } = stopwatch();
  const cut = looks.look(
    () => new Promise((_, reject) => signal()?.addEventListener('abort', () => reject(new Error('Request aborted')))),
  );
  const [, slow] = [alarms.pop(), looks.look(never)];
  alarms[0]?.ring();
  expect([await cut, await slow]).toEqual([late, late]);
});

test('others can go on without a look after half the time, and the look goes on too', async () => {
  const { looks, alarms } = stopwatch();
  let answer = (_: number) => {};
  const whole = looks.look(() => new Promise<number>((resolve) => (answer = resolve)));
  const soon = looks.soon(whole);
  expect(alarms.map(({ ms }) => ms)).toEqual([5_000, 2_500]);
  alarms[1]?.ring();
  expect(await soon).toEqual({ ...late, reason: 'AWS took too long to answer.' });
  answer(7);
  expect(await whole).toEqual({ known: true, value: 7 });
});

test('a denial tells of rights, and an odd answer of nothing', async () => {
  const { looks } = stopwatch();
  const denied = Object.assign(new Error('User is not authorized to perform: cur:Describe'), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
  });
  expect(await looks.look(() => Promise.reject(denied))).toMatchObject({ known: false, denied: true });
  expect(await looks.look(() => Promise.reject(new TypeError('x is not iterable')))).toEqual({
    known: false,
    reason: 'The answer is in no form that AWS gives.',
    denied: false,
  });
});

test('whoever wants to leave leaves', async () => {
  const { looks } = stopwatch();
  await expect(looks.look(() => Promise.reject(new Cancelled()))).rejects.toThrow(Cancelled);
});
