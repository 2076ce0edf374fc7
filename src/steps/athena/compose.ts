import * as v from 'valibot';
import { Problem } from '../../errors.ts';
import type { Message, WrittenMessage } from '../../outbox.ts';
import type { Connection } from '../../step.ts';
import { fields } from './fields.ts';
import { fingerprint, messageFor } from './message.ts';
import { type Settings, settings } from './settings.ts';

/** What is saved of a connection, as far as the message depends on it. */
export interface Saved extends Pick<Connection, 'customer' | 'answers' | 'notes' | 'provenance'> {
  /** The customer's management account. */
  readonly account: string;
}

/** A message as it has to be now. */
export interface ComposedMessage {
  readonly settings: Settings;
  readonly message: Message;
  /** To remember once it is written. */
  readonly notes: Readonly<Record<string, string>>;
  /** When this very message was sent, in ms; undefined when it was not. */
  readonly sentAt: number | undefined;
  /** When another message than this one was sent last, in ms. */
  readonly otherSentAt: number | undefined;
}

/** What step 2 goes by, from what is saved alone; where the crawler file lies is not. @throws Problem (usage) naming missing answers */
export const savedSettings = (saved: Saved): Settings => {
  const { 'report-name': name, bucket } = saved.answers;
  const given = v.safeParse(settings, {
    ...saved.answers,
    // As in step 1, one of the two names both.
    reportName: name ?? bucket,
    bucket: bucket ?? name,
    crawlerKey: '',
    customer: saved.customer,
    account: saved.account,
    notes: saved.notes,
    provenance: saved.provenance,
  });
  if (given.success) return given.output;
  const missing = new Set(given.issues.map((issue) => labels.get(v.getDotPath(issue) ?? '') ?? v.getDotPath(issue)));
  throw new Problem(
    `The message for Spot can't be written yet. These questions have no answer: ${[...missing].join(', ')}.`,
    [`Answer them: spot-cur resume ${saved.customer}`],
    'usage',
  );
};

const labels = new Map<string, string>([
  ...Object.values(fields).map(({ id, label }) => [id, label] as const),
  ['reportName', 'Report name'],
  ['bucket', 'Bucket'],
  ['prefix', 'Prefix'],
]);

/** The message for Spot with this crawler file, outside a walk. @throws Problem (usage) naming missing answers */
export const composeMessage = (saved: Saved, crawlerFile: Uint8Array): ComposedMessage => {
  const given = savedSettings(saved);
  const message = messageFor(given, crawlerFile);
  const print = fingerprint(message);
  const sent = Date.parse(saved.notes['sent-at'] ?? '');
  const sentAt = saved.notes.sent === undefined || Number.isNaN(sent) ? undefined : sent;
  const same = saved.notes.sent === print;
  return {
    settings: given,
    message,
    notes: { message: print },
    sentAt: same ? sentAt : undefined,
    otherSentAt: same ? undefined : sentAt,
  };
};

/** True when what lies in the outbox is this message, as it was written last. */
export const isCurrent = ({ notes }: Pick<Saved, 'notes'>, composed: ComposedMessage, kept: WrittenMessage): boolean =>
  kept.body === composed.message.text && notes.message === composed.notes.message;
