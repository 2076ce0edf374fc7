import { open } from 'node:fs/promises';
import { Problem } from './errors.ts';
import { quoted } from './text.ts';

/**
 * Reads a file that the user names. `what` is how messages call it.
 * @throws Problem (usage) when it is not there, can't be read or is larger than `most` bytes
 */
export const readNamedFile = async (path: string, what: string, most: number, advice: string): Promise<Buffer> => {
  const refuse = (why: string) =>
    new Problem(`The ${what} ${quoted(path, 300)} can't be used: ${why}.`, [advice], 'usage');
  const bytes = await readAtMost(path, most).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? 'there is no such file' : `it can't be read (${error.code})`);
  });
  if (!bytes) throw refuse(`it is larger than ${most / 1024 / 1024} MiB`);
  return bytes;
};

/** Pipes and devices, which have no size, among it; undefined beyond `most` bytes. */
const readAtMost = async (path: string, most: number): Promise<Buffer | undefined> => {
  const handle = await open(path);
  try {
    const parts: Buffer[] = [];
    for (let length = 0; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, null);
      if (bytesRead === 0) return Buffer.concat(parts);
      length += bytesRead;
      if (length > most) return undefined;
      parts.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
};
