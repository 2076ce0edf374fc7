import type { Notification } from '../../aws/buckets.ts';
import { Problem } from '../../errors.ts';
import type { Message } from '../../outbox.ts';
import type { Change } from '../../step.ts';
import { mostInlineBytes, templateText } from '../../template/template.ts';
import { json, printable } from '../../text.ts';
import { sha256 } from '../sha256.ts';
import type { CrawlerTemplate } from './crawler-template.ts';
import { fingerprint } from './message.ts';
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
    id: `notifications-copy:${settings.bucket}`,
    summary: `Keep a copy of the bucket's ${notifications.length === 1 ? 'notification' : `${notifications.length} notifications`}, which the crawler stack replaces`,
    details: notifications.map(({ id, target }) => `${printable(id)} to ${printable(target)}`),
    async apply({ outbox }) {
      const path = await outbox.keep(settings.customer, 'bucket-notifications.json', `${json(notifications)}\n`);
      return { told: `The copy is ${path}` };
    },
  }),

  stack: (settings: Settings, file: { readonly bytes: Uint8Array; readonly template: CrawlerTemplate }): Change => ({
    id: `crawler-stack:${settings['stack-name']}`,
    summary: `Create the CloudFormation stack ${settings['stack-name']} from crawler-cfn.yml (SHA-256 ${sha256(file.bytes).slice(0, 16)}…)`,
    details: [
      'It creates, with the capability to create IAM roles (CAPABILITY_IAM):',
      ...file.template.resources.map((line) => `  ${line}`),
    ],
    creates: { key: 'crawler-stack', id: settings['stack-name'] },
    async apply({ aws }, token) {
      const { id, requestId } = await aws.stacks.create(
        {
          stackName: settings['stack-name'],
          template: { body: inline(file.bytes) },
          parameters: {},
          capabilities: [file.template.needsNamedIam ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
        },
        token,
      );
      return { requestId, notes: { 'crawler-stack-id': id, 'crawler-sha256': sha256(file.bytes) } };
    },
  }),

  remove: (settings: Settings, stackId: string): Change => ({
    id: `crawler-stack-removal:${stackId}`,
    summary: `Delete the failed stack ${settings['stack-name']}, so that it can be created again`,
    apply: ({ aws }) => aws.stacks.delete(stackId),
  }),

  schedule: (crawler: string): Change => ({
    id: `crawler-schedule:${crawler}`,
    summary: texts.scheduleSummary(crawler),
    creates: { key: 'crawler-schedule', id: crawler },
    apply: ({ aws }) => aws.crawlers.schedule(crawler, dailyAtMidnight),
    retry: { forMs: 120_000, passing },
  }),

  startSchedule: (crawler: string): Change => ({
    id: `crawler-schedule-start:${crawler}`,
    summary: `Turn on the schedule of the crawler ${crawler}`,
    apply: ({ aws }) => aws.crawlers.startSchedule(crawler),
    retry: { forMs: 120_000, passing },
  }),
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
