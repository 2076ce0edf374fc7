import type { Scene } from './scene.ts';

export const rights: readonly Scene[] = [];
