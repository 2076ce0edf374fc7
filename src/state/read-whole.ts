import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';
import { diskTrouble, fileErrorCode, onDisk } from './disk-trouble.ts';

// Not every system has these flags. Without O_NONBLOCK, opening a pipe would wait for its writer.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a plain file; undefined when there is none.
 * @throws Problem (state) with the given advice for a symbolic link, for what is no file, and beyond `most` bytes
 */
export const readWhole = async (
  path: string,
  limit: { readonly most: number; readonly advice: readonly string[] },
): Promise<Buffer | undefined> => {
  const refuse = (what: string) => new Problem(`${quoted(path, 300)} ${what}.`, limit.advice, 'state');
  let handle: FileHandle;
  try {
    handle = await open(path, flags);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP' || code === 'EMLINK') throw refuse('is a symbolic link, which is not followed');
    // What opening a socket or a device without a driver says.
    if (code === 'ENXIO' || code === 'ENODEV') throw refuse('is not a plain file');
    if (code === 'EACCES' || code === 'EPERM') throw refuse("can't be read by you");
    throw diskTrouble(error, path);
  }
  return onDisk(path, async () => {
    try {
      const seen = await handle.stat();
      if (!seen.isFile()) throw refuse('is not a plain file');
      if (seen.size > limit.most) throw refuse(`is larger than ${limit.most / 1024 / 1024} MiB`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  });
};
