import { wrapped } from '../wrap.ts';

/** A scene as the user knows it. */
export interface SceneTitle {
  readonly name: string;
  /** One sentence. */
  readonly title: string;
}

const gap = 2;
/** Below this there is no room for a second column. */
const narrowest = 60;

/** The scenes in two columns, names and titles; on a narrow screen each title stands below its name. */
export const scenesView = (scenes: readonly SceneTitle[], columns: number): string => {
  const longest = Math.max(0, ...scenes.map(({ name }) => name.length)) + gap;
  const below = columns < Math.max(narrowest, longest + 24);
  return scenes
    .map(({ name, title }) => {
      if (below) return `${name}\n${wrapped(title, columns, gap)}`;
      return name + wrapped(title, columns, longest).slice(name.length);
    })
    .join('\n');
};

export const scenesDocument = (scenes: readonly SceneTitle[]) => ({
  schema: 'spot-cur/scenes@1',
  scenes: scenes.map(({ name, title }) => ({ name, title })),
});
