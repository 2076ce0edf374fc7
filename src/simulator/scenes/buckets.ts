import type { Scene } from './scene.ts';

export const buckets: readonly Scene[] = [];
