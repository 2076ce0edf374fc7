import { setMaxListeners } from 'node:events';
import type { Aws } from '../aws/aws.ts';
import { explain } from '../aws/explain.ts';
import type { Clock } from '../clock.ts';
import { Cancelled } from '../errors.ts';

/** What a look did not bring. */
export interface Unseen {
  readonly known: false;
  /** One sentence or more. */
  readonly reason: string;
  /** True when AWS denied it, which tells something of the caller's rights. */
  readonly denied: boolean;
  /** True when the credentials had ended by then: whoever looks next is told what renews them. */
  readonly ended?: boolean | undefined;
}

/** What a look brought. */
export type Sight<T> = { readonly known: true; readonly value: T } | Unseen;

/** Looks that nothing depends on. */
export interface Looks {
  /** Looks once. Whatever comes in between is an answer of its own. @throws Cancelled when the user wants to leave */
  look<T>(read: (aws: Aws) => Promise<T>): Promise<Sight<T>>;
  /** Waits for a look for half as long, so that others can be made without it. The look itself goes on. */
  soon<T>(sight: Promise<Sight<T>>): Promise<Sight<T>>;
}

/** How long all looks together may take, in ms of this machine's time. */
const patience = 5_000;

const tooLate: Unseen = { known: false, reason: 'AWS took too long to answer.', denied: false };
const late: Unseen = { known: false, reason: 'AWS did not answer within 5 seconds.', denied: false };

/** Looks that are cut off once AWS has kept them waiting: they all end within five seconds from now. */
export const impatientLooks = (
  { lookingUntil }: { lookingUntil(signal: AbortSignal): Aws },
  clock: Pick<Clock, 'now' | 'ahead' | 'alarm'>,
): Looks => {
  const over = new AbortController();
  // Every request under way listens.
  setMaxListeners(0, over.signal);
  const aws = lookingUntil(over.signal);
  // What AWS's answers tell of its time, wrong as one of them may be, moves the clock and not the patience.
  const machineTime = () => clock.now() - clock.ahead();
  const until = machineTime() + patience;
  const look = <T>(read: (aws: Aws) => Promise<T>): Promise<Sight<T>> =>
    new Promise((resolve, reject) => {
      const giveUp = () => {
        resolve(late);
        over.abort(new Error('AWS did not answer in time.'));
      };
      if (over.signal.aborted) return giveUp();
      const silence = clock.alarm(Math.max(0, until - machineTime()), giveUp);
      read(aws)
        .finally(silence)
        .then((value) => resolve({ known: true, value }))
        .catch((thrown) =>
          thrown instanceof Cancelled ? reject(thrown) : resolve(over.signal.aborted ? late : unseen(thrown)),
        );
    });
  const soon = <T>(sight: Promise<Sight<T>>): Promise<Sight<T>> =>
    new Promise((resolve, reject) => {
      const silence = clock.alarm(patience / 2, () => resolve(tooLate));
      sight.then(resolve, reject).finally(silence);
    });
  return { look, soon };
};

/** An answer that is in no form that AWS gives can fail anywhere while it is read, so nothing else is thrown on. */
const unseen = (thrown: unknown): Unseen => {
  const problem = explain(thrown);
  return {
    known: false,
    reason: problem?.message ?? 'The answer is in no form that AWS gives.',
    denied: problem?.code === 'denied',
    ...(problem?.code === 'credentials' && { ended: true }),
  };
};
