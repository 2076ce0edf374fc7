import { beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../src/clock.ts';
import { openAttempts, recorder } from '../src/recorder.ts';
import { memoryStore } from '../src/state/memory-store.ts';
import type { State } from '../src/state/state.ts';
import type { Change } from '../src/step.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 9);
const first: State = {
  version: 1,
  lineage: 'one',
  serial: 0,
  customer: 'acme',
  endpoint: 'aws',
  account: '111122223333',
  access: {},
  answers: {},
  provenance: {},
  notes: {},
  journal: [],
};
const bucket: Change = {
  id: 'bucket:acme',
  summary: 'Create the bucket',
  creates: { key: 'bucket', id: 'acme' },
  apply: async () => ({}),
};
const who = 'arn:aws:sts::111122223333:assumed-role/R/me';

let store = memoryStore();
let now = start;
const clock: Pick<Clock, 'now'> = { now: () => now };
beforeEach(() => {
  store = memoryStore();
  now = start;
});

/** A recorder as a new run has it: on top of what is saved. */
const run = async (changes: Partial<State> = {}) => {
  const saved = await store.load('acme');
  return recorder({ first: { ...(saved ?? first), ...changes }, saved }, store, { clock, tool: 'spot-cur 0.1.0' });
};
const saved = async () => (await store.load('acme')) as State;

describe('the token of an attempt', () => {
  test('is the same until its outcome is known, in this run and the next', async () => {
    const token = await (await run()).intend(bucket, who);
    expect(token).toMatch(/^spot-cur-[0-9a-f]{32}$/);
    now += 29 * minute;
    const next = await run();
    expect(await next.intend(bucket, who)).toBe(token);
    expect(next.state.journal).toHaveLength(1);
  });

  test('is a new one after a failure, a success, or half an hour without word', async () => {
    const recording = await run();
    const tokens = [await recording.intend(bucket, who)];
    await recording.fail(tokens[0] ?? '', new Error('no'));
    tokens.push(await recording.intend(bucket, who));
    await recording.succeed(tokens[1] ?? '', bucket, {});
    tokens.push(await recording.intend(bucket, who));
    now += 31 * minute;
    tokens.push(await recording.intend(bucket, who));
    expect(new Set(tokens).size).toBe(4);
  });

  test('differs by change and by connection, and not by anything else', async () => {
    const token = await (await run()).intend(bucket, who);
    const other = await (await run()).intend({ ...bucket, id: 'report:acme' }, who);
    store = memoryStore();
    expect(await (await run({ lineage: 'two' })).intend(bucket, who)).not.toBe(token);
    store = memoryStore();
    now += 5 * minute;
    expect(await (await run()).intend({ ...bucket, summary: 'x' }, 'someone')).toBe(token);
    expect(other).not.toBe(token);
  });
});

describe('the journal', () => {
  test('has the intent saved before the change is made, then its outcome', async () => {
    const recording = await run();
    const token = await recording.intend(bucket, who);
    const intent = {
      token,
      change: 'bucket:acme',
      summary: 'Create the bucket',
      resource: 'bucket:acme',
      who,
      tool: 'spot-cur 0.1.0',
      began: '2026-11-23T09:00:00.000Z',
    };
    expect((await saved()).journal).toEqual([intent]);
    now += 1_000;
    await recording.succeed(token, bucket, { requestId: 'R1', notes: { seen: 'yes' } });
    expect(await saved()).toMatchObject({
      journal: [{ ...intent, ended: '2026-11-23T09:00:01.000Z', outcome: 'done', requestId: 'R1' }],
      notes: { seen: 'yes' },
      provenance: { bucket: { origin: 'created', id: 'acme', at: '2026-11-23T09:00:01.000Z' } },
    });
  });

  test('has a failure with its first words, and claims nothing', async () => {
    const recording = await run();
    await recording.fail(
      await recording.intend(bucket, who),
      Object.assign(new Error('x'.repeat(600)), { name: 'Odd' }),
    );
    const [entry] = (await saved()).journal;
    expect(entry).toMatchObject({ outcome: 'failed', error: expect.stringMatching(/^Odd: x+$/) });
    expect(entry?.error).toHaveLength(500);
    expect((await saved()).provenance).toEqual({});
  });

  test('leaves the attempts before as they were', async () => {
    const recording = await run();
    await recording.fail(await recording.intend(bucket, who), new Error('no'));
    await recording.succeed(await recording.intend(bucket, who), bucket, {});
    expect((await saved()).journal.map(({ outcome }) => outcome)).toEqual(['failed', 'done']);
  });
});

describe('where what stands came from', () => {
  const stands = [{ key: 'bucket', id: 'acme' }];

  test('it was found, when no attempt of ours may have made it', async () => {
    await (await run()).found(stands);
    expect((await saved()).provenance).toEqual({
      bucket: { origin: 'found', id: 'acme', at: '2026-11-23T09:00:00.000Z' },
    });
  });

  test('it was created, when an attempt got no answer and its effect is seen', async () => {
    const recording = await run();
    await recording.intend(bucket, who);
    await recording.intend({ ...bucket, id: 'other', creates: { key: 'other', id: 'x' } }, who);
    now += 60 * minute;
    const next = await run();
    const proof = { made: now - 60 * minute } as const;
    await next.cameThrough([{ change: 'bucket:acme', notes: { learnt: 'late' }, proof }]);
    await next.found(stands);
    const { provenance, journal, notes } = await saved();
    expect(provenance).toEqual({ bucket: { origin: 'created', id: 'acme', at: '2026-11-23T09:00:00.000Z' } });
    expect(notes).toEqual({ learnt: 'late' });
    expect(journal).toMatchObject([
      { change: 'bucket:acme', outcome: 'done', ended: '2026-11-23T10:00:00.000Z' },
      { change: 'other' },
    ]);
    expect(openAttempts(await saved())).toMatchObject([{ change: 'other', token: journal[1]?.token }]);
  });

  test.each([
    ['made long after it', 60 * minute, { made: Date.UTC(2026, 10, 23, 9, 30) }, 'found'],
    ['made before it', 60 * minute, { made: Date.UTC(2026, 10, 23, 8, 59) }, 'found'],
    ['made right after it', 60 * minute, { made: Date.UTC(2026, 10, 23, 9, 2) }, 'created'],
    ['of no known time, and it is fresh', 29 * minute, undefined, 'created'],
    ['of no known time, and it is old', 31 * minute, undefined, 'found'],
    ['marked as ours, however old it is', 900 * minute, 'mark', 'created'],
  ] as const)('after an attempt without answer, what stands was %s', async (_, later, proof, origin) => {
    const recording = await run();
    await recording.intend(bucket, who);
    now += later;
    const next = await run();
    await next.cameThrough([{ change: 'bucket:acme', ...(proof && { proof }) }]);
    await next.found(stands);
    const { provenance, journal } = await saved();
    expect(provenance.bucket?.origin).toBe(origin);
    expect(journal[0]?.outcome).toBe(origin === 'created' ? 'done' : 'failed');
    expect(openAttempts(await saved())).toEqual([]);
  });

  test('an attempt that is begun again is saved as such, so that nobody writes whose lock was broken', async () => {
    const killed = await run();
    await killed.intend(bucket, who);
    const [slow, quick] = [await run(), await run()];
    now += minute;
    const token = await quick.intend(bucket, who);
    await quick.succeed(token, bucket, {});
    await expect(slow.intend(bucket, who)).rejects.toThrow(/another run/i);
  });

  test('an effect of several changes concludes the attempts at each of them', async () => {
    const recording = await run();
    for (const id of ['removal:arn:stack/a/1', 'removal:arn:stack/a/2', 'removal:arn:stack/ab/1'])
      await recording.intend({ id, summary: '', apply: bucket.apply }, who);
    await recording.cameThrough([{ change: 'removal:arn:stack/a/' }, { change: 'removal' }]);
    expect(openAttempts(await saved()).map(({ change }) => change)).toEqual(['removal:arn:stack/ab/1']);
  });

  test('an attempt that got no answer and is seen to have come to nothing has failed', async () => {
    const recording = await run();
    for (const id of ['removal:report:a', 'removal:report:b'])
      await recording.intend({ id, summary: '', apply: bucket.apply }, who);
    now += minute;
    await recording.cameToNothing([{ change: 'removal:report:a', error: 'No answer came.' }]);
    expect((await saved()).journal).toMatchObject([
      { outcome: 'failed', ended: '2026-11-23T09:01:00.000Z', error: 'No answer came.' },
      { change: 'removal:report:b' },
    ]);
    expect(openAttempts(await saved())).toHaveLength(1);
  });

  test('it was found, when our attempt was refused or was about another one', async () => {
    const recording = await run();
    await recording.fail(await recording.intend(bucket, who), new Error('taken'));
    await recording.intend({ ...bucket, id: 'bucket:other', creates: { key: 'bucket', id: 'other' } }, who);
    await recording.cameThrough([{ change: 'bucket:acme' }]);
    await recording.found(stands);
    expect((await saved()).provenance.bucket?.origin).toBe('found');
    expect((await saved()).journal.map(({ outcome }) => outcome)).toEqual(['failed', undefined]);
  });

  test('what is known stays, what has another name is new', async () => {
    const recording = await run();
    await recording.succeed(await recording.intend(bucket, who), bucket, {});
    now += minute;
    await recording.found(stands);
    expect((await saved()).provenance.bucket).toMatchObject({ origin: 'created', at: '2026-11-23T09:00:00.000Z' });
    await recording.found([{ key: 'bucket', id: 'another' }]);
    expect((await saved()).provenance.bucket).toMatchObject({ origin: 'found', id: 'another' });
  });
});

test('what was begun without an answer came to nothing, when it is begun anew after half an hour', async () => {
  await (await run()).intend(bucket, who);
  now += 31 * minute;
  await (await run()).intend(bucket, who);
  expect((await saved()).journal.map(({ outcome }) => outcome)).toEqual(['failed', undefined]);
});

describe('saving', () => {
  test('happens once for each change of the state, and never for none', async () => {
    const recording = await run();
    await recording.keep();
    expect(recording.state.serial).toBe(1);
    await recording.keep();
    await recording.note({});
    await recording.found([]);
    await recording.answer({});
    expect(recording.state.serial).toBe(1);
    await recording.answer({ bucket: 'acme' });
    await recording.note({ a: '1' });
    await recording.note({ b: '2' });
    expect(await saved()).toMatchObject({ serial: 4, answers: { bucket: 'acme' }, notes: { a: '1', b: '2' } });
  });

  test('of what a run merely looked at, what is saved already is not written again', async () => {
    await (await run()).keep();
    await (await run()).keep();
    expect((await saved()).serial).toBe(1);
  });

  test('is refused when another run moved on', async () => {
    const [one, other] = [await run(), await run()];
    await one.note({ a: '1' });
    await expect(other.note({ b: '2' })).rejects.toMatchObject({ name: 'Problem', code: 'state' });
  });

  test('never happens in a dry run, which remembers all the same', async () => {
    const dry = recorder({ first, saved: undefined }, undefined, { clock, tool: 'x' });
    await dry.keep();
    await dry.answer({ bucket: 'acme' });
    await dry.found([{ key: 'bucket', id: 'acme' }]);
    await dry.note({ a: '1' });
    expect(dry.state).toMatchObject({ answers: { bucket: 'acme' }, notes: { a: '1' }, serial: 0 });
    expect(await store.list()).toEqual([]);
  });
});
