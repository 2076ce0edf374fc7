import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenes } from '../../../src/simulator/scenes/index.ts';

const names = scenes.map(({ name }) => name);

describe('the scenes', () => {
  test('are at least forty, each with a name of its own in kebab case', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  test('say in one sentence how things are', () => {
    const told = scenes.flatMap(({ title, mend }) => [title, ...(mend ? [mend.told] : [])]);
    expect(told.filter((text) => !/^[A-Z"'“][^\n]*[.!]$/.test(text))).toEqual([]);
  });

  test('each have a story with the screen that the user sees', () => {
    const screen = (name: string) => join(import.meta.dirname, 'screens', `${name}.txt`);
    expect(names.filter((name) => !existsSync(screen(name)))).toEqual([]);
  });
});
