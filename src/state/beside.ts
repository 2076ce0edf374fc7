import { randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pid } from 'node:process';
import { processLives } from './holder.ts';

/** Where what is to come to a path is written first: in its folder, hidden, and named after the process that is at it. */
export const besideOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${pid}.${randomBytes(6).toString('hex')}.tmp`);

const written = /^\.(.+)\.(\d+)\.[0-9a-f]{12}\.tmp$/;

/**
 * Removes what dead processes have left beside files whose names begin like this. Only for whoever holds the lock on them; what
 * can't be removed stays, and does no harm.
 */
export const sweepBeside = async (folder: string, start: string): Promise<void> => {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, file = '', process] = written.exec(name) ?? [];
    if (process === undefined || !file.startsWith(start)) continue;
    // In containers each run has the same number: what bears it is from an earlier life.
    if (Number(process) === pid || !processLives(Number(process)))
      await unlink(join(folder, name)).catch(() => undefined);
  }
};
