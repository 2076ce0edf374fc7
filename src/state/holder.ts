import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import process, { kill } from 'node:process';
import * as v from 'valibot';
import { fileErrorCode } from './disk-trouble.ts';
import { samePlace, type Whereabouts } from './whereabouts.ts';

/** Who holds a lock, as its file tells. */
export interface Holder extends Whereabouts {
  /** Made at random for each lock taken. */
  readonly id: string;
  /** What it was taken for, such as "resume". */
  readonly operation: string;
  /** The user's name, or the number of one who has none. */
  readonly owner: string;
  readonly pid: number;
  /** Tells this process from an earlier one of the same number; absent where it can't be known. */
  readonly birth?: string | undefined;
  /** ISO 8601 UTC. */
  readonly time: string;
}

/** This process, as far as it takes to tell whether a holder still lives. */
export interface Beholder extends Whereabouts {
  readonly pid: number;
  alive(pid: number): boolean;
  /** What the process of that number was born as. */
  birthOf(pid: number): string | undefined;
  /** Whether a lock of this id is held by this very process. */
  holds(id: string): boolean;
}

/**
 * `alive`: held by a process that runs here. `elsewhere`: of another machine or container, of which nothing can be told from here.
 * `writing`: its holder may be about to put its name in. `stale`: its holder is gone for sure.
 */
export type Verdict = 'alive' | 'elsewhere' | 'writing' | 'stale';

const soonMs = 5_000;

const holderSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  operation: v.string(),
  owner: v.string(),
  host: v.string(),
  // Locks of before 0.2 lack the next two.
  machine: v.optional(v.string()),
  pidSpace: v.optional(v.string()),
  // Zero and below would ask about process groups.
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  bootId: v.optional(v.string()),
  birth: v.optional(v.string()),
  time: v.string(),
});

/** Undefined for what is empty, half-written or not a lock of ours. */
export const readHolder = (text: string): Holder | undefined => {
  try {
    const result = v.safeParse(holderSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
};

/** Judges a lock file that nobody has put a name in, by its age on the clock of its disk. */
export const judgeNameless = (ageMs: number): Verdict => (Math.abs(ageMs) < soonMs ? 'writing' : 'stale');

/** Judges a lock file. A holder in another place is never taken for gone, since nothing here can tell. */
export const judge = (holder: Holder, me: Beholder): Verdict => {
  if (!samePlace(holder, me)) return 'elsewhere';
  // Only of a machine that is known to be this one does another boot say that it was started anew.
  if (holder.bootId !== undefined && me.bootId !== undefined && holder.bootId !== me.bootId)
    return me.machine === undefined ? 'elsewhere' : 'stale';
  // In containers each run has the same pid: ours then, but from an earlier life.
  if (holder.pid === me.pid) return me.holds(holder.id) ? 'alive' : 'stale';
  if (!me.alive(holder.pid)) return 'stale';
  // The number may have passed to another program since.
  const birth = me.birthOf(holder.pid);
  return birth !== undefined && holder.birth !== undefined && birth !== holder.birth ? 'stale' : 'alive';
};

/** Whether a process of this machine lives. One that belongs to somebody else does. */
export const processLives = (pid: number): boolean => {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return fileErrorCode(error) !== 'ESRCH';
  }
};

/** When Linux started a process, in ticks since the machine was (proc(5), field 22 of stat); undefined elsewhere. */
export const birthOf = (pid: number): string | undefined => {
  try {
    // The second field is the program's name in brackets, which may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
  } catch {
    return undefined;
  }
};

/** The user's name; a number where the machine's list has no name for it, as in containers. */
export const thisUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
};
