import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { type Beholder, type Holder, judge, readHolder, type Verdict } from '../../src/state/holder.ts';
import { takeLock } from '../../src/state/lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { facts, problemOf } from './acme.ts';

const here = { host: 'laptop', machine: 'm1', pidSpace: 'pid:[1]', bootId: 'b1' };
const nowhere = { host: 'laptop', machine: undefined, pidSpace: undefined, bootId: undefined };
const holder: Holder = {
  ...here,
  id: 'theirs',
  operation: 'setup',
  owner: 'sam',
  pid: 7,
  time: '2026-03-01T09:00:00Z',
};
const me: Beholder = { ...here, pid: 8, alive: () => false, birthOf: () => undefined, holds: () => false };

// Of a process whose number nobody has here.
test.each<[string, Partial<Holder>, Partial<Beholder>, Verdict]>([
  ['of this place', {}, {}, 'stale'],
  ['of this place, before the machine was started anew', { bootId: 'b0' }, {}, 'stale'],
  ['of another host', { host: 'server' }, {}, 'elsewhere'],
  ['of another machine of the same name', { machine: 'm2' }, {}, 'elsewhere'],
  ['of another machine of the same name, and so of another boot', { machine: 'm2', bootId: 'b2' }, {}, 'elsewhere'],
  ['of another container of the same name', { pidSpace: 'pid:[2]' }, {}, 'elsewhere'],
  ['of another container, with our own number', { pidSpace: 'pid:[2]', pid: 8 }, {}, 'elsewhere'],
  ['of a container that knows no machine', { machine: undefined }, {}, 'elsewhere'],
  ['of a machine, seen from a container that knows none', {}, { machine: undefined }, 'elsewhere'],
  ['of the version before', { machine: undefined, pidSpace: undefined }, {}, 'elsewhere'],
  ['where nothing is known of either', nowhere, nowhere, 'stale'],
  [
    'of another boot, where no machine is known',
    { machine: undefined, bootId: 'b2' },
    { machine: undefined },
    'elsewhere',
  ],
])('a dead number is judged: %s', (_, theirs, mine, verdict) => {
  expect(judge({ ...holder, ...theirs }, { ...me, ...mine })).toBe(verdict);
});

test('a lock of the version before is read', () => {
  const { machine: _, pidSpace: __, ...before } = holder;
  expect(readHolder(JSON.stringify(before))).toEqual(before);
});

test('one host name, two machines: it is said that the holder may be elsewhere, and how its lock is ended', async () => {
  const path = join(await temporaryFolder(), 'acme.lock');
  await writeFile(path, JSON.stringify({ ...holder, machine: 'm2' }));
  const purpose = { operation: 'resume', customer: 'acme' };
  const problem = await problemOf(() => takeLock(path, purpose, { ...facts, ...here, sleep: async () => {} }));
  expect(problem.message).toContain(
    '"setup" by "sam" on "laptop" (another container, or another machine of this name), process 7',
  );
  expect(problem.advice[1]).toContain('--force-unlock theirs');
  expect(problem.advice.join()).not.toContain('kill');
});

/** How a program is started in a space of process numbers of its own, or why it can't be. */
const apart = (): readonly string[] | string => {
  const words = [
    '--pid',
    '--fork',
    '--mount-proc',
    '--kill-child',
    ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
  ];
  const { status, stderr, error } = spawnSync('unshare', [...words, 'true'], { encoding: 'utf8' });
  return status === 0 ? words : `unshare makes no space of process numbers here: ${error?.message ?? stderr.trim()}`;
};

test('of two processes with one host name in two spaces of process numbers, one has the lock', async (context) => {
  const words = apart();
  if (typeof words === 'string') {
    process.stderr.write(`${words}\n`);
    return context.skip(words);
  }
  const folder = await temporaryFolder();
  const path = join(folder, 'acme.lock');
  const keeper = join(folder, 'keeper.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'fixtures/keeper.ts')],
    outfile: keeper,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const keep = async () => {
    const child = spawn('unshare', [...words, process.execPath, keeper, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [said] = await once(child.stdout, 'data');
    return { child, said: String(said).trim() };
  };

  const first = await keep();
  expect(first.said).toBe('taken');
  const kept = await readFile(path, 'utf8');
  expect(readHolder(kept)?.pid).toBe(1);
  // Numbered like the first.
  expect((await keep()).said).toMatch(/^locked: .*"keep" .* \(another container/);
  const problem = await problemOf(() =>
    takeLock(path, { operation: 'resume', customer: 'acme' }, { ...facts, sleep: async () => {} }),
  );
  expect(problem.advice[1]).toContain('--force-unlock');
  expect(await readFile(path, 'utf8')).toBe(kept);
  first.child.kill('SIGKILL');
}, 60_000);
