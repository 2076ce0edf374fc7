import { open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { besideOf } from './beside.ts';
import { onDisk } from './disk-trouble.ts';
import { syncFolder } from './folder.ts';

/**
 * Puts a whole new content in a file's place, for its owner alone. At every moment, a power cut included, the path holds
 * either the old content or the new one. Its folder must exist.
 * @throws Problem (state) when the disk is full or not writable; the old content is still there then
 */
export const replaceFile = (path: string, content: string | Uint8Array): Promise<void> =>
  onDisk(path, async () => {
    const beside = besideOf(path);
    try {
      await writeNew(beside, content);
      await rename(beside, path);
    } catch (error) {
      await unlink(beside).catch(() => undefined);
      throw error;
    }
    await syncFolder(dirname(path));
  });

const writeNew = async (path: string, content: string | Uint8Array): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  try {
    // The umask may have taken even our own rights away.
    await handle.chmod(0o600);
    // Unlike one fs.write, this goes on after a short count and fails on a full disk.
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
};
