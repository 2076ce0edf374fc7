import { execFileSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { fileStore } from '../../src/state/file-store.ts';
import { replaceFile } from '../../src/state/replace-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { acme, facts, problemOf } from './acme.ts';

const mode = async (path: string) => (await stat(path)).mode & 0o777;

const home = async () => {
  const path = join(await temporaryFolder(), 'home');
  const customers = join(path, 'customers');
  return { path, customers, file: join(customers, 'acme.json'), store: fileStore(path, facts) };
};

test('looking creates nothing', async () => {
  const { path, store } = await home();
  expect(await store.load('acme')).toBeUndefined();
  expect(await store.list()).toEqual([]);
  await expect(stat(path)).rejects.toThrow(/ENOENT/);
});

test('a save is given back with its serial, and loaded by the next run', async () => {
  const { store, customers, path } = await home();
  const saved = await store.save(acme);
  expect(saved).toEqual({ ...acme, serial: 1 });
  expect(await fileStore(path, facts).load('acme')).toEqual(saved);
  expect(await readdir(customers)).toEqual(['acme.json']);
});

test('the version before is kept beside', async () => {
  const { store, file } = await home();
  const first = await store.save(acme);
  const before = await readFile(file, 'utf8');
  await store.save({ ...first, notes: {} });
  expect(await readFile(`${file}.previous`, 'utf8')).toBe(before);
});

test.each([0o000, 0o022, 0o077, 0o777])('only the owner gets in, with umask %o too', async (mask) => {
  const { path, store, customers, file } = await home();
  const old = process.umask(mask);
  onTestFinished(() => {
    process.umask(old);
  });
  await store.save(await store.save(acme));
  const lock = await store.lock('acme', 'setup');
  expect([await mode(path), await mode(customers)]).toEqual([0o700, 0o700]);
  for (const name of await readdir(customers)) expect(await mode(join(customers, name))).toBe(0o600);
  expect(await mode(file)).toBe(0o600);
  await lock.release();
});

test('of two runs that know the same version, the second is refused', async () => {
  const { path, store } = await home();
  const known = await store.save(acme);
  await store.save({ ...known, notes: { by: 'first' } });
  const problem = await problemOf(() => fileStore(path, facts).save({ ...known, notes: { by: 'second' } }));
  expect(problem.code).toBe('state');
  expect(problem.message).toMatch(/it is at 2, and this run knew 1/);
  expect((await store.load('acme'))?.notes).toEqual({ by: 'first' });
});

test('of ten saves at the same moment, one wins', async () => {
  const { path, store } = await home();
  const known = await store.save(acme);
  const racing = Array.from({ length: 10 }, (_, run) =>
    fileStore(path, facts).save({ ...known, notes: { by: `run ${run}` } }),
  );
  const results = await Promise.allSettled(racing);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await store.load('acme'))?.serial).toBe(2);
});

test('another connection of the same name is not written over', async () => {
  const { store } = await home();
  await store.save(acme);
  const problem = await problemOf(() => store.save({ ...acme, lineage: 'other', serial: 1 }));
  expect(problem.message).toMatch(/holds another connection now/);
});

test('a file that vanished in the middle of a run is said, not written anew', async () => {
  const { store, file } = await home();
  const known = await store.save(acme);
  await rm(file);
  expect((await problemOf(() => store.save(known))).message).toMatch(/has vanished/);
  await expect(stat(file)).rejects.toThrow(/ENOENT/);
});

test('cut off at any length, it is refused and left as it is', async () => {
  const { store, file } = await home();
  await store.save(acme);
  const whole = await readFile(file);
  // Without its last line end, the file still holds everything.
  for (let length = whole.length - 2; length >= 0; length -= 1) {
    await truncate(file, length);
    const problem = await problemOf(() => store.load('acme'));
    expect(problem.code).toBe('state');
    expect(problem.message).toMatch(length === 0 ? /is empty/ : /is cut off or damaged|is not text/);
    expect(await readFile(file)).toEqual(whole.subarray(0, length));
  }
});

test('a damaged file is not saved over', async () => {
  const { store, file } = await home();
  const known = await store.save(acme);
  await writeFile(file, '{"half');
  await problemOf(() => store.save(known));
  expect(await readFile(file, 'utf8')).toBe('{"half');
});

test('where the version before is whole, the refusal says how to go back to it, and that works', async () => {
  const { store, file, customers } = await home();
  const first = await store.save(acme);
  await store.save({ ...first, notes: {} });
  await truncate(file, 100);
  const problem = await problemOf(() => store.load('acme'));
  expect(problem.advice[0]).toBe(
    `The version that was saved before it is whole. Go back to it: mv ${file} ${file}.damaged && cp -p ${file}.previous ${file}`,
  );
  execFileSync('sh', ['-c', problem.advice[0]?.replace(/^.*: /, '') ?? '']);
  expect(await store.load('acme')).toEqual(first);
  expect(await mode(file)).toBe(0o600);
  expect((await stat(`${file}.damaged`)).size).toBe(100);
  expect((await store.save(first)).serial).toBe(2);
  expect(await readdir(customers)).toEqual(['acme.json', 'acme.json.damaged', 'acme.json.previous']);
});

