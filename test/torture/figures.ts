import { appendFileSync } from 'node:fs';
import { env } from 'node:process';

/** The rows of the table; `run.js` knows how many of each have to be tried. */
export type Row =
  | 'crash points'
  | 'crash points of a removal'
  | 'moments of a save'
  | 'faults'
  | 'faults of the disk'
  | 'random runs'
  | 'damaged states'
  | 'concurrent processes';

/** One thing that was tried, told to the table. `good`: it was survived, explained, or nothing was lost. */
export const count = (row: Row, good: boolean): void => {
  // One short line is appended whole, whichever of several processes does it.
  if (env.TORTURE_FIGURES) appendFileSync(env.TORTURE_FIGURES, `${JSON.stringify({ row, good })}\n`);
};

/** Tries something and counts whether it went well; what it threw is thrown on. */
export const counted = async <T>(row: Row, attempt: () => Promise<T>): Promise<T> => {
  try {
    const result = await attempt();
    count(row, true);
    return result;
  } catch (error) {
    count(row, false);
    throw error;
  }
};

/** How much is tried, as `npm run torture` was asked. */
export const effort = {
  /** True in CI: every call and every kind of trouble, but not each with each. */
  bounded: env.TORTURE_BOUNDED === 'true',
  /** How many random runs. */
  runs: Number(env.TORTURE_RUNS ?? 300),
  /** Of the random choices; the same seed makes the same ones. */
  seed: Number(env.TORTURE_SEED ?? 1),
} as const;
