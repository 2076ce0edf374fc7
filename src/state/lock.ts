import { createHash, randomUUID } from 'node:crypto';
import { lstat, unlink } from 'node:fs/promises';
import { Problem } from '../errors.ts';
import { json, printable, quoted, shellWord } from '../text.ts';
import { createOnce } from './create-once.ts';
import { diskTrouble, fileErrorCode, onDisk } from './disk-trouble.ts';
import { type Beholder, type Holder, judge, processLives, readHolder, thisBoot, type Verdict } from './holder.ts';
import { readWhole } from './read-whole.ts';
import type { Lock } from './state.ts';

/** What a lock has to know of the world. `alive` and `bootId` are this machine's own unless given. */
export interface LockFacts {
  readonly pid: number;
  readonly host: string;
  readonly now: () => number;
  sleep(ms: number): Promise<void>;
  readonly bootId?: string | undefined;
  readonly alive?: (pid: number) => boolean;
}

const patienceMs = 3_000;
const pollMs = 100;
/** The ids of the locks that this process holds, which no file can tell for sure. */
const held = new Set<string>();

/**
 * Takes the lock file at `path`, whose folder must exist; at once when its holder is dead, after up to 3 s when it lives.
 * @throws Problem (locked) that names the living holder and what to do
 */
export const takeLock = async (path: string, command: string, facts: LockFacts): Promise<Lock> => {
  for (let waitedMs = 0; ; ) {
    const lock = await tryLock(path, command, facts);
    if (lock) return lock;
    const seen = await look(path, facts);
    if (!seen) continue;
    if (seen.verdict === 'stale' && (await takeAway(path, path, seen, facts))) continue;
    if (waitedMs >= patienceMs) throw locked(path, seen.holder);
    await facts.sleep(pollMs);
    waitedMs += pollMs;
  }
};

const tryLock = async (path: string, command: string, facts: LockFacts): Promise<Lock | undefined> => {
  const id = randomUUID();
  const bootId = facts.bootId ?? thisBoot();
  const time = new Date(facts.now()).toISOString();
  const holder: Holder = { id, pid: facts.pid, host: facts.host, bootId, time, command: printable(command) };
  held.add(id);
  try {
    if (!(await createOnce(path, `${json(holder)}\n`))) {
      held.delete(id);
      return undefined;
    }
  } catch (error) {
    held.delete(id);
    throw diskTrouble(error, path);
  }
  // A machine that slept between opening and writing may have been taken for dead meanwhile.
  if ((await look(path, facts))?.holder?.id === id) return { release: () => release(path, id) };
  held.delete(id);
  return undefined;
};

/** What the disk won't let go of is a dead lock as soon as this process has ended: no reason to fail, least of all in place of another. */
const release = async (path: string, id: string): Promise<void> => {
  if (!held.has(id)) return;
  held.delete(id);
  const text = await read(path).catch(() => undefined);
  if (readHolder(text?.toString('utf8') ?? '')?.id === id) await unlink(path).catch(() => undefined);
};

const read = (path: string) =>
  readWhole(path, { most: 64 * 1024, advice: [`It is no lock of spot-cur. Remove it: rm ${shellWord(path)}`] });

interface Sight {
  readonly holder: Holder | undefined;
  readonly verdict: Verdict;
  /** Tells this very lock file from one that takes its place. */
  readonly mark: string;
}

const look = async (path: string, facts: LockFacts): Promise<Sight | undefined> => {
  try {
    const [bytes, { ino, mtimeMs }] = await Promise.all([read(path), lstat(path)]);
    if (!bytes) return undefined;
    const text = bytes.toString('utf8');
    const holder = readHolder(text);
    const me: Beholder = {
      pid: facts.pid,
      host: facts.host,
      bootId: facts.bootId ?? thisBoot(),
      alive: facts.alive ?? processLives,
      holds: (id) => held.has(id),
    };
    const mark = createHash('sha256').update(`${ino} ${mtimeMs} ${text}`).digest('hex').slice(0, 16);
    return { holder, verdict: judge(holder, facts.now() - mtimeMs, me), mark };
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw diskTrouble(error, path);
  }
};

/**
 * Removes the dead lock that was seen at `path`, and no other that has taken its place since. Among several takers only
 * the one that creates the file named after this very lock may remove it, and nobody else does. A taker that died at it
 * leaves a dead lock of the same kind, which is taken away the same way. False: another taker is at it.
 */
const takeAway = async (path: string, root: string, seen: Sight, facts: LockFacts): Promise<boolean> => {
  const right = `${root}.${seen.mark}`;
  const mine = await tryLock(right, 'take over a dead lock', facts);
  if (!mine) {
    const other = await look(right, facts);
    if (!other) return true;
    return other.verdict === 'stale' && (await takeAway(right, root, other, facts));
  }
  try {
    const now = await look(path, facts);
    if (now?.mark === seen.mark) await onDisk(path, () => unlink(path));
  } finally {
    await mine.release();
  }
  return true;
};

const locked = (path: string, holder: Holder | undefined): Problem =>
  new Problem(
    holder
      ? `Another run is at this connection: ${quoted(holder.command)}, process ${holder.pid} on ${quoted(holder.host)}, since ${printable(holder.time)}.`
      : `Another run is just taking the lock ${quoted(path, 300)}.`,
    [
      'Wait until it has ended, or end it, and run the same command again.',
      `Only if you are sure that it runs no more: rm ${shellWord(path)}`,
    ],
    'locked',
  );
