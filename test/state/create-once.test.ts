import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOnce } from '../../src/state/create-once.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const refusing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code });
};

test('a file is created whole, for its owner alone, and nothing lies beside it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'acme.lock');
  expect(await createOnce(path, 'mine')).toBe(true);
  expect(await readFile(path, 'utf8')).toBe('mine');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['acme.lock']);
});

test('of twenty at the same moment, one creates it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'acme.lock');
  const created = await Promise.all(Array.from({ length: 20 }, (_, number) => createOnce(path, String(number))));
  expect(created.filter(Boolean)).toHaveLength(1);
  expect(await readFile(path, 'utf8')).toBe(String(created.indexOf(true)));
  expect(await readdir(folder)).toEqual(['acme.lock']);
});

test('what is there is left alone', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'acme.lock');
  await writeFile(path, 'theirs');
  expect(await createOnce(path, 'mine')).toBe(false);
  expect(await createOnce(path, 'mine', refusing('EPERM'))).toBe(false);
  expect(await readFile(path, 'utf8')).toBe('theirs');
});

test.each(['EPERM', 'ENOTSUP', 'EMLINK'])('a disk without hard links (%s) gets it in place', async (code) => {
  const folder = await temporaryFolder();
  expect(await createOnce(join(folder, 'acme.lock'), 'mine', refusing(code))).toBe(true);
  expect(await readFile(join(folder, 'acme.lock'), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['acme.lock']);
});

test('when it was swept away meanwhile, it was not created; on a full disk, it is thrown', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'acme.lock');
  expect(await createOnce(path, 'mine', refusing('ENOENT'))).toBe(false);
  await expect(createOnce(path, 'mine', refusing('ENOSPC'))).rejects.toMatchObject({ code: 'ENOSPC' });
  await expect(createOnce(join(folder, 'gone', 'acme.lock'), 'mine')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(folder)).toEqual([]);
});
