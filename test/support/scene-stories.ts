import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Scene } from '../../src/simulator/scenes/scene.ts';

/** What a test has done so far: which scenes it has played, and of which screens it has shown that they are right. */
interface Evidence {
  readonly played: Set<string>;
  readonly shown: Set<string>;
}

/** By test file and test. */
const evidence = new Map<string, Map<string, Evidence>>();

const ofFile = (): Map<string, Evidence> => {
  const { testPath = '' } = expect.getState();
  const known = evidence.get(testPath) ?? new Map<string, Evidence>();
  evidence.set(testPath, known);
  return known;
};

const ofTest = (): Evidence => {
  const { currentTestName = '' } = expect.getState();
  const known = ofFile().get(currentTestName) ?? { played: new Set(), shown: new Set() };
  ofFile().set(currentTestName, known);
  return known;
};

/** Takes down that the test that runs plays a scene. */
export const plays = (scene: string): void => void ofTest().played.add(scene);

/** Where the screens of scenes lie. */
export const screens = join(import.meta.dirname, '../stories/scenes/screens');

/** A screen is what its file says; the one that bears a scene's name shows that scene. */
export const shows = async (name: string, screen: string): Promise<void> => {
  // A screen that is wrong fails the test that shows it, and not the last one as well.
  ofTest().shown.add(name);
  await expect(screen).toMatchFileSnapshot(join(screens, `${name}.txt`));
};

/** Those of the scenes that no test has both played and shown. */
export const untold = (scenes: readonly string[], tests: Iterable<Evidence>): readonly string[] => {
  const told = new Set([...tests].flatMap(({ played, shown }) => [...played].filter((scene) => shown.has(scene))));
  return scenes.filter((scene) => !told.has(scene));
};

/** The last test of a file of stories: they have told each scene of a family. */
export const tells = (family: readonly Scene[]): void => {
  test('each scene of the family has its story', () => {
    const names = family.map(({ name }) => name);
    expect(untold(names, ofFile().values()), 'scenes that no story of this file plays and shows').toEqual([]);
  });
};