test('where the version before is no good either, it is not spoken of', async () => {
  const { store, file } = await home();
  await store.save(await store.save(acme));
  for (const path of [file, `${file}.previous`]) await truncate(path, 100);
  expect((await problemOf(() => store.load('acme'))).advice.join('\n')).not.toContain('previous');
});

test('what grew beyond 8 MiB is not read', async () => {
  const { store, file } = await home();
  await store.save(acme);
  await truncate(file, 8 * 1024 * 1024 + 1);
  expect((await problemOf(() => store.load('acme'))).message).toMatch(/larger than 8 MiB/);
});

test.each(['', '.', '..', '../acme', 'a/b', 'a\\b', 'Acme', 'a.json', '-acme', 'a\0', 'x'.repeat(64)])(
  'no file is reached by the name %j',
  async (name) => {
    const { store } = await home();
    for (const work of [
      () => store.load(name),
      () => store.lock(name, 'x'),
      () => store.save({ ...acme, customer: name }),
    ])
      expect((await problemOf(work)).code).toBe('usage');
  },
);

test('links in place of the file or a folder are not followed', async () => {
  const { store, file, customers, path } = await home();
  await store.save(acme);
  await rename(file, join(path, 'elsewhere'));
  await symlink(join(path, 'elsewhere'), file);
  expect((await problemOf(() => store.load('acme'))).message).toMatch(/symbolic link/);
  expect((await problemOf(() => store.save({ ...acme, serial: 1 }))).code).toBe('state');

  for (const folder of [customers, path]) {
    await rename(folder, `${folder}-real`);
    await symlink(`${folder}-real`, folder);
    for (const work of [
      () => store.load('acme'),
      () => store.list(),
      () => store.save(acme),
      () => store.lock('acme', 'x'),
    ])
      expect((await problemOf(work)).message).toMatch(/symbolic link/);
    await rm(folder);
    await rename(`${folder}-real`, folder);
  }
});

test('links in place of a lock or of the version before are not followed either', async () => {
  const { store, file, customers, path } = await home();
  const saved = await store.save(acme);
  const elsewhere = join(path, 'elsewhere');
  await writeFile(elsewhere, 'precious');
  const lock = join(customers, 'acme.lock');
  await symlink(elsewhere, lock);
  const problem = await problemOf(() => store.lock('acme', 'setup'));
  expect(problem.message).toMatch(/acme\.lock" is a symbolic link/);
  expect(problem.advice).toEqual([`It is no lock of spot-cur. Remove it: rm ${lock}`]);
  await rm(lock);
  await symlink(elsewhere, `${file}.previous`);
  await store.save(saved);
  expect(await readFile(elsewhere, 'utf8')).toBe('precious');
  expect((await lstat(`${file}.previous`)).isSymbolicLink()).toBe(false);
});

test('a folder that others can write to is refused', async () => {
  const { store, customers, path } = await home();
  await store.save(acme);
  for (const folder of [customers, path]) {
    await chmod(folder, 0o770);
    for (const work of [() => store.load('acme'), () => store.list(), () => store.save(acme)])
      expect((await problemOf(work)).advice).toEqual([`Run: chmod 700 ${folder}`]);
    await chmod(folder, 0o700);
  }
});

test('only connections are listed, sorted', async () => {
  const { store, customers } = await home();
  for (const customer of ['globex', 'acme']) await store.save(await store.save({ ...acme, customer }));
  for (const name of ['acme.lock', '.acme.json.1.tmp', 'notes.txt', 'Acme.json'])
    await writeFile(join(customers, name), '');
  await mkdir(join(customers, 'folder.json'));
  expect(await store.list()).toEqual(['acme', 'globex']);
});

test('a replacement that fails leaves the old file and no stump', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'taken'));
  expect((await problemOf(() => replaceFile(join(folder, 'taken'), 'new'))).code).toBe('state');
  expect(await readdir(folder)).toEqual(['taken']);
});

test('the file is there at every moment of a hundred saves', async () => {
  const { store } = await home();
  let state = await store.save(acme);
  let saving = true;
  const reader = (async () => {
    while (saving) expect(await store.load('acme')).toBeDefined();
  })();
  for (let save = 0; save < 100; save += 1) state = await store.save(state);
  saving = false;
  await reader;
  expect(state.serial).toBe(101);
});

test('whatever is saved is loaded', async () => {
  const { store } = await home();
  let state = await store.save(acme);
  const key = fc.stringMatching(/^[a-z][a-z-]{0,20}$/).filter((name) => !['constructor', 'prototype'].includes(name));
  const notes = fc.dictionary(key, fc.string({ unit: 'binary' }), { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(notes, async (written) => {
      state = await store.save({ ...state, notes: written });
      expect(await store.load('acme')).toEqual(state);
    }),
    { numRuns: 30 },
  );
});

test('a home that the machine will not make is refused at once', async () => {
  const problem = await problemOf(() => fileStore('/proc/spot-cur', facts).save(acme));
  expect(problem).toMatchObject({ code: 'state', advice: [expect.stringContaining('--home')] });
});
