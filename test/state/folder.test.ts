import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outboxIn } from '../../src/outbox.ts';
import { fileStore } from '../../src/state/file-store.ts';
import { foldersExist } from '../../src/state/folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { acme, facts, problemOf } from './acme.ts';

const me = process.getuid?.() ?? -1;
const stranger = 54_321;

const runsAs = (uid: number) => {
  const real = process.getuid;
  process.getuid = () => uid;
  onTestFinished(() => {
    if (real) process.getuid = real;
  });
};

/** A folder of another user than the run's: root gives it away, anybody else becomes another one. @returns both uids */
const estrange = async (folder: string) => {
  if (me === 0) await chown(folder, stranger, stranger);
  else runsAs(stranger);
  return me === 0 ? { owner: stranger, run: 0 } : { owner: me, run: stranger };
};

const made = async () => {
  const home = join(await temporaryFolder(), 'home');
  await fileStore(home, facts).save(acme);
  await mkdir(join(home, 'messages/acme'), { recursive: true, mode: 0o700 });
  return home;
};

test.skipIf(me < 0).each(['.', 'customers'])("somebody else's folder is refused: %s of a home", async (name) => {
  const home = await made();
  const folder = join(home, name);
  const { owner, run } = await estrange(folder);
  const store = fileStore(home, facts);
  for (const work of [
    () => store.load('acme'),
    () => store.list(),
    () => store.save({ ...acme, serial: 1 }),
    () => store.lock('acme', 'resume'),
    () => store.holder('acme'),
  ]) {
    const problem = await problemOf(work);
    expect(problem.code).toBe('state');
    // Who is another user finds the outermost folder first.
    expect(problem.message).toContain(
      `${me === 0 ? folder : home}" belongs to another user (uid ${owner}) than this run (uid ${run})`,
    );
    expect(problem.advice.join('\n')).toContain('--home');
  }
});

test.skipIf(me < 0).each(['messages', 'messages/acme'])("somebody else's folder is refused: %s", async (name) => {
  const home = await made();
  await estrange(join(home, name));
  expect((await problemOf(() => outboxIn(home).find('acme'))).message).toContain('belongs to another user');
});

test.skipIf(me < 0)('root is told to be the user whose folder it is, anybody else how to own it', async () => {
  const folder = await temporaryFolder();
  const owner = me === 0 ? stranger : me;
  if (me === 0) await chown(folder, stranger, stranger);
  runsAs(0);
  expect((await problemOf(() => foldersExist([folder]))).advice).toEqual([
    `Run the same command as that user, without sudo or with: sudo -u '#${owner}'`,
    'Choose a folder of your own with --home.',
    `Or, if you trust what is in it, make it yours: chown -R 0 ${folder}`,
  ]);
  runsAs(owner + 1);
  expect((await problemOf(() => foldersExist([folder]))).advice).toEqual([
    'Choose a folder of your own with --home.',
    `Or, if you trust what is in it, make it yours: sudo chown -R ${owner + 1} ${folder}`,
  ]);
});

test("root's folder is good enough for root, and for anybody", async () => {
  expect(await foldersExist(['/', await temporaryFolder()])).toBe(true);
});
