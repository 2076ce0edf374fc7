import { Problem } from '../errors.ts';
import type { Session } from '../session.ts';
import type { HeldLock, Lock } from '../state/state.ts';
import { wrapped } from '../terminal/wrap.ts';
import { quoted } from '../text.ts';

/** What --force-unlock says: the id of a lock, or true where it stands alone. */
export type ForceUnlock = string | true;

/**
 * Takes a customer's lock, once one that stands in the way has been ended where that is wished for.
 * @throws Problem (locked) when another run holds it, and when its lock is not to be ended
 */
export const takeLock = async (
  session: Session,
  customer: string,
  operation: string,
  forced: ForceUnlock | undefined,
): Promise<Lock> => {
  if (forced !== undefined) await forceUnlock(session, customer, forced);
  return session.store.lock(customer, operation);
};

const forceUnlock = async ({ store, terminal }: Session, customer: string, forced: ForceUnlock): Promise<void> => {
  const say = (text: string) => terminal.say(wrapped(text, terminal.columns));
  const lock = await store.holder(customer);
  if (!lock) return say(`Nobody holds the lock of ${customer}: there is nothing to unlock.`);
  // That of a run that is gone is taken over by itself.
  if (lock.standing === 'stale') return;
  if (forced !== true && forced !== lock.id) throw another(customer, lock, forced);
  if (!terminal.interactive) refuseUnattended(customer, lock, forced);
  else if (!(await agreed({ terminal }, customer, lock, say)))
    throw new Problem(
      `The lock of ${customer} is left as it is, and nothing was done.`,
      ['Wait until the other run has ended and run the same command again.'],
      'locked',
    );
  const ended = await store.unlock(customer, lock.id);
  say(ended ? `The lock was ended: ${lock.told}.` : 'The lock has gone by itself meanwhile.');
};

const agreed = (
  { terminal }: Pick<Session, 'terminal'>,
  customer: string,
  lock: HeldLock,
  say: (text: string) => void,
): Promise<boolean> => {
  say(`The lock of ${customer} is held: ${lock.told}.`);
  say(
    lock.standing === 'alive'
      ? `${terminal.style.warning('!')} Process ${lock.pid} runs on this machine right now. If its lock is ended it may still finish the write to AWS that it is at; it saves nothing more after that. To end the process instead: kill ${lock.pid}`
      : `${terminal.style.warning('!')} Whether it still runs on ${quoted(lock.host)} can't be told from here. Should it run, it may still finish the write to AWS that it is at; it saves nothing more after that.`,
  );
  return terminal.confirm({ id: 'force-unlock', message: 'End this lock and go on?', proposal: false });
};

/** Where nobody can be asked, the id says that this very lock is meant, and a run that lives is never cut off. */
const refuseUnattended = (customer: string, { id, pid, told, standing }: HeldLock, forced: ForceUnlock): void => {
  if (standing === 'alive')
    throw new Problem(
      `The lock of ${customer} belongs to a process that runs on this machine, so it is not ended unattended: ${told}.`,
      [
        `End the process, and its lock is taken over at once: kill ${pid}`,
        'Or run the same command at a terminal, where you are asked.',
      ],
      'locked',
    );
  if (forced === true)
    throw new Problem(
      `--force-unlock needs the id of the lock where nobody can be asked. It is held: ${told}.`,
      [`Only if you are sure that it runs no more: --force-unlock ${id}`],
      'usage',
    );
};

const another = (customer: string, { id, told }: HeldLock, meant: string): Problem =>
  new Problem(
    `The lock ${meant} of ${customer} has gone, and there is another one now: ${told}.`,
    ['Wait until it has ended and run the same command again.', `Its id is ${id}.`],
    'locked',
  );
