import { open, unlink } from 'node:fs/promises';
import { besideOf } from './beside.ts';

/**
 * How many ms ago a file was written, by the clock of its own disk: a server's, which may be far from this machine's. Negative
 * where that clock was set back since. Makes a file beside it for a moment.
 */
export const ageOf = async (path: string, writtenMs: number): Promise<number> => {
  const beside = besideOf(path);
  const handle = await open(beside, 'wx', 0o600);
  try {
    return (await handle.stat()).mtimeMs - writtenMs;
  } finally {
    await handle.close();
    await unlink(beside).catch(() => undefined);
  }
};
