import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';

const reasons: Readonly<Record<string, readonly [reason: string, advice: string]>> = {
  EACCES: ['is not writable for you', 'Make it yours, or choose another folder with --home.'],
  EPERM: ['is not writable for you', 'Make it yours, or choose another folder with --home.'],
  EROFS: ['lies on a read-only disk', 'Choose another folder with --home.'],
  ENOSPC: ['lies on a full disk', 'Make room and run the same command again; nothing was lost.'],
  EDQUOT: [
    'lies on a disk on which your quota is used up',
    'Make room and run the same command again; nothing was lost.',
  ],
  ENOTDIR: ['leads through something that is not a folder', 'Choose another folder with --home.'],
  ENOENT: ['can not be made there', 'Choose another folder with --home.'],
  EIO: ['lies on a disk that fails', 'Choose another folder with --home, on a sound disk.'],
  ESTALE: ['lies on a network disk that has gone', 'Have it mounted again and run the same command again.'],
  ETIMEDOUT: ['lies on a network disk that does not answer', 'Have it mounted again and run the same command again.'],
  ENODEV: ['lies on a disk that has gone', 'Choose another folder with --home, on a sound disk.'],
  ENXIO: ['lies on a disk that has gone', 'Choose another folder with --home, on a sound disk.'],
  EBUSY: ['is in use by another program', 'End what uses it and run the same command again.'],
  EFBIG: [
    'may not grow any larger',
    'Raise the limit on the size of files (ulimit -f) and run the same command again.',
  ],
  EMFILE: [
    'can not be opened: this machine has too many files open',
    'Close some programs and run the same command again.',
  ],
  ENFILE: [
    'can not be opened: this machine has too many files open',
    'Close some programs and run the same command again.',
  ],
  ENAMETOOLONG: ['has too long a name for its disk', 'Choose another folder with --home.'],
  EISDIR: ['is a folder where a file belongs', 'Move it away, or choose another folder with --home.'],
};

/** Node's name of what went wrong with a file, such as ENOENT. */
export const fileErrorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Trouble with the disk that the user can mend becomes a Problem (state); all else is given back as it is. */
export const diskTrouble = (error: unknown, path: string): unknown => {
  const known = reasons[fileErrorCode(error) ?? ''];
  return known ? new Problem(`${quoted(path, 300)} ${known[0]}.`, [known[1]], 'state') : error;
};

/** Does something with a file. @throws what diskTrouble makes of an error */
export const onDisk = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw diskTrouble(error, path);
  }
};
