import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Holder } from '../../src/state/holder.ts';
import { endLock, type LockFacts, takeLock } from '../../src/state/lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { problemOf, facts as real } from './acme.ts';

const dead = 4_000_001;
const living = 4_000_002;
const holder: Holder = {
  id: 'theirs',
  operation: 'setup',
  owner: 'sam',
  host: 'laptop',
  machine: 'this-machine',
  pidSpace: 'pid:[1]',
  pid: living,
  bootId: 'this-boot',
  birth: 'born then',
  time: '2026-03-01T09:00:00.000Z',
};

const purpose = { operation: 'resume', customer: 'acme' };

const scene = async (content?: string) => {
  const folder = await temporaryFolder();
  const path = join(folder, 'acme.lock');
  if (content !== undefined) await writeFile(path, content);
  let sleptMs = 0;
  const facts: LockFacts = {
    ...real,
    machine: 'this-machine',
    pidSpace: 'pid:[1]',
    bootId: 'this-boot',
    alive: (pid) => pid !== dead,
    birthOf: (pid) => (pid === process.pid ? 'born now' : 'born then'),
    sleep: async (ms) => {
      sleptMs += ms;
    },
  };
  return { folder, path, facts, slept: () => sleptMs, take: () => takeLock(path, purpose, facts) };
};

const held = (change: Partial<Holder>) => scene(JSON.stringify({ ...holder, ...change }));

test('a lock says who holds it and goes with its release', async () => {
  const { folder, path, take } = await scene();
  const lock = await take();
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    operation: 'resume',
    owner: 'jo',
    host: 'laptop',
    machine: 'this-machine',
    pidSpace: 'pid:[1]',
    pid: process.pid,
    bootId: 'this-boot',
    birth: 'born now',
    time: expect.stringMatching(/Z$/),
  });
  await lock.release();
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test('a living holder is waited for, then named', async () => {
  const { path, take, slept } = await held({});
  const problem = await problemOf(take);
  expect(slept()).toBe(3_000);
  expect(problem.code).toBe('locked');
  expect(problem.message).toBe(
    'Another run is at the connection acme: "setup" by "sam" on this machine, process 4000002, since 2026-03-01T09:00:00.000Z.',
  );
  expect(problem.advice).toEqual([
    'Wait until it has ended and run the same command again.',
    'Or end it, and its lock is taken over at once: kill 4000002',
  ]);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(holder);
});

test('a holder that ends in the meantime lets the next one in', async () => {
  const { path, facts } = await held({});
  let polls = 0;
  const sleep = async () => {
    polls += 1;
    if (polls === 3) await rm(path);
  };
  await (await takeLock(path, purpose, { ...facts, sleep })).release();
  expect(polls).toBe(3);
});

test.each<[string, Partial<Holder>]>([
  ['a dead process of this host', { pid: dead }],
  ['a process from before the machine was started anew', { bootId: 'boot-before' }],
  ['an earlier life of the same pid, as in containers', { pid: process.pid }],
  ['a process whose number another program has now', { birth: 'born before' }],
])('taken over at once: %s', async (_, change) => {
  const { folder, take, slept } = await held(change);
  const lock = await take();
  expect(slept()).toBe(0);
  expect(await readdir(folder)).toEqual(['acme.lock']);
  await lock.release();
});

test.each<[string, Partial<Holder>]>([
  ['that of another host, even with a dead pid', { host: 'server', pid: dead }],
  ['that of another host, even from another boot', { host: 'server', bootId: 'boot-before' }],
  ['that of another host, even with our own pid', { host: 'server', pid: process.pid }],
])('never taken over: %s', async (_, change) => {
  const { take } = await held(change);
  const problem = await problemOf(take);
  expect(problem.code).toBe('locked');
  expect(problem.advice[1]).toBe(
    'Only if you are sure that it runs no more on "server": the same command with --force-unlock theirs',
  );
});

test("a lock that somebody ended is not the run's any more, and its release harms nobody", async () => {
  const { path, facts, take } = await scene();
  const lock = await take();
  expect(await lock.stands()).toBe(true);
  const { id } = JSON.parse(await readFile(path, 'utf8'));
  expect(await endLock(path, (seen) => seen.id === 'another', facts)).toBe(false);
  expect(await endLock(path, (seen) => seen.id === id, facts)).toBe(true);
  expect(await endLock(path, (seen) => seen.id === id, facts)).toBe(false);
  expect(await lock.stands()).toBe(false);
  await writeFile(path, JSON.stringify(holder));
  await lock.release();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(holder);
});

test('the same process does not get its own lock twice', async () => {
  const { take } = await scene();
  const lock = await take();
  expect((await problemOf(take)).code).toBe('locked');
  await lock.release();
});

test.each(['', '{"id":"x","pi', 'hello', '{"pid":-1}', '\0\0'])(
  'unreadable (%j): left alone while young',
  async (text) => {
    const { path, take } = await scene(text);
    expect((await problemOf(take)).message).toMatch(/just taking the lock/);
    const old = Date.now() / 1000 - 10;
    await utimes(path, old, old);
    await (await take()).release();
  },
);

test.each([-3_600_000, 3_600_000])('unreadable: its age is told by its disk, not by a clock %i ms off', async (off) => {
  const { folder, path, facts } = await scene('{"id":"x","pi');
  const skewed = { ...facts, now: () => Date.now() + off };
  expect((await problemOf(() => takeLock(path, purpose, skewed))).message).toMatch(/just taking the lock/);
  expect(await readdir(folder)).toEqual(['acme.lock']);
  const then = (Date.now() + off) / 1000;
  await utimes(path, then, then);
  await (await takeLock(path, purpose, skewed)).release();
});

test('a release leaves the lock of somebody else alone', async () => {
  const { path, take } = await scene();
  const lock = await take();
  await writeFile(path, JSON.stringify(holder));
  await lock.release();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(holder);
});

test('a taker that died while taking over is no obstacle', async () => {
  const { folder, path, facts } = await held({ pid: dead });
  // It died with the right to remove the dead lock in its hands: a file beside, named after that very lock.
  const { ino, mtimeMs } = await stat(path);
  const mark = createHash('sha256')
    .update(`${ino} ${mtimeMs} ${await readFile(path, 'utf8')}`)
    .digest('hex')
    .slice(0, 16);
  await writeFile(`${path}.${mark}`, JSON.stringify({ ...holder, id: 'taker', pid: dead }));
  const lock = await takeLock(path, purpose, facts);
  expect(await readdir(folder)).toEqual(['acme.lock']);
  await lock.release();
});
