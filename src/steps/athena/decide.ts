import type { Stack } from '../../aws/stacks.ts';
import type { Failure, Move, Setback } from '../../step.ts';
import { runtimeDates } from '../../template/review/runtimes.ts';
import { openAlarms, worthReading } from '../finding-lines.ts';
import { roleOf } from '../principal.ts';
import { sha256 } from '../sha256.ts';
import { failureOf, type StackPlace } from '../stack-failure.ts';
import { type Removable, removeFailed, removeUnreviewed } from '../stack-removal.ts';
import { latestStackNews, stackNews, stackStanding, stackStandstill } from '../stack-standing.ts';
import { oddity } from '../stack-trouble.ts';
import { changes } from './changes.ts';
import { concurrencyRoom, concurrencyTexts } from './concurrency.ts';
import { createdLately } from './created-lately.ts';
import { reviewFile } from './file-review.ts';
import type { Seen } from './inspect.ts';
import { isCrawlers } from './notifications.ts';
import type { Settings } from './settings.ts';
import { messageChanges, planOf, standingMove } from './standing.ts';
import { texts } from './texts.ts';

/** The next move of step 2: message, stack, schedule, handover, wait for the link. */
export const decide = (seen: Seen, settings: Settings, now: number): Move => {
  const { mismatches } = seen.file.template;
  if (mismatches.length > 0) return { kind: 'blocked', ...texts.otherReport(settings, mismatches) };
  const { stack, ours } = seen;
  const standing = stackStanding(stack);
  // A name that is about to be free is waited for, whoever bore it.
  if (!stack || standing === 'absent') return create(seen, settings, now);
  if (standing === 'deleting') return underWay(stack, seen, settings);
  if (standing === 'review') return removeUnreviewed(removable(stack, seen, settings));
  if (!ours) return { kind: 'blocked', ...texts.nameTaken(settings, stack) };
  switch (standing) {
    case 'busy':
      return underWay(stack, seen, settings);
    case 'failed':
    case 'undeletable':
      return removeFailed(removable(stack, seen, settings));
    case 'odd':
      return { kind: 'blocked', ...oddity(stack, seen.events) };
    case 'standing':
      return standingMove(seen, settings, now);
  }
};

const create = (seen: Seen, settings: Settings, now: number): Move => {
  const { file, stack } = seen;
  const resourcesStand = seen.crawler !== undefined || (seen.tables.known && seen.tables.value !== undefined);
  const isToShow = !stack && createdLately(settings, now);
  // What is there is its own.
  if (resourcesStand && isToShow)
    return { kind: 'wait', span: 'minutes', pollEvery: 2_000, reason: texts.stackToShow(settings) };
  const obstacle = inTheWay(seen, settings, isToShow);
  if (obstacle) return { kind: 'blocked', ...obstacle, ...(stack && { releases: lost }) };
  const failure = stack && failureOf(stack, seen.events, placeOf(settings));
  // The same file would fail the same way.
  if (failure?.cause === 'runtime' && settings.notes['crawler-sha256'] === sha256(file.bytes))
    return { kind: 'blocked', reason: failure.reason, advice: failure.advice, releases: lost };
  const findings = reviewFile(file.bytes, settings, now);
  const alarms = openAlarms(findings, settings['accept-risk']);
  if (alarms.length > 0)
    return { kind: 'blocked', code: 'alarm', ...texts.fileAlarms(settings, alarms), details: worthReading(alarms) };
  const replaced = (seen.notifications.known ? seen.notifications.value : []).filter(
    (each) => !isCrawlers(each, settings['stack-name']),
  );
  const unaccepted = replaced.filter(({ id }) => !settings['accept-notification'].includes(id));
  if (unaccepted.length > 0) return { kind: 'blocked', ...texts.foreignNotifications(settings, unaccepted) };
  return {
    kind: 'change',
    plan: planOf(seen),
    reason: texts.plan(settings),
    changes: [
      ...messageChanges(seen, settings),
      ...(replaced.length > 0 ? [changes.keepNotifications(settings, replaced)] : []),
      changes.stack(settings, file, seen.notifications.known ? seen.notifications.value : undefined),
    ],
    later: [texts.scheduleSummary(file.template.crawlerName)],
    warnings: [
      ...texts.idWarnings(settings['spot-org-id'], [settings.account, settings['msp-account']]),
      ...(seen.changed ? texts.fileChanged(seen.changed, settings, false) : []),
      ...texts.retiredRuntimes(file.template.runtimes.filter((runtime) => isRefused(runtime, now))),
      ...(seen.notifications.known ? [] : [texts.notificationsUnknown(settings.bucket, seen.notifications.reason)]),
    ],
    ...afterFailure(seen, settings),
  };
};

/** What of the account the stack is proven to fail of; one that is still to show may have taken the room that it needs. */
const inTheWay = (
  { crawler, tables, file, concurrency }: Seen,
  { customer }: Settings,
  isToShow: boolean,
): Setback | undefined => {
  if (crawler) return texts.crawlerTaken(crawler.name);
  if (tables.known && tables.value !== undefined) return texts.databaseTaken(file.template.database ?? '');
  const found = concurrency?.known && !isToShow ? concurrency.value : undefined;
  return found && concurrencyRoom(found) === 'none' ? concurrencyTexts(found, customer) : undefined;
};

/** Whether Lambda takes no new functions of this runtime any more, by the dates that AWS has announced. */
const isRefused = (runtime: string, now: number): boolean => {
  const dates = runtimeDates(runtime);
  return dates !== undefined && Date.parse(dates.refused) <= now;
};

const placeOf = (settings: Settings): StackPlace => ({
  customer: settings.customer,
  principal: settings.arn && roleOf(settings.arn),
  otherInput: `See what the file asks for: spot-cur review s3://${settings.bucket}/${settings.crawlerKey}`,
  freshTemplate: `AWS writes the file anew with the next delivery once it is deleted: aws s3 rm s3://${settings.bucket}/${settings.crawlerKey}`,
});

/** What a stack that failed does not leave. */
const lost = ['crawler-stack', 'crawler-schedule'];

/** The failure that a new attempt follows. */
const afterFailure = ({ stack, events }: Seen, settings: Settings): { readonly after?: Failure } => {
  const failure = stack && failureOf(stack, events, placeOf(settings));
  if (!failure) return {};
  const { reason, advice, cause } = failure;
  const attempt = `crawler-stack:${settings['stack-name']}`;
  return {
    after: {
      attempt,
      undone: [attempt],
      lost,
      passing: cause === 'role',
      reason,
      advice,
    },
  };
};

const removable = (stack: Stack, seen: Seen, settings: Settings): Removable => ({
  stack,
  events: seen.events,
  made: seen.made,
  customer: settings.customer,
  step: 'crawler',
  otherName: texts.otherStackName(settings),
  later: [texts.createSummary(settings)],
  ...afterFailure(seen, settings),
});

const underWay = (stack: Stack, { events, file }: Seen, settings: Settings): Move => ({
  kind: 'wait',
  span: 'minutes',
  pollEvery: 2_000,
  standstill: stackStandstill,
  reason: texts.stackUnderWay(settings, stack.status, doneCount(events), file.template.resourceCount),
  news: stackNews(events),
  lastNews: latestStackNews(stack.id),
});

const doneCount = (events: Seen['events']): number =>
  new Set(events.filter(({ status }) => status === 'CREATE_COMPLETE').map(({ resource }) => resource)).size;
