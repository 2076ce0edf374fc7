import type { Notification } from '../../aws/buckets.ts';
import type { Crawler } from '../../aws/crawlers.ts';
import { Problem } from '../../errors.ts';
import type { Message } from '../../outbox.ts';
import type { Change } from '../../step.ts';
import { mostInlineBytes, templateText } from '../../template/template.ts';
import { printable } from '../../text.ts';
import { bucketArn, crawlerArn, stackArn } from '../arns.ts';
import { sha256 } from '../sha256.ts';
import type { CrawlerTemplate } from './crawler-template.ts';
import { fingerprint } from './message.ts';
import {
  clashesWithCrawler,
  copyOf,
  isCrawlers,
  keptName,
  notificationLine,
  restoration,
  setAsideName,
  standingLine,
} from './notifications.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

/** Daily at 00:00 UTC, as Glue spells it. */
export const dailyAtMidnight = 'cron(0 0 * * ? *)';

/** The writes of step 2. */
export const changes = {
  message: (customer: string, message: Message): Change => ({
    id: `message:${fingerprint(message).slice(0, 16)}`,
    summary: texts.messageSummary(message.to),
    async apply({ outbox }) {
      const written = await outbox.write(customer, message);
      return { notes: { message: fingerprint(message) }, told: texts.messageWritten(written.eml) };
    },
  }),

  /** The stack replaces the bucket's whole notification configuration (aws-facts §5): what was there is kept as a file. */
  keepNotifications: (settings: Settings, notifications: readonly Notification[]): Change => ({
    // Others than a moment ago are another copy.
    id: `notifications-copy:${settings.bucket}:${sha256(JSON.stringify(notifications)).slice(0, 16)}`,
    summary: `Keep a copy of the bucket's ${notifications.length === 1 ? 'notification' : `${notifications.length} notifications`}, which the crawler stack replaces`,
    details: notifications.map(notificationLine),
    async apply({ outbox }) {
      const before = await outbox.findKept(settings.customer, keptName);
      const aside = setAsideName(before, settings.bucket);
      if (before && aside) await outbox.keep(settings.customer, aside, before.text);
      const path = await outbox.keep(settings.customer, keptName, copyOf(settings.bucket, notifications, before));
      const restorable = notifications.some((each) => !clashesWithCrawler(each, settings));
      return { told: texts.copyKept(settings.customer, path, restorable) };
    },
  }),

  /** Puts them back beside what stands, from a fresh look: S3 knows no way to add one. */
  restoreNotifications: (
    settings: Settings,
    { path, entries: saved }: { readonly path: string; readonly entries: readonly Notification[] },
    standing: readonly Notification[],
  ): Change => ({
    id: `notifications-restore:${settings.bucket}:${sha256(JSON.stringify(saved)).slice(0, 16)}`,
    summary: `Put ${saved.length === 1 ? 'the saved notification' : `${saved.length} saved notifications`} of the bucket ${settings.bucket} back beside those that stand`,
    details: [
      ...saved.map((each) => `Comes back: ${notificationLine(each)}`),
      ...standing.map((each) => `Stays: ${standingLine(each, settings['stack-name'])}`),
    ],
    call: { action: 's3:PutBucketNotification', arn: bucketArn(settings.bucket) },
    async apply({ aws }) {
      const { bucket, account } = settings;
      const now = await aws.buckets.listNotifications(bucket);
      const found = restoration(saved, now);
      if (found.clashes.length > 0) {
        const { reason, advice } = texts.notificationsClash(settings, found, path);
        throw new Problem(reason, advice);
      }
      try {
        return await aws.buckets.putNotifications(bucket, account, [...now, ...found.missing]);
      } catch (error) {
        if ((error as Error).name !== 'InvalidArgument') throw error;
        const { reason, advice } = texts.notificationsRefused(settings, (error as Error).message);
        throw new Problem(reason, advice);
      }
    },
  }),

  /** `seen`: the notifications that the plan was made with; undefined where they could not be read. */
  stack: (
    settings: Settings,
    file: { readonly bytes: Uint8Array; readonly template: CrawlerTemplate },
    seen: readonly Notification[] | undefined,
  ): Change => ({
    id: `crawler-stack:${settings['stack-name']}`,
    summary: `Create the CloudFormation stack ${settings['stack-name']} from crawler-cfn.yml (SHA-256 ${sha256(file.bytes).slice(0, 16)}…)`,
    details: [
      'CloudFormation may create IAM roles for it (CAPABILITY_IAM). It creates:',
      ...file.template.resources.map((line) => `  ${line}`),
    ],
    call: { action: 'cloudformation:CreateStack', arn: stackArn(settings.account, settings['stack-name']) },
    creates: { key: 'crawler-stack', id: settings['stack-name'] },
    // A new stack's crawler has no schedule, whatever the one before it had.
    undoes: `crawler-schedule:${file.template.crawlerName}`,
    async apply({ aws }, token) {
      if (seen) refuseNew(settings, seen, await aws.buckets.listNotifications(settings.bucket));
      const { id, requestId } = await aws.stacks.create(
        {
          stackName: settings['stack-name'],
          template: { body: inline(file.bytes) },
          parameters: {},
          capabilities: [file.template.needsNamedIam ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
        },
        token,
      );
      return { requestId, arn: id, notes: { 'crawler-stack-id': id, 'crawler-sha256': sha256(file.bytes) } };
    },
  }),

  schedule: (account: string, { name, schedule, scheduleState }: Crawler): Change => ({
    id: `crawler-schedule:${name}`,
    summary: texts.scheduleSummary(name),
    details: schedule
      ? [
          `Schedule: ${printable(schedule)} (${printable(scheduleState ?? 'unknown')}) -> ${dailyAtMidnight} (SCHEDULED)`,
        ]
      : [],
    call: { action: 'glue:UpdateCrawlerSchedule', arn: crawlerArn(account, name) },
    creates: { key: 'crawler-schedule', id: name },
    apply: ({ aws }) => aws.crawlers.schedule(name, dailyAtMidnight),
    retry: { forMs: 120_000, passing },
  }),

  startSchedule: (account: string, crawler: string): Change => ({
    id: `crawler-schedule-start:${crawler}`,
    summary: texts.startSummary(crawler),
    details: ['Schedule: NOT_SCHEDULED -> SCHEDULED'],
    call: { action: 'glue:StartCrawlerSchedule', arn: crawlerArn(account, crawler) },
    apply: ({ aws }) => aws.crawlers.startSchedule(crawler),
    retry: { forMs: 120_000, passing },
  }),
};

/** A plan may lie on the screen for hours: what has come to the bucket since is not replaced unseen. */
const refuseNew = (settings: Settings, seen: readonly Notification[], now: readonly Notification[]): void => {
  const known = new Set(seen.map((each) => JSON.stringify(each)));
  const come = now.filter((each) => !known.has(JSON.stringify(each)) && !isCrawlers(each, settings['stack-name']));
  if (come.length === 0) return;
  const { reason, advice } = texts.notificationsCame(settings, come);
  throw new Problem(reason, advice);
};

const passing = (error: unknown): string | undefined =>
  /^(SchedulerTransitioningException|VersionMismatchException)$/.test((error as Error).name)
    ? 'Glue is still busy with the schedule'
    : undefined;

const inline = (bytes: Uint8Array): string => {
  if (bytes.length > mostInlineBytes)
    throw new Problem(`crawler-cfn.yml has ${bytes.length} bytes; CloudFormation takes ${mostInlineBytes} at most.`, [
      'AWS delivers about 9,000 bytes: have the file in the bucket looked at.',
    ]);
  return templateText(bytes, 'crawler-cfn.yml');
};
