import { explain } from '../aws/explain.ts';
import { Cancelled } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Access, State } from '../state/state.ts';
import { type Opened, openConnection } from './open-connection.ts';

/** How long AWS may take, in ms of this machine's time. */
const patience = 10_000;

/** A connection as it is saved, and how its credentials are come by. */
export interface SavedConnection {
  readonly state: State;
  readonly access: Access;
}

interface BriefLook<T> {
  /** What the user sees meanwhile. */
  readonly saying: string;
  look(connected: Opened['connected']): Promise<T>;
  /** What comes in place of what could not be seen. */
  unseen(reason: string, advice?: readonly string[]): T;
}

/** Looks at AWS for what the command can do without: whatever is in the way is an answer, and 10 seconds are enough. */
export const brieflyAt = async <T>(
  session: Session,
  { state, access }: SavedConnection,
  { saying, look, unseen }: BriefLook<T>,
): Promise<T> => {
  const { terminal, clock, interrupt } = session;
  const looking = terminal.glimpse(saying);
  try {
    // Getting credentials may need a person; AWS's time counts from then on.
    await (await session.connect(access)).expiry();
    return await within(
      clock,
      () => unseen('AWS did not answer within 10 seconds.'),
      async (until) => look((await openConnection(session, access, { state, until })).connected),
    );
  } catch (error) {
    if (interrupt.signal.aborted) throw error;
    // Whoever leaves when asked for a code leaves the look, not the command.
    if (error instanceof Cancelled) return unseen('You were asked for credentials and left.');
    const problem = explain(error);
    if (problem) return unseen(problem.message, problem.advice);
    if (error instanceof RangeError) return unseen(error.message);
    throw error;
  } finally {
    looking.clear();
  }
};

/** A look that is given up once AWS has kept it waiting. */
const within = <T>({ alarm }: Session['clock'], late: () => T, look: (until: AbortSignal) => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const over = new AbortController();
    const silence = alarm(patience, () => {
      resolve(late());
      over.abort(new Error('AWS did not answer in time.'));
    });
    look(over.signal).then(resolve, reject).finally(silence);
  });
