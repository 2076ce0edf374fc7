import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../src/cli.ts';
import type { Commands } from '../src/command-line.ts';

const root = resolve(import.meta.dirname, '..');

const filesBelow = (folder: string, name: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .map((path) => join(folder, path));

const help = async (...words: readonly string[]): Promise<string> => {
  let told = '';
  await runCli([...words, '--help'], '1.0.0', {} as Commands, { out: (text) => (told += text) });
  return told;
};

/** What the texts of a file tell people to type: a command, and the flags behind it on the same line. */
const typedIn = (text: string) =>
  [...text.matchAll(/spot-cur ([a-z][a-z-]*)((?: [^\n`'"]*)?)/g)].map(([typed, command = '', rest = '']) => ({
    typed,
    command,
    flags: rest.match(/(?<= )--[a-z][a-z-]*/g) ?? [],
  }));

const commandLine = /^ {2}([a-z]+)(?= )/gm;
const commands = new Map<string, string>();
for (const [, name = ''] of (await help()).matchAll(commandLine))
  commands.set(name, name === 'help' ? '' : await help(name));

describe('what is there to type', () => {
  test.each([
    ['the README', ['README.md']],
    ['texts and explanations', filesBelow('src', /\.(ts|md)$/)],
    ['the screens of the stories', filesBelow('test/stories', /\.txt$/)],
  ])('%s: each command exists and takes these flags', (_, files) => {
    const typed = files.flatMap((file) => typedIn(readFileSync(join(root, file), 'utf8')));
    const known = typed.filter(({ command }) => commands.has(command));
    expect(known.length).toBeGreaterThan(20);
    const wrong = known.flatMap(({ typed: line, command, flags }) =>
      flags.filter((flag) => !new RegExp(`${flag}(?![a-z-])`).test(commands.get(command) ?? '')).map(() => line),
    );
    expect(wrong).toEqual([]);
  });
});
