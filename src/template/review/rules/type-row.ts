import type { Level } from '../findings.ts';

/** Which types a row is about, and what is said of them; % stands for the logical id. */
export type TypeRow = readonly [type: RegExp, rule: string, level: Level, title: string, advice: string];
