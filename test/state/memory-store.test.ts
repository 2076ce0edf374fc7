import { expect, test } from 'vitest';
import { memoryStore } from '../../src/state/memory-store.ts';
import { acme, problemOf } from './acme.ts';

test('a rehearsal saves and loads by the rules of files', async () => {
  const store = memoryStore();
  expect(await store.load('acme')).toBeUndefined();
  const saved = await store.save(acme);
  expect(await store.load('acme')).toEqual({ ...acme, serial: 1 });
  expect(await store.list()).toEqual(['acme']);
  expect((await problemOf(() => store.save(acme))).message).toMatch(/it is at 1, and this run knew 0/);
  expect((await problemOf(() => store.save({ ...saved, lineage: 'other' }))).code).toBe('state');
  expect((await problemOf(() => store.save({ ...saved, customer: 'globex' }))).message).toMatch(/vanished/);
});

test('one run at a time', async () => {
  const store = memoryStore();
  const lock = await store.lock('acme', 'setup');
  expect((await problemOf(() => store.lock('acme', 'resume'))).code).toBe('locked');
  await lock.release();
  const next = await store.lock('acme', 'resume');
  await lock.release();
  expect((await problemOf(() => store.lock('acme', 'status'))).code).toBe('locked');
  await next.release();
});
