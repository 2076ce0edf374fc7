import { Problem } from '../errors.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ListedScene, type SceneTitle, scenesDocument, scenesView } from '../terminal/views/scenes.ts';
import { json, quoted } from '../text.ts';

/** Prints what `--scene` takes. @returns the exit code */
export const listScenes = (terminal: Terminal, scenes: readonly ListedScene[], asJson: boolean): number => {
  terminal.result(asJson ? json(scenesDocument(scenes)) : scenesView(scenes, terminal));
  const [first] = scenes;
  if (!asJson && first) terminal.say(`\nIn one of them: spot-cur rehearse --scene ${first.name}`);
  return 0;
};

/** @throws Problem (usage) that names the nearest scenes when there is none of this name */
export const refuseUnknownScene = (
  name: string | undefined,
  scenes: readonly SceneTitle[],
  command: 'rehearse' | 'simulate',
): void => {
  if (name === undefined || scenes.some((scene) => scene.name === name)) return;
  const near = nearest(name, scenes);
  throw new Problem(
    `There is no scene named ${quoted(name)}.`,
    [
      ...near.map((each) => `Perhaps: spot-cur ${command} --scene ${each}`),
      'See all of them: spot-cur rehearse --list',
    ],
    'usage',
  );
};

/** The names, at most three, that a slip of the pen or a part of it may have meant. */
const nearest = (wanted: string, scenes: readonly SceneTitle[]): readonly string[] =>
  scenes
    .map(({ name }) => ({ name, far: distance(wanted.toLowerCase(), name) }))
    .filter(({ name, far }) => far <= Math.ceil(name.length / 3))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);

/** How many letters have to be changed, added or left out; 1 when one is a part of the other, or they share a word. */
const distance = (a: string, b: string): number => {
  const words = b.split('-').filter((word) => word.length > 3);
  if (a.length > 2 && (b.includes(a) || a.split(/[^a-z0-9]+/).some((word) => words.includes(word)))) return 1;
  let row = [...b, ''].map((_, index) => index);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...b].entries()) {
      const swapped = (row[at] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(swapped, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};
