import { link as hardLink, lstat, open, unlink } from 'node:fs/promises';
import { besideOf } from './beside.ts';
import { fileErrorCode } from './disk-trouble.ts';

/** What disks without hard links answer. */
const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Creates a file for its owner alone, unless there is one. At every moment the path holds nothing or the whole content, but for
 * disks without hard links, where it may hold a part of it for a moment.
 * @param link the disk's own unless given
 * @returns whether it was created
 */
export const createOnce = async (path: string, content: string, link = hardLink): Promise<boolean> => {
  if (await isThere(path)) return false;
  const beside = besideOf(path);
  try {
    await writeNew(beside, content);
    return await linked(link, { beside, path, content });
  } finally {
    await unlink(beside).catch(() => undefined);
  }
};

interface Placed {
  readonly beside: string;
  readonly path: string;
  readonly content: string;
}

const linked = async (link: typeof hardLink, { beside, path, content }: Placed): Promise<boolean> => {
  try {
    await link(beside, path);
    return true;
  } catch (error) {
    const code = fileErrorCode(error) ?? '';
    // Whoever holds the lock may have taken it for a dead process's, from another machine.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    if (!noLinks.includes(code)) throw error;
    return createInPlace(path, content);
  }
};

const createInPlace = async (path: string, content: string): Promise<boolean> => {
  try {
    await writeNew(path, content);
    return true;
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false;
    await unlink(path).catch(() => undefined);
    throw error;
  }
};

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const writeNew = async (path: string, content: string): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  try {
    // The umask may have taken even our own rights away.
    await handle.chmod(0o600);
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
};
