import type { Terminal } from '../terminal.ts';
import { wrapped } from '../wrap.ts';

/** A scene as the user knows it. */
export interface SceneTitle {
  readonly name: string;
  /** One sentence. */
  readonly title: string;
}

/** The same in a list: scenes of one family stand together. */
export interface ListedScene extends SceneTitle {
  readonly family: string;
}

const gap = 2;
/** Below this there is no room for a second column. */
const narrowest = 60;

/** The scenes below their families, names and titles in two columns; on a narrow screen each title stands below its name. */
export const scenesView = (
  scenes: readonly ListedScene[],
  { columns, style }: Pick<Terminal, 'columns' | 'style'>,
): string => {
  const longest = Math.max(0, ...scenes.map(({ name }) => name.length)) + gap;
  const below = columns < Math.max(narrowest, longest + 24);
  const line = ({ name, title }: SceneTitle): string =>
    below ? `${name}\n${wrapped(title, columns, gap)}` : name + wrapped(title, columns, longest).slice(name.length);
  const families = [...new Set(scenes.map(({ family }) => family))];
  return families
    .map((family) => {
      const members = scenes.filter((scene) => scene.family === family);
      return [style.strong(sentenceCase(family)), ...members.map(line)].join('\n');
    })
    .join('\n\n');
};

const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const scenesDocument = (scenes: readonly ListedScene[]) => ({
  schema: 'spot-cur/scenes@1',
  scenes: scenes.map(({ name, family, title }) => ({ name, family, title })),
});
