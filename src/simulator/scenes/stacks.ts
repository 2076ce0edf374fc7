import type { Scene } from './scene.ts';

export const stacks: readonly Scene[] = [];
