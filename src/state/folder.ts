import { chmod, lstat, mkdir, open, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import process from 'node:process';
import { Problem } from '../errors.ts';
import { quoted, shellWord } from '../text.ts';
import { diskTrouble, fileErrorCode } from './disk-trouble.ts';

const writableByOthers = 0o022;
/** Whoever is root reads and writes everything anyway. */
const root = 0;

/**
 * Whether these folders, outermost first, are all there.
 * @throws Problem (state) for a symbolic link, for what is no folder, and for one that is somebody else's or in which others could
 * swap our files
 */
export const foldersExist = async (folders: readonly string[]): Promise<boolean> => {
  for (const folder of folders) if (!(await folderExists(folder))) return false;
  return true;
};

/** Makes the folders that are missing, outermost first, for their owner alone. @throws as foldersExist does */
export const makeFolders = async (folders: readonly string[]): Promise<void> => {
  for (const folder of folders) {
    if (await folderExists(folder)) continue;
    try {
      await makeParents(dirname(folder));
      await mkdir(folder, { mode: 0o700 }).catch(unlessThere);
      // The umask may have taken even our own rights away.
      await chmod(folder, 0o700);
      await syncFolder(dirname(folder));
    } catch (error) {
      throw diskTrouble(error, folder);
    }
  }
};

/** One level at a time: a recursive mkdir never returns where the kernel says ENOENT to a folder that is there, as in /proc. */
const makeParents = async (folder: string): Promise<void> => {
  if (folder === dirname(folder)) return;
  const there = await stat(folder).catch((error: unknown) => {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
  });
  if (there) return;
  await makeParents(dirname(folder));
  await mkdir(folder).catch(unlessThere);
};

/** Another run may have made it in the meantime. */
const unlessThere = (error: unknown): void => {
  if (fileErrorCode(error) !== 'EEXIST') throw error;
};

/** Makes what was created or renamed in a folder survive a power cut. */
export const syncFolder = async (folder: string): Promise<void> => {
  // Windows can't open folders, and a parent may be closed to reading; neither makes a save fail.
  const handle = await open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  try {
    await handle.sync();
  } catch (error) {
    // Some network and virtual disks know no fsync of a folder.
    if (!['EINVAL', 'ENOTSUP', 'EPERM'].includes(fileErrorCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
};

const folderExists = async (folder: string): Promise<boolean> => {
  const seen = await lstat(folder).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw diskTrouble(error, folder);
  });
  if (!seen) return false;
  const name = quoted(folder, 300);
  if (seen.isSymbolicLink()) {
    throw new Problem(
      `${name} is a symbolic link. The state isn't kept behind one, because a link can be turned elsewhere.`,
      ['Name the real folder with --home, or replace the link by a folder.'],
      'state',
    );
  }
  if (!seen.isDirectory()) {
    throw new Problem(`${name} is not a folder.`, ['Move it away, or choose another folder with --home.'], 'state');
  }
  // Windows has no numbers for users.
  const { getuid } = process;
  const me = getuid?.();
  if (me !== undefined && seen.uid !== me && seen.uid !== root) throw notOurs(folder, seen.uid, me);
  // Windows reports made-up modes.
  if (platform() !== 'win32' && seen.mode & writableByOthers) {
    throw new Problem(
      `Others on this machine can write to ${name}, so what is kept there can't be trusted.`,
      [`Run: chmod 700 ${shellWord(folder)}`],
      'state',
    );
  }
  return true;
};

/** Root is refused as well: a folder's owner must not lead root's run, nor find files of root's in it afterwards. */
const notOurs = (folder: string, owner: number, me: number): Problem => {
  const mine = `chown -R ${me} ${shellWord(folder)}`;
  return new Problem(
    `${quoted(folder, 300)} belongs to another user (uid ${owner}) than this run (uid ${me}), so what is kept there can't be trusted.`,
    [
      ...(me === root ? [`Run the same command as that user, without sudo or with: sudo -u '#${owner}'`] : []),
      'Choose a folder of your own with --home.',
      `Or, if you trust what is in it, make it yours: ${me === root ? mine : `sudo ${mine}`}`,
    ],
    'state',
  );
};
