import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ForceUnlock, takeLock } from '../../src/commands/take-lock.ts';
import type { Session } from '../../src/session.ts';
import { fileStore } from '../../src/state/file-store.ts';
import type { Holder } from '../../src/state/holder.ts';
import { acme, facts, problemOf } from '../state/acme.ts';
import { type Script, scriptedTerminal } from '../support/scripted-terminal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const here = { machine: 'this-machine', pidSpace: 'pid:[1]' };
const id = '11111111-2222-3333-4444-555555555555';
const theirs: Holder = {
  id,
  operation: 'setup',
  owner: 'sam',
  host: 'server-7',
  ...here,
  pid: 4_000_002,
  time: '2026-03-01T09:00:00.000Z',
};

/** A connection whose lock somebody else holds, and a user who wants it. */
const contended = async (held: Partial<Holder> = {}, says?: Script) => {
  const home = await temporaryFolder();
  const store = fileStore(home, {
    ...facts,
    ...here,
    alive: () => true,
    birthOf: () => undefined,
    sleep: async () => {},
  });
  await store.save(acme);
  const file = join(home, 'customers/acme.lock');
  await writeFile(file, JSON.stringify({ ...theirs, ...held }));
  const terminal = scriptedTerminal(says, 400);
  const take = (forced?: ForceUnlock) => takeLock({ store, terminal } as unknown as Session, 'acme', 'resume', forced);
  return { home, store, file, terminal, take };
};

test('a run on another machine is named, with the command that ends its lock', async () => {
  const { take } = await contended();
  const problem = await problemOf(() => take());
  expect(problem).toMatchObject({ code: 'locked', exitCode: 6 });
  expect(problem.message).toBe(
    'Another run is at the connection acme: "setup" by "sam" on "server-7", process 4000002, since 2026-03-01T09:00:00.000Z.',
  );
  expect(problem.advice).toEqual([
    'Wait until it has ended there, or end it, and run the same command again.',
    `Only if you are sure that it runs no more on "server-7": the same command with --force-unlock ${id}`,
  ]);
});

test('at a terminal the holder is shown before its lock is ended', async () => {
  const { take, store, terminal } = await contended({}, { 'force-unlock': true });
  const lock = await take(true);
  expect(
    terminal.transcript(),
  ).toBe(`The lock of acme is held: "setup" by "sam" on "server-7", process 4000002, since 2026-03-01T09:00:00.000Z.
! Whether it still runs on "server-7" can't be told from here. Should it run, it may still finish the write to AWS that it is at; it saves nothing more after that.
? End this lock and go on?
> yes
The lock was ended: "setup" by "sam" on "server-7", process 4000002, since 2026-03-01T09:00:00.000Z.
`);
  expect(await store.holder('acme')).toMatchObject({ pid: process.pid, standing: 'alive' });
  await lock.release();
});

test('whoever declines leaves the lock as it is', async () => {
  const { take, store } = await contended({}, { 'force-unlock': false });
  expect(await problemOf(() => take(true))).toMatchObject({ code: 'locked' });
  expect((await store.holder('acme'))?.id).toBe(id);
});

test('of a process that runs on this very machine, that is said plainly', async () => {
  const { take, terminal } = await contended({ host: 'laptop' }, { 'force-unlock': true });
  await (await take(id)).release();
  expect(terminal.transcript()).toContain('! Process 4000002 runs on this machine right now.');
  expect(terminal.transcript()).toContain('To end the process instead: kill 4000002');
});

test('where nobody can be asked, its lock is not ended at all', async () => {
  const { take, store } = await contended({ host: 'laptop' });
  const problem = await problemOf(() => take(id));
  expect(problem.code).toBe('locked');
  expect(problem.message).toMatch(/belongs to a process that runs on this machine/);
  expect(problem.advice[0]).toBe('End the process, and its lock is taken over at once: kill 4000002');
  expect((await store.holder('acme'))?.id).toBe(id);
});

test('where nobody can be asked, the id is needed, and is enough', async () => {
  const { take, store } = await contended();
  const problem = await problemOf(() => take(true));
  expect(problem.code).toBe('usage');
  expect(problem.advice).toEqual([`Only if you are sure that it runs no more: --force-unlock ${id}`]);
  const lock = await take(id);
  expect((await store.holder('acme'))?.pid).toBe(process.pid);
  await lock.release();
});

test('the id of a lock that has gone ends no other one', async () => {
  const { take, store } = await contended({}, {});
  const problem = await problemOf(() => take('99999999-2222-3333-4444-555555555555'));
  expect(problem.code).toBe('locked');
  expect(problem.message).toMatch(/has gone, and there is another one now: "setup" by "sam"/);
  expect((await store.holder('acme'))?.id).toBe(id);
});

test('a run that is gone needs no question, and where there is none that is said', async () => {
  const home = await temporaryFolder();
  const store = fileStore(home, { ...facts, ...here, alive: () => false });
  await store.save(acme);
  const terminal = scriptedTerminal(undefined);
  const take = () => takeLock({ store, terminal } as unknown as Session, 'acme', 'resume', true);
  await (await take()).release();
  expect(terminal.transcript()).toBe('Nobody holds the lock of acme: there is nothing to unlock.\n');
  await writeFile(join(home, 'customers/acme.lock'), JSON.stringify({ ...theirs, host: 'laptop' }));
  await (await take()).release();
});

test('a run that was at a save has both of its locks ended', async () => {
  const { home, take, store } = await contended();
  const saving = join(home, 'customers/acme.saving.lock');
  await writeFile(saving, JSON.stringify({ ...theirs, id: 'its-other-one' }));
  const lock = await take(id);
  expect((await store.save({ ...acme, serial: 1 })).serial).toBe(2);
  await lock.release();
});

test('a save of somebody else that hangs can be ended as well', async () => {
  const { file, home, take, store } = await contended();
  await writeFile(join(home, 'customers/acme.saving.lock'), JSON.stringify(theirs));
  await writeFile(file, JSON.stringify({ ...theirs, id: 'another-one', host: 'laptop', pid: 1 }));
  await store.unlock('acme', id);
  await expect(store.save({ ...acme, serial: 1 })).resolves.toMatchObject({ serial: 2 });
  expect((await problemOf(() => take())).code).toBe('locked');
});

test('a run whose lock was ended saves nothing more', async () => {
  const { file, store, take } = await contended();
  const lock = await take(id);
  const kept = await store.load('acme');
  await writeFile(file, JSON.stringify(theirs));
  const problem = await problemOf(() => store.save({ ...acme, serial: 1 }));
  expect(problem).toMatchObject({ code: 'locked' });
  expect(problem.message).toMatch(/ended by somebody else, so it stops here/);
  expect(await store.load('acme')).toEqual(kept);
  await lock.release();
  expect((await store.holder('acme'))?.id).toBe(id);
});
