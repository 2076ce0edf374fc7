import { crawlerSurroundings } from './crawler-surroundings.ts';
import type { Scene } from './scene.ts';
import { stackFailures } from './stack-failures.ts';
import { stackLeftovers } from './stack-leftovers.ts';

/** Trouble around the crawler's stack. */
export const stacks: readonly Scene[] = [...stackFailures, ...stackLeftovers, ...crawlerSurroundings];
