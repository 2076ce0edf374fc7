import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { families, scenes } from '../../../src/simulator/scenes/index.ts';
import { screens, untold } from '../../support/scene-stories.ts';

const names = scenes.map(({ name }) => name);
/** The files of stories beside this one. */
const stories = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.test.ts') && file !== basename(import.meta.filename))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));

describe('the scenes', () => {
  test('are over a hundred, each with a name of its own in kebab case', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(100);
  });

  test('say in one sentence how things are', () => {
    const told = scenes.flatMap(({ title, mend }) => [title, ...(mend ? [mend.told] : [])]);
    expect(told.filter((text) => !/^[A-Z"'“][^\n]*[.!]$/.test(text))).toEqual([]);
  });

  test('belong to families, of which a file of stories tells each: its last test proves that it plays and shows them all', () => {
    const told = stories.flatMap((source) => [...source.matchAll(/^tells\((\w+)\);$/gm)].map(([, family]) => family));
    expect(told.sort()).toEqual(Object.keys(families).sort());
  });

  test('are all rehearsed, with dry runs before each run', () => {
    const rehearsed = stories.filter((source) => source.includes('playsEach(')).join('');
    expect(Object.keys(families).filter((family) => !rehearsed.includes(`...${family}`))).toEqual([]);
  });

  test('are not told where a scene is played in one story and shown in another, or only one of the two', () => {
    const test = (played: readonly string[], shown: readonly string[]) => ({
      played: new Set(played),
      shown: new Set(shown),
    });
    const tests = [test(['a', 'b'], ['a']), test(['c'], []), test([], ['b', 'c']), test(['d'], ['e'])];
    expect(untold(['a', 'b', 'c', 'd'], tests)).toEqual(['b', 'c', 'd']);
  });

  test('leave no screen behind that no story shows', () => {
    const others = stories.flatMap((source) => [...source.matchAll(/\bshows\('([^']+)'/g)].map(([, name]) => name));
    const shown = new Set([...names, ...others]);
    expect(readdirSync(screens).filter((file) => !shown.has(basename(file, '.txt')))).toEqual([]);
  });
});
