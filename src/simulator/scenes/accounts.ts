import type { Scene } from './scene.ts';

export const accounts: readonly Scene[] = [];
