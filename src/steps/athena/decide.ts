import type { Move } from '../../step.ts';
import { linkField } from '../link-field.ts';
import { moment } from '../remembered.ts';
import { sha256 } from '../sha256.ts';
import { failureOf, latestStackNews, stackNews, stackStanding } from '../stack-standing.ts';
import { changes, dailyAtMidnight } from './changes.ts';
import { isOurCrawler, type Seen } from './inspect.ts';
import { fingerprint, messageFor } from './message.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

const hour = 3_600_000;
const linkWithin = 72 * hour;

/** The next move of step 2: message, stack, schedule, handover, wait for the link. */
export const decide = (seen: Seen, settings: Settings, now: number): Move => {
  const { mismatches } = seen.file.template;
  if (mismatches.length > 0) return { kind: 'blocked', ...texts.otherReport(settings, mismatches) };
  switch (stackStanding(seen.stack)) {
    case 'absent':
      return create(seen, settings);
    case 'review':
      return { kind: 'blocked', ...texts.underReview(settings) };
    case 'busy':
    case 'deleting':
      return seen.ours ? underWay(seen, settings) : { kind: 'blocked', ...texts.nameTaken(settings) };
    case 'failed':
    case 'undeletable':
      return seen.ours ? removeFailed(seen, settings) : { kind: 'blocked', ...texts.nameTaken(settings) };
    case 'odd':
      return { kind: 'blocked', ...texts.odd(seen.stack) };
    case 'standing':
      return seen.ours ? standing(seen, settings, now) : { kind: 'blocked', ...texts.nameTaken(settings) };
  }
};

const planOf = (seen: Seen) => `athena:${sha256(seen.file.bytes)}`;

/** Writes the message unless the very one is there: whoever has it deployed gets what was mailed. */
const messageChanges = (seen: Seen, settings: Settings) => {
  const message = messageFor(settings, seen.file.bytes);
  const current = seen.message?.body === message.text && settings.notes.message === fingerprint(message);
  return current ? [] : [changes.message(settings.customer, message)];
};

const create = (seen: Seen, settings: Settings): Move => {
  if (seen.crawler) return { kind: 'blocked', ...texts.crawlerTaken(seen.crawler.name) };
  if (seen.tables.known && seen.tables.value !== undefined)
    return { kind: 'blocked', ...texts.databaseTaken(seen.file.template.database ?? '') };
  const replaced = seen.notifications.known ? seen.notifications.value : [];
  const unaccepted = replaced.filter(({ id }) => !settings['accept-notification'].includes(id));
  if (unaccepted.length > 0) return { kind: 'blocked', ...texts.foreignNotifications(settings, unaccepted) };
  return {
    kind: 'change',
    plan: planOf(seen),
    reason: texts.plan(settings),
    changes: [
      ...messageChanges(seen, settings),
      ...(replaced.length > 0 ? [changes.keepNotifications(settings, replaced)] : []),
      changes.stack(settings, seen.file),
    ],
    later: [texts.scheduleSummary(seen.file.template.crawlerName)],
    warnings: [
      ...texts.idWarnings(settings),
      ...(seen.notifications.known ? [] : [texts.notificationsUnknown(settings.bucket, seen.notifications.reason)]),
    ],
    ...(seen.stack && { after: { attempt: stackChangeId(settings), ...failureOf(seen.stack, seen.events) } }),
  };
};

const stackChangeId = (settings: Settings) => `crawler-stack:${settings['stack-name']}`;

const underWay = ({ stack, events, file }: Seen, settings: Settings): Move => ({
  kind: 'wait',
  span: 'minutes',
  pollEvery: 2_000,
  reason: texts.stackUnderWay(settings, stack?.status ?? '', doneCount(events), file.template.resourceCount),
  news: stackNews(events),
  ...(stack && { lastNews: latestStackNews(stack.id) }),
});

const doneCount = (events: Seen['events']): number =>
  new Set(events.filter(({ status }) => status === 'CREATE_COMPLETE').map(({ resource }) => resource)).size;

const removeFailed = (seen: Seen, settings: Settings): Move => ({
  kind: 'change',
  // A plan of its own: what is created afterwards is shown and confirmed again.
  plan: `athena-removal:${seen.stack?.id ?? ''}`,
  reason: texts.removePlan(settings),
  changes: [changes.remove(settings, seen.stack?.id ?? '')],
  later: [texts.createSummary(settings)],
  ...(seen.stack && { after: { attempt: stackChangeId(settings), ...failureOf(seen.stack, seen.events) } }),
});

const standing = (seen: Seen, settings: Settings, now: number): Move => {
  const { crawler } = seen;
  if (!crawler || !isOurCrawler(crawler, settings))
    return { kind: 'blocked', ...texts.crawlerMissing(seen.file.template.crawlerName) };
  const over = settings.link !== undefined || seen.extractor !== undefined;
  const message = over ? [] : messageChanges(seen, settings);
  const reason = texts.plan(settings);
  const plan = planOf(seen);
  if (crawler.schedule !== dailyAtMidnight)
    return { kind: 'change', plan, reason, changes: [...message, changes.schedule(crawler.name)] };
  if (crawler.scheduleState === 'TRANSITIONING')
    return { kind: 'wait', span: 'minutes', pollEvery: 2_000, reason: texts.scheduleTransitioning(crawler.name) };
  if (crawler.scheduleState === 'NOT_SCHEDULED')
    return { kind: 'change', plan, reason, changes: [...message, changes.startSchedule(crawler.name)] };
  if (message.length > 0) return { kind: 'change', plan, reason: texts.messagePlan, changes: message };
  if (over) return done(seen, settings);
  return handover(seen, settings, now);
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
      advice: texts.toSendAdvice(seen.message),
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
    advice: now > expectedBy ? texts.linkOverdue : [],
    offer: { field: linkField, required: false },
  };
};
