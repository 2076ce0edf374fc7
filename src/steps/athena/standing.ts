import type { Crawler } from '../../aws/crawlers.ts';
import type { Move } from '../../step.ts';
import { linkField } from '../link-field.ts';
import { moment } from '../remembered.ts';
import { sha256 } from '../sha256.ts';
import { changes, dailyAtMidnight } from './changes.ts';
import { crawlerDifferences } from './crawler-fit.ts';
import { createdLately } from './created-lately.ts';
import type { Seen } from './inspect.ts';
import { fingerprint, linkWithin, messageFor } from './message.ts';
import { readCopy, restoration } from './notifications.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

const hour = 3_600_000;

/** The next move once the crawler stack stands: schedule, message, handover, wait for the link. */
export const standingMove = (seen: Seen, settings: Settings, now: number): Move => {
  const { crawler } = seen;
  const { crawlerName } = seen.file.template;
  if (!crawler)
    return seen.made && createdLately(settings, now)
      ? { kind: 'wait', span: 'minutes', pollEvery: 2_000, reason: texts.crawlerToShow(crawlerName) }
      : { kind: 'blocked', ...texts.crawlerMissing(settings, crawlerName) };
  const differences = crawlerDifferences(crawler, seen.file.template, settings);
  if (differences.length > 0)
    return { kind: 'blocked', ...texts.crawlerDiffers(settings, crawler, seen.file.template, differences) };
  const restoring = settings['restore-notifications'] ? restore(seen, settings) : undefined;
  if (restoring) return restoring;
  const over = settings.link !== undefined || seen.extractor !== undefined;
  const message = over ? [] : messageChanges(seen, settings);
  const reason = texts.plan(settings);
  const plan = planOf(seen);
  const off = crawler.scheduleState === 'NOT_SCHEDULED';
  if (crawler.schedule !== dailyAtMidnight)
    return {
      kind: 'change',
      plan,
      reason: crawler.schedule === undefined ? reason : texts.scheduledOtherwise(crawler),
      changes: [...message, changes.schedule(settings.account, crawler)],
      notes: scheduleNotes(crawler),
      // Glue keeps a schedule off that was off when it is changed.
      ...(off && { later: [texts.startSummary(crawler.name)] }),
    };
  if (crawler.scheduleState === 'TRANSITIONING')
    return { kind: 'wait', span: 'minutes', pollEvery: 2_000, reason: texts.scheduleTransitioning(crawler.name) };
  if (off)
    return {
      kind: 'change',
      plan,
      reason: texts.scheduleOff(crawler.name),
      changes: [...message, changes.startSchedule(settings.account, crawler.name)],
    };
  if (message.length > 0) return { kind: 'change', plan, reason: texts.messagePlan, changes: message };
  if (over) return done(seen, settings);
  return handover(seen, settings, now);
};

/** For whoever takes it back: once the schedule is changed nobody can tell, should the answer be lost. */
const scheduleNotes = ({ schedule, scheduleState }: Crawler): Readonly<Record<string, string>> => ({
  'crawler-schedule-before': schedule ? `${scheduleState} ${schedule}` : '',
});

/** What puts the saved notifications back; undefined once they are. */
const restore = ({ kept, notifications }: Seen, settings: Settings): Move | undefined => {
  const saved = kept ? readCopy(kept, settings.bucket) : [];
  if (!kept || saved.length === 0) return { kind: 'blocked', ...texts.nothingKept(settings) };
  if (!notifications.known) return { kind: 'blocked', ...texts.notificationsClosed(settings, notifications.reason) };
  const found = restoration(saved, notifications.value);
  if (found.clashes.length > 0) return { kind: 'blocked', ...texts.notificationsClash(settings, found, kept.path) };
  if (found.missing.length === 0) return undefined;
  const copy = { path: kept.path, entries: found.missing };
  const change = changes.restoreNotifications(settings, copy, notifications.value);
  return { kind: 'change', plan: change.id, reason: texts.restorePlan(settings.bucket), changes: [change] };
};

const done = (seen: Seen, settings: Settings): Move => ({
  kind: 'done',
  reason: texts.done(settings, seen.crawler?.name ?? ''),
  outputs: seen.extractor ? { extractorStackId: seen.extractor.id } : {},
});

/** The message is a person's turn, then Spot's. A message that changed since it was sent is not the one that was sent. */
const handover = (seen: Seen, settings: Settings, now: number): Move => {
  const print = fingerprint(messageFor(settings, seen.file.bytes));
  const sentAt = settings.notes.sent === print ? moment(settings.notes['sent-at']) : undefined;
  if (sentAt === undefined)
    return {
      kind: 'handover',
      reason: texts.toSend(settings, settings.notes.sent !== undefined),
      advice: texts.toSendAdvice(settings, seen.message),
      since: moment(settings.provenance['crawler-stack']?.at),
      settles: { id: 'sent', message: texts.sentQuestion, notes: { sent: print }, timeNote: 'sent-at' },
    };
  const expectedBy = sentAt + linkWithin;
  return {
    kind: 'wait',
    span: 'days',
    pollEvery: hour,
    reason: texts.waitingForLink,
    since: sentAt,
    expectedBy,
    advice: now > expectedBy ? texts.linkOverdue(settings) : [],
    offer: { field: linkField, required: false },
  };
};

/** One plan covers the message, the stack and the schedule. */
export const planOf = (seen: Seen) => `athena:${sha256(seen.file.bytes)}`;

/** Writes the message unless the very one is there: whoever has it deployed gets what was mailed. */
export const messageChanges = (seen: Seen, settings: Settings) => {
  const message = messageFor(settings, seen.file.bytes);
  const current = seen.message?.body === message.text && settings.notes.message === fingerprint(message);
  return current ? [] : [changes.message(settings.customer, message)];
};
