import type { Session } from '../session.ts';
import { type ChangedFile, changedFile, changedFileTexts } from '../steps/athena/changed-file.ts';
import type { ComposedMessage } from '../steps/athena/compose.ts';
import { findCrawlerStack, findDeliveredFile, isMade } from '../steps/athena/crawler-file.ts';
import type { Delivery } from '../terminal/views/handover.ts';
import { brieflyAt, type SavedConnection } from './brief-look.ts';

/** Whether AWS still delivers the file that is attached. That this can't be told is an answer, as the message is there. */
export const lookAtDelivery = (
  session: Session,
  connection: SavedConnection,
  { settings, message }: ComposedMessage,
): Promise<Delivery> =>
  brieflyAt(session, connection, {
    saying: 'Looking whether AWS still delivers the attached file …',
    async look({ aws }) {
      const delivered = await findDeliveredFile(aws, settings);
      if (!delivered) return unknown('It is not in the bucket any more.');
      const changed = changedFile(message.attachment.content, delivered);
      return changed
        ? changedDelivery(changed, settings, isMade(await findCrawlerStack(aws, settings)))
        : { kind: 'same' };
    },
    unseen: unknown,
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
