import { readFile } from 'node:fs/promises';
import { Problem } from './errors.ts';
import { quoted } from './text.ts';

/**
 * Reads a file that the user names. `what` is how messages call it.
 * @throws Problem (usage) when it is not there, can't be read or is larger than `most` bytes
 */
export const readNamedFile = async (path: string, what: string, most: number, advice: string): Promise<Buffer> => {
  const refuse = (why: string) =>
    new Problem(`The ${what} ${quoted(path, 300)} can't be used: ${why}.`, [advice], 'usage');
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? 'there is no such file' : `it can't be read (${error.code})`);
  });
  if (bytes.length > most) throw refuse(`it is larger than ${most / 1024 / 1024} MiB`);
  return bytes;
};
