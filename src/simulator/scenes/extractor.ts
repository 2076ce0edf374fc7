import type { Scene } from './scene.ts';

export const extractor: readonly Scene[] = [];
