import * as v from 'valibot';
import type { Message, WrittenMessage } from '../../outbox.ts';
import type { Connection, Outside } from '../../step.ts';
import { mostTemplateBytes } from '../../template/template.ts';
import { fingerprint, messageFor } from './message.ts';
import { settings } from './settings.ts';

/** The message for Spot as it has to be now, outside a walk, with what to remember of it. */
export const composeMessage = async (
  { aws, outbox }: Outside,
  { customer, caller, answers, outputs, notes, provenance }: Connection,
): Promise<{ readonly message: Message; readonly notes: Readonly<Record<string, string>> }> => {
  const given = v.parse(settings, { ...answers, ...outputs, customer, account: caller.account, notes, provenance });
  const kept = await outbox.find(customer);
  const bytes =
    kept?.attachment.content ??
    (await aws.objects.read({ bucket: given.bucket, key: given.crawlerKey }, mostTemplateBytes));
  const message = messageFor(given, bytes);
  return { message, notes: { message: fingerprint(message) } };
};

/** True when what lies in the outbox is the message that the walk wrote last. */
export const isCurrent = (
  { notes }: { readonly notes: Readonly<Record<string, string>> },
  { attachment, body }: WrittenMessage,
): boolean => notes.message !== undefined && body.includes(attachment.sha256);
