import { explain } from '../aws/explain.ts';
import { Cancelled } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Access, State } from '../state/state.ts';
import { type ChangedFile, changedFile, changedFileTexts } from '../steps/athena/changed-file.ts';
import type { ComposedMessage } from '../steps/athena/compose.ts';
import { findCrawlerStack, findDeliveredFile, isMade } from '../steps/athena/crawler-file.ts';
import type { Delivery } from '../terminal/views/handover.ts';
import { openConnection } from './open-connection.ts';

/** How long AWS may take, in ms of this machine's time. */
const patience = 10_000;

/** Whether AWS still delivers the file that is attached. That this can't be told is an answer, as the message is there. */
export const lookAtDelivery = async (
  session: Session,
  { state, access }: { readonly state: State; readonly access: Access },
  { settings, message }: ComposedMessage,
): Promise<Delivery> => {
  const { terminal, clock, interrupt } = session;
  const looking = terminal.glimpse('Looking whether AWS still delivers the attached file …');
  try {
    // Getting credentials may need a person; AWS's time counts from then on.
    await (await session.connect(access)).expiry();
    return await within(clock, async (until) => {
      const { aws } = (await openConnection(session, access, { state, until })).connected;
      const delivered = await findDeliveredFile(aws, settings);
      if (!delivered) return unknown('It is not in the bucket any more.');
      const changed = changedFile(message.attachment.content, delivered);
      return changed
        ? changedDelivery(changed, settings, isMade(await findCrawlerStack(aws, settings)))
        : { kind: 'same' };
    });
  } catch (error) {
    if (interrupt.signal.aborted) throw error;
    // Whoever leaves when asked for a code leaves the look, not the message.
    if (error instanceof Cancelled) return unknown('You were asked for credentials and left.');
    const problem = explain(error);
    if (problem) return unknown(problem.message, problem.advice);
    if (error instanceof RangeError) return unknown(error.message);
    throw error;
  } finally {
    looking.clear();
  }
};

/** A look that is given up once AWS has kept it waiting. */
const within = ({ alarm }: Session['clock'], look: (until: AbortSignal) => Promise<Delivery>): Promise<Delivery> =>
  new Promise((resolve, reject) => {
    const over = new AbortController();
    const silence = alarm(patience, () => {
      resolve(unknown('AWS did not answer within 10 seconds.'));
      over.abort(new Error('AWS did not answer in time.'));
    });
    look(over.signal).then(resolve, reject).finally(silence);
  });

/** What it means for this connection that AWS delivers another file. */
export const changedDelivery = (
  changed: ChangedFile,
  { customer, 'stack-name': stackName }: { readonly customer: string; readonly 'stack-name': string },
  stackStands: boolean,
): Delivery => ({
  kind: 'changed',
  sha256: changed.delivered,
  ...changedFileTexts(changed, { customer, stackName, stackStands }),
});

const unknown = (reason: string, advice: readonly string[] = []): Delivery => ({ kind: 'unknown', reason, advice });
