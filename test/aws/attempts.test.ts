import { beforeEach, describe, expect, test } from 'vitest';
import type { Patience, Repetition } from '../../src/aws/attempts.ts';
import { connect } from '../../src/aws/connect.ts';
import { type Requests, supervised } from '../../src/aws/requests.ts';
import { simulatedRequests } from '../../src/rehearsal.ts';
import type { FaultKind } from '../../src/simulator/fault.ts';
import { createSimulator } from '../../src/simulator/handler.ts';

/** Near enough to this machine's clock that the SDK takes no error for the effect of a wrong one. */
const start = Date.now();
let simulator = createSimulator();
let pauses: number[] = [];
let repetitions: Repetition[] = [];
let lines: string[] = [];
beforeEach(() => {
  simulator = createSimulator({ wall: () => start });
  pauses = [];
  repetitions = [];
  lines = [];
});

const patience: Patience = {
  now: () => simulator.clock.now(),
  pause: async (ms) => void pauses.push(ms),
  again: (repetition) => void repetitions.push(repetition),
};
const watched = (requests: Requests) =>
  supervised(requests, {
    heard: () => {},
    interrupt: { signal: new AbortController().signal, writing: false },
    log: (line) => void lines.push(line),
  });
const aws = () =>
  connect({
    credentials: async () => ({ accessKeyId: '111122223333', secretAccessKey: 'x' }),
    endpoints: {},
    requests: watched(simulatedRequests(simulator)),
    patience,
  });
const fault = (operation: string, kind: FaultKind, times: number) =>
  simulator.world.faults.push({ operation, kind, after: 0, times });

/** One read of the newest client and one of the oldest, which brings retries of its own. */
const reads = [
  ['cloudformation:DescribeStacks', () => aws().stacks.list()],
  ['cur:DescribeReportDefinitions', () => aws().reports.list()],
] as const;

describe.each(reads)('%s', (operation, read) => {
  test.each<[FaultKind, number]>([
    ['throttled', 2],
    ['server-error', 2],
    ['reset-before', 2],
    ['truncated', 2],
    ['hang-after', 2],
  ])('is made again after %s, %i times', async (kind, times) => {
    fault(operation, kind, times);
    await read();
    expect(repetitions.map(({ call, attempt, of }) => [call, attempt, of])).toEqual([
      [operation, 2, 3],
      [operation, 3, 3],
    ]);
    expect(pauses).toHaveLength(2);
    expect(Math.max(...pauses)).toBeLessThan(kind === 'throttled' ? 2_000 : 100);
    expect(repetitions[1]?.taken).toBe(kind === 'hang-after' ? 120_000 : 0);
  });

  test.each<[FaultKind, boolean]>([
    ['throttled', false],
    ['reset-before', true],
    ['hang-after', true],
    ['gateway-timeout', true],
  ])('fails after three times %s; whether that leaves open what came of it: %s', async (kind, open) => {
    fault(operation, kind, 3);
    const error = await read().catch((thrown: unknown) => thrown);
    expect((error as { $unanswered?: boolean }).$unanswered ?? false).toBe(open);
    // The oldest client can't tell the status of an answer that it can't read, and leaves it at that.
    expect(simulator.world.calls).toHaveLength(kind === 'gateway-timeout' && operation.startsWith('cur') ? 1 : 3);
  });

  test('leaves that open too when the first attempt got no answer and the second a refusal', async () => {
    fault(operation, 'reset-after', 1);
    simulator.world.faults.push({ operation, kind: 'access-denied', after: 1, times: 1 });
    await expect(read()).rejects.toMatchObject({ $unanswered: true });
  });

  test('is not made again after a refusal', async () => {
    fault(operation, 'access-denied', 1);
    const error = await read().catch((thrown: unknown) => thrown);
    expect(error).not.toHaveProperty('$unanswered');
    expect(repetitions).toEqual([]);
  });
});

test('each attempt is a line for whoever wants to see it, those without answer too', async () => {
  fault('cloudformation:DescribeStacks', 'reset-before', 1);
  fault('cloudformation:DescribeStacks', 'hang-before', 1);
  await aws().stacks.list();
  const line = 'POST cloudformation.us-east-1.amazonaws.com/';
  expect(lines.map((each) => each.replace(/\d+ ms/, 'n ms'))).toEqual([
    `${line} no answer (ECONNRESET) n ms`,
    `${line} no answer (ETIMEDOUT) n ms, attempt 2 of 3`,
    `${line} 200 n ms, attempt 3 of 3`,
  ]);
});

test('a look that can be done without ends with its abort, not with the usual silence', async () => {
  const over = new AbortController();
  const { cutOff } = await import('../../src/aws/cut-off.ts');
  const waits = (_: number, signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  fault('sts:GetCallerIdentity', 'hang-before', 1);
  const impatient = connect({
    credentials: async () => ({ accessKeyId: '111122223333', secretAccessKey: 'x' }),
    endpoints: {},
    requests: cutOff(simulatedRequests(simulator, waits), over.signal),
    patience,
  });
  const asking = impatient.identity.whoAmI();
  setImmediate(() => over.abort(new Error('AWS did not answer in time.')));
  await expect(asking).rejects.toThrow('AWS did not answer in time.');
});
