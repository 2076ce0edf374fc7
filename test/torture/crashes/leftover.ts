import { createHash } from 'node:crypto';
import { comparableState } from './comparable-state.ts';
import { comparable, withoutChance } from './comparable-world.ts';
import { readFiles } from './home.ts';
import type { Lane } from './lane.ts';

/** Stands for what a process left behind, in the world and at home: two that are alike go on alike. */
export const leftover = (lane: Lane): string => digest(lane, () => true);

/** The same of what counts: a dead lock, or a file that never came to its place, is in nobody's way. */
export const kept = (lane: Lane): string => digest(lane, (path) => !/\.lock|\.tmp$/.test(path));

const digest = (lane: Lane, counts: (path: string) => boolean): string => {
  const { world } = lane.aws.simulator();
  const home = [...readFiles(lane.home)]
    .filter(([path]) => counts(path))
    .map(([path, bytes]) => [nameless(path), normal(path, bytes)]);
  return createHash('sha256')
    .update(JSON.stringify([comparable(world), home]))
    .digest('hex');
};

/** Temporary files bear a process and chance in their names, rights to a dead lock its mark. */
const nameless = (path: string): string =>
  path.replace(/\.\d+\.[0-9a-f]{12}\.tmp$/, '.tmp').replace(/\.lock\.[0-9a-f]{16}/, '.lock.mark');

/** What a file at home says, without chance and time; of a lock only counts whether its holder had put a name in. */
export const normal = (path: string, bytes: Buffer): string => {
  const text = bytes.toString('latin1');
  if (path.includes('.lock')) return text === '' ? 'empty' : 'held';
  if (/\.json(\.previous)?$/.test(path) && path.startsWith('customers/')) return stateText(text);
  return withoutChance(text.replace(/--_NmP-[\w-]+|<[\w-]+@[\w.-]+>|^Date: .*$/gm, ''));
};

const stateText = (text: string): string => {
  try {
    return JSON.stringify(comparableState(JSON.parse(text)));
  } catch {
    return text;
  }
};
