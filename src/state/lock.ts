import { createHash, randomUUID } from 'node:crypto';
import { lstat, unlink } from 'node:fs/promises';
import { json, printable, shellWord } from '../text.ts';
import { ageOf } from './age.ts';
import { createOnce } from './create-once.ts';
import { diskTrouble, fileErrorCode, onDisk } from './disk-trouble.ts';
import {
  type Beholder,
  birthOf,
  type Holder,
  judge,
  judgeNameless,
  processLives,
  readHolder,
  thisUser,
  type Verdict,
} from './holder.ts';
import { locked, type Purpose } from './locked.ts';
import { readWhole } from './read-whole.ts';
import type { Lock } from './state.ts';
import { type Whereabouts, whereabouts } from './whereabouts.ts';

/** What a lock has to know of the world. What may be left away is this process's own then. */
export interface LockFacts extends Whereabouts {
  readonly pid: number;
  readonly now: () => number;
  sleep(ms: number): Promise<void>;
  /** Words a time in ms for the user. */
  when(time: number): string;
  readonly owner?: string;
  readonly alive?: (pid: number) => boolean;
  readonly birthOf?: (pid: number) => string | undefined;
}

/** A lock that this process has taken. */
export interface TakenLock extends Lock {
  /** False once somebody else has ended it. */
  stands(): Promise<boolean>;
}

const patienceMs = 3_000;
const pollMs = 100;
/** The ids of the locks that this process holds, which no file can tell for sure. */
const held = new Set<string>();

/**
 * Takes the lock file at `path`, whose folder must exist; at once when its holder is dead, after up to 3 s when it lives.
 * @throws Problem (locked) that names the living holder and what to do
 */
export const takeLock = async (path: string, purpose: Purpose, facts: LockFacts): Promise<TakenLock> => {
  for (let waitedMs = 0; ; ) {
    const lock = await tryLock(path, purpose.operation, facts);
    if (lock) return lock;
    const seen = await look(path, facts);
    if (!seen) continue;
    if (seen.verdict === 'stale' && (await takeAway(path, path, seen, facts))) continue;
    // Whoever is just putting a name in can be named in a moment.
    if (waitedMs >= (seen.verdict === 'writing' ? 2 : 1) * patienceMs) throw locked(path, purpose, seen, facts);
    await facts.sleep(pollMs);
    waitedMs += pollMs;
  }
};

/** Who holds the lock file at `path`, and whether they are still there; undefined when nobody has put a name in. */
export const lookAtLock = async (
  path: string,
  facts: LockFacts,
): Promise<{ readonly holder: Holder; readonly verdict: Verdict } | undefined> => {
  const seen = await look(path, facts);
  return seen?.holder && { holder: seen.holder, verdict: seen.verdict };
};

/** Ends the lock at `path` if it is the one that is meant, whoever holds it. @returns whether it was there */
export const endLock = async (path: string, meant: (holder: Holder) => boolean, facts: LockFacts): Promise<boolean> => {
  const seen = await look(path, facts);
  return seen?.holder !== undefined && meant(seen.holder) && takeAway(path, path, seen, facts);
};

const tryLock = async (path: string, operation: string, facts: LockFacts): Promise<TakenLock | undefined> => {
  const id = randomUUID();
  const { pid } = facts;
  const holder: Holder = {
    id,
    operation: printable(operation),
    owner: printable(facts.owner ?? thisUser()),
    pid,
    ...whereabouts(facts),
    birth: (facts.birthOf ?? birthOf)(pid),
    time: new Date(facts.now()).toISOString(),
  };
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
  const stands = async () => (await look(path, facts))?.holder?.id === id;
  const taken = { stands, release: () => release(path, id) };
  try {
    if (await stands()) return taken;
  } catch (error) {
    // What could not be read is not held, or this process would be in its own way.
    await taken.release();
    throw error;
  }
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
      ...whereabouts(facts),
      alive: facts.alive ?? processLives,
      birthOf: facts.birthOf ?? birthOf,
      holds: (id) => held.has(id),
    };
    const mark = createHash('sha256').update(`${ino} ${mtimeMs} ${text}`).digest('hex').slice(0, 16);
    return { holder, verdict: holder ? judge(holder, me) : judgeNameless(await ageOf(path, mtimeMs)), mark };
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
