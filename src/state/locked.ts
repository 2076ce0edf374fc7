import { Problem } from '../errors.ts';
import { printable, quoted, shellWord } from '../text.ts';
import type { Holder, Verdict } from './holder.ts';

/** Who reads what is told of a holder: on which host, and how a time in ms is worded there. */
export interface Reader {
  readonly host: string;
  when(time: number): string;
}

/** What a lock is wanted for. */
export interface Purpose {
  /** The command, such as "resume". */
  readonly operation: string;
  readonly customer: string;
}

/** What the commands are called that can end a lock with `--force-unlock`. */
const unlocking = ['setup', 'resume', 'remove'];

/** Who holds a lock, as a clause: what for, who, where and since when. */
export const holderText = (holder: Holder, verdict: Verdict, { host: here, when }: Reader): string => {
  const { operation, owner, host, pid, time } = holder;
  const began = Date.parse(time);
  const since = Number.isNaN(began) ? printable(time).slice(0, 40) : when(began);
  const elsewhere = host === here ? ' (another container, or another machine of this name)' : '';
  const where = verdict === 'alive' ? 'on this machine' : `on ${quoted(host)}${elsewhere}`;
  return `${quoted(operation)} by ${quoted(owner)} ${where}, process ${pid}, since ${since}`;
};

/** The refusal of a run that waited for the lock at `path` in vain. */
export const locked = (
  path: string,
  { operation, customer }: Purpose,
  { holder, verdict }: { readonly holder: Holder | undefined; readonly verdict: Verdict },
  reader: Reader,
): Problem => {
  if (!holder)
    return new Problem(
      `Another run is just taking the lock ${quoted(path, 300)}.`,
      [`Wait a moment and run the same command again. If that does not help: rm ${shellWord(path)}`],
      'locked',
    );
  const again = 'run the same command again.';
  const command = unlocking.includes(operation) ? 'the same command with' : `spot-cur resume ${customer}`;
  const advice =
    verdict === 'alive'
      ? [`Wait until it has ended and ${again}`, `Or end it, and its lock is taken over at once: kill ${holder.pid}`]
      : [
          `Wait until it has ended there, or end it, and ${again}`,
          `Only if you are sure that it runs no more on ${quoted(holder.host)}: ${command} --force-unlock ${holder.id}`,
        ];
  return new Problem(
    `Another run is at the connection ${customer}: ${holderText(holder, verdict, reader)}.`,
    advice,
    'locked',
  );
};

/** The refusal of a save whose run has lost its lock to somebody else. */
export const lockLost = (customer: string): Problem =>
  new Problem(
    `The lock of this run was ended by somebody else, so it stops here: two runs must not write to the connection ${customer} at once.`,
    [`Once the other run has ended, go on: spot-cur resume ${customer}`],
    'locked',
  );
