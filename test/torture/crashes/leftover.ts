import { createHash } from 'node:crypto';
import { readState } from '../../../src/state/schema.ts';
import { comparable, withoutChance } from '../comparable-world.ts';
import { comparableState } from './comparable-state.ts';
import { readFiles } from './home.ts';
import type { Lane } from './lane.ts';

/** Stands for what a process left behind, in the world and at home: two that are alike go on alike. */
export const leftover = (lane: Lane): string =>
  createHash('sha256')
    .update(JSON.stringify(remains(lane, () => true)))
    .digest('hex');

/** What it left behind that counts: a dead lock, or a file that never came to its place, is in nobody's way. */
export const kept = (lane: Lane): unknown => remains(lane, (path) => !/\.lock|\.tmp$/.test(path));

const remains = (lane: Lane, counts: (path: string) => boolean) => ({
  world: comparable(lane.aws.simulator().world),
  home: [...readFiles(lane.home)]
    .filter(([path]) => counts(path))
    .map(([path, bytes]) => [nameless(path), normal(path, bytes)]),
});

/** Temporary files bear a process and chance in their names, rights to a dead lock its mark. */
const nameless = (path: string): string =>
  path.replace(/\.\d+\.[0-9a-f]{12}\.tmp$/, '.tmp').replace(/\.lock\.[0-9a-f]{16}/, '.lock.mark');

/** What a file at home says, without chance and time; of a lock only counts whether its holder had put a name in. */
export const normal = (path: string, bytes: Buffer): string => {
  const text = bytes.toString('utf8');
  if (path.includes('.lock')) return text === '' ? 'empty' : 'held';
  if (/^customers\/.*\.json(\.previous)?$/.test(path)) return stateText(bytes) ?? text;
  return withoutChance(text.replace(/--_NmP-[\w-]+|<[\w-]+@[\w.-]+>|^Date: .*$/gm, ''));
};

/** Undefined for what is no whole state. */
const stateText = (bytes: Buffer): string | undefined => {
  try {
    return JSON.stringify(comparableState(readState(bytes, 'acme.json', 'acme')));
  } catch {
    return undefined;
  }
};
