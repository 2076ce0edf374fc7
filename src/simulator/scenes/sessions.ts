import type { Scene } from './scene.ts';

export const sessions: readonly Scene[] = [];
