import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Message, outboxIn } from '../../src/outbox.ts';
import { fileStore } from '../../src/state/file-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { acme, facts, problemOf } from './acme.ts';

const message: Message = {
  subject: 'Acme',
  text: 'Hello',
  attachment: { name: 'crawler-cfn.yml', content: Buffer.from('Resources: {}') },
};

/** A home with a connection and a message, twice saved. */
const made = async () => {
  const home = await temporaryFolder();
  const store = fileStore(home, { ...facts, sleep: async () => {} });
  const state = await store.save(await store.save(acme));
  const outbox = outboxIn(home);
  await outbox.write('acme', message);
  return { home, store, state, outbox };
};

type Made = Awaited<ReturnType<typeof made>>;

/** Things that make whoever opens them for reading wait, or answer without end. */
const makers: readonly (readonly [name: string, make: (path: string) => void])[] = [
  ['a pipe', (path) => void execFileSync('mkfifo', ['-m', '600', path])],
  // Only root makes devices.
  ...(process.getuid?.() === 0
    ? ([['a device', (path: string) => void execFileSync('mknod', [path, 'c', '1', '5'])]] as const)
    : []),
];

const places: readonly (readonly [path: string, wanted: RegExp, works: (made: Made) => (() => unknown)[]])[] = [
  [
    'customers/acme.json',
    /not a plain file/,
    ({ store, state }) => [() => store.load('acme'), () => store.save(state)],
  ],
  [
    'customers/acme.lock',
    /not a plain file/,
    ({ store }) => [() => store.lock('acme', 'x'), () => store.holder('acme')],
  ],
  ['customers/acme.saving.lock', /not a plain file/, ({ store, state }) => [() => store.save(state)]],
  ['messages/acme/message.eml', /not a plain file/, ({ outbox }) => [() => outbox.find('acme')]],
  ['messages/acme/message.txt', /not a plain file/, ({ outbox }) => [() => outbox.find('acme')]],
  [
    'messages/acme/crawler-cfn.yml',
    /not a plain file/,
    ({ outbox }) => [() => outbox.find('acme'), () => outbox.write('acme', message)],
  ],
  ['messages/acme/kept.json', /not a plain file/, ({ outbox }) => [() => outbox.findKept('acme', 'kept.json')]],
  ['messages/acme', /not a folder/, ({ outbox }) => [() => outbox.find('acme'), () => outbox.write('acme', message)]],
  ['messages', /not a folder/, ({ outbox }) => [() => outbox.find('acme'), () => outbox.write('acme', message)]],
  ['customers', /not a folder/, ({ store, state }) => [() => store.list(), () => store.save(state)]],
];

for (const [name, make] of makers) {
  test.each(places)(`${name} at %s is refused at once`, async (path, wanted, works) => {
    const all = await made();
    await rm(join(all.home, path), { recursive: true, force: true });
    make(join(all.home, path));
    for (const work of works(all)) {
      const problem = await problemOf(work);
      expect(problem.message).toMatch(wanted);
      expect(problem.advice).not.toEqual([]);
    }
  });

  test(`${name} in place of the version before is never opened, and a save replaces it`, async () => {
    const { home, store, state } = await made();
    const [file, previous] = ['acme.json', 'acme.json.previous'].map((each) => join(home, 'customers', each));
    await rm(previous ?? '');
    make(previous ?? '');
    const saved = await store.save(state);
    expect(await store.load('acme')).toEqual(saved);
    await rm(previous ?? '');
    make(previous ?? '');
    await rm(file ?? '');
    make(file ?? '');
    expect((await problemOf(() => store.load('acme'))).message).toMatch(/acme\.json" is not a plain file/);
  });
}
