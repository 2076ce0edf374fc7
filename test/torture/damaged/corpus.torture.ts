import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../../src/errors.ts';
import { answers, bare, engineerOf, run } from '../../support/spot-cur.ts';
import { counted, effort } from '../figures.ts';
import { corpus, type Damage } from './corpus.ts';
import { expectExplained, keptState, stateAt } from './kept-state.ts';

const damagedHome = async ({ put }: Damage) => {
  const state = await stateAt('waiting');
  const kept = await keptState(state);
  const release = await put({ ...kept, state, text: kept.whole.toString('utf8') });
  if (release) onTestFinished(release);
  return { ...kept, state };
};

/** All that would tell that a file was touched. */
const seen = (file: string) => {
  const { ino, mode, size, mtimeMs } = lstatSync(file);
  const link = (mode & 0o170000) === 0o120000;
  const content = (mode & 0o170000) === 0o100000 && size < 2 ** 30 ? readFileSync(file).toString('latin1') : '';
  return { ino, mode, size, mtimeMs, target: link ? readlinkSync(file) : undefined, content };
};

test('there are at least fifty of them, each another one', () => {
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  expect(corpus.length).toBeGreaterThanOrEqual(50);
});

test.each(corpus)('$name', async (damage) => {
  const { file, store, state } = await damagedHome(damage);
  const before = seen(file);
  await counted('damaged states', async () => {
    const loaded = await store.load('acme').catch((error: unknown) => error);
    if (damage.outcome === 'harmless') expect(loaded).toEqual(state);
    else {
      expect(loaded).toBeInstanceOf(Problem);
      expectExplained(loaded as Problem, file);
      expect((loaded as Problem).message).toMatch(damage.outcome);
      expect((loaded as Problem).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      // A run that knew the state before it was damaged does not write over it either.
      await expect(store.save(state)).rejects.toBeInstanceOf(Problem);
    }
    expect(seen(file)).toEqual(before);
  });
});

/** One of each family; all of them when there is time. */
const sample = corpus.filter(
  ({ name, outcome }) =>
    outcome !== 'harmless' &&
    (!effort.bounded || /^(empty|UTF-16 without|another bucket|a newer version|a pipe|a link to a device)$/.test(name)),
);

test.each(sample)('the program, given $name', async (damage) => {
  const { home, file, state } = await damagedHome(damage);
  const before = seen(file);
  await counted('damaged states', async () => {
    const commands = [
      ['status', 'acme'],
      ['resume', 'acme', '--yes'],
      ['setup', 'acme', '--yes', ...answers],
      ['handover', 'acme'],
      ['history', 'acme'],
      ['remove', 'acme', '--yes', '--confirm', 'acme'],
    ];
    const ended = await Promise.all(
      commands.map((words) =>
        run([...words, '--home', home], { env: { ...engineerOf(home, 'http://127.0.0.1:9'), ...bare(home) } }),
      ),
    );
    for (const { code, stderr } of ended) {
      expect(code, stderr).toBe(1);
      if (damage.name === 'a newer version') {
        // Nothing is wrong with that one.
        expect(stderr).toContain('Upgrade spot-cur and run the same command again.');
        expect(stderr).not.toContain('.damaged');
        continue;
      }
      expect(stderr).toContain(`mv ${file} ${file}.damaged`);
      expect(stderr).toContain(`spot-cur setup ${state.customer}`);
    }
    expect(seen(file)).toEqual(before);
  });
});
