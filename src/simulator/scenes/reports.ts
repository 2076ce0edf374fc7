import type { Scene } from './scene.ts';

export const reports: readonly Scene[] = [];
