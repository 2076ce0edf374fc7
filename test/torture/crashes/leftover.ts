import { createHash } from 'node:crypto';
import { comparable, withoutChance } from '../comparable-world.ts';
import { readFiles } from './home.ts';
import type { Lane } from './lane.ts';

/** Stands for what a process left behind, in the world and at home: two that are alike go on alike. */
export const leftover = (lane: Lane): string => {
  const { world } = lane.aws.simulator();
  const home = [...readFiles(lane.home)].map(([path, bytes]) => [nameless(path), normal(path, bytes)]);
  return createHash('sha256')
    .update(JSON.stringify([comparable(world), home]))
    .digest('hex');
};

/** Temporary files bear a process and chance in their names, rights to a dead lock its mark. */
const nameless = (path: string): string =>
  path.replace(/\.\d+\.[0-9a-f]{12}\.tmp$/, '.tmp').replace(/\.lock\.[0-9a-f]{16}/, '.lock.mark');

/** Of a lock only counts whether its holder had put a name in; of mail drafts the border between their parts is chance. */
export const normal = (path: string, bytes: Buffer): string => {
  const text = bytes.toString('latin1');
  if (path.includes('.lock')) return text === '' ? 'empty' : 'held';
  return withoutChance(
    text.replace(/"lineage": "[^"]*"/, '').replace(/--_NmP-[\w-]+|<[\w-]+@[\w.-]+>|^Date: .*$/gm, ''),
  );
};
