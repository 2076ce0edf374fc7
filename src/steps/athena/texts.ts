import type { Notification } from '../../aws/buckets.ts';
import type { Crawler } from '../../aws/crawlers.ts';
import type { Stack } from '../../aws/stacks.ts';
import type { WrittenMessage } from '../../outbox.ts';
import type { Finding } from '../../template/review/findings.ts';
import { printable, quoted, shellWord } from '../../text.ts';
import { acceptance } from '../finding-lines.ts';
import { deleteByHand } from '../stack-trouble.ts';
import { type ChangedFile, changedFileTexts } from './changed-file.ts';
import { crawledFolder, type Difference } from './crawler-fit.ts';
import type { CrawlerTemplate } from './crawler-template.ts';
import { clashesWithCrawler, keptName, notificationLine, type Restoration, standingLine } from './notifications.ts';
import type { Settings } from './settings.ts';

const otherStackName = (settings: Settings) =>
  `Choose another stack name: spot-cur resume ${settings.customer} --stack-name ${settings['stack-name']}-2`;

/** What step 2 says. */
export const texts = {
  plan: (settings: Settings) =>
    `The crawler stack links the report in ${settings.bucket} with Athena, and a message tells Spot.`,
  messagePlan: 'The message for Spot has to be written.',
  createSummary: (settings: Settings) =>
    `Create the stack ${settings['stack-name']} again, once that plan has been shown too`,
  otherStackName,

  /** Org IDs and account ids are both digits, and easily mixed up. */
  idWarnings: (orgIds: readonly string[], accounts: readonly unknown[]): string[] =>
    orgIds
      .filter((id) => accounts.includes(id))
      .map((id) => `The Spot Org ID ${id} is also an AWS account id here: make sure that it is meant.`),

  foreignNotifications: (settings: Settings, notifications: readonly Notification[]) => {
    const lost = notifications.filter((each) => clashesWithCrawler(each, settings));
    return {
      reason: `The bucket ${settings.bucket} tells others when objects change, and the crawler stack would replace that.`,
      details: notifications.map(notificationLine),
      advice: [
        'Find out who needs it. A report in a bucket of its own keeps it: set up with another name for report and bucket.',
        `Or accept that it is replaced; a copy is kept: spot-cur resume ${settings.customer} ${notifications.map(({ id }) => `--accept-notification ${shellWord(id)}`).join(' ')}`,
        ...(lost.length < notifications.length
          ? [
              `What was replaced is put back beside the crawler's by: spot-cur resume ${settings.customer} --restore-notifications`,
            ]
          : []),
        ...(lost.length > 0
          ? [
              `S3 can't tell two targets of one event: ${lost.map(({ id }) => quoted(id)).join(', ')} can't be put back as it is, since it covers the report's objects too.`,
            ]
          : []),
      ],
    };
  },
  notificationsCame: ({ bucket, customer }: Settings, come: readonly Notification[]) => ({
    reason: `The notifications of the bucket ${bucket} have changed since this plan was made: ${come.map(notificationLine).join('; ')}. The crawler stack would replace them, and was not created.`,
    advice: [`Look at the plan again: spot-cur resume ${customer}`],
  }),
  copyKept: (customer: string, path: string, restorable: boolean) =>
    restorable
      ? `The copy is ${path}. Once the stack stands, its entries are put back by: spot-cur resume ${customer} --restore-notifications`
      : `The copy is ${path}.`,
  restorePlan: (bucket: string) =>
    `The crawler stack replaced the notifications of the bucket ${bucket}; those that were saved are put back.`,
  nothingKept: (settings: Settings) => ({
    reason: `No notifications of the bucket ${settings.bucket} were saved on this machine, so there are none to put back.`,
    advice: [
      `If another machine made the crawler stack, its copy is ${keptName} beside the message there. Copy it here, beside the message: spot-cur handover ${settings.customer}`,
      `Or go on without: spot-cur resume ${settings.customer}`,
    ],
  }),
  notificationsClosed: (settings: Settings, reason: string) => ({
    reason: `The notifications of the bucket ${settings.bucket} can't be read, and what can't be read is not replaced: ${reason}`,
    advice: [`All that it takes: spot-cur policy ${settings.customer}`],
  }),
  /** `copy`: the path of the file that the entries were saved in. */
  notificationsClash: (settings: Settings, { missing, clashes }: Restoration, copy: string) => ({
    reason: `S3 can't tell two targets of one event, and entries that were saved overlap with ${clashes.some(({ stands }) => stands) ? `what the bucket ${settings.bucket} has now` : 'each other: the bucket had them one after the other'}. Nothing was written.`,
    details: clashes
      .flatMap(({ saved, other, stands }) => [
        `Saved:  ${notificationLine(saved)}`,
        stands ? `Stands: ${standingLine(other, settings['stack-name'])}` : `Saved:  ${notificationLine(other)}`,
      ])
      .concat(
        missing
          .filter((each) => !clashes.some(({ saved, other }) => each === saved || each === other))
          .map((each) => `Fits:   ${notificationLine(each)}`),
      ),
    advice: [
      `Have the saved one tell of other objects, by a prefix or suffix in the copy, or take it out of there, and the others come back: ${shellWord(copy)}`,
      'Or have EventBridge tell its target, which goes beside everything.',
      `See what stands: aws s3api get-bucket-notification-configuration --bucket ${settings.bucket}`,
      `Try again: spot-cur resume ${settings.customer} --restore-notifications`,
      `Or go on without: spot-cur resume ${settings.customer}`,
    ],
  }),
  notificationsRefused: (settings: Settings, message: string) => ({
    reason: `S3 does not take the notifications of the bucket ${settings.bucket} back: ${printable(message)}. Nothing was written.`,
    advice: [
      'A target that is gone, or whose policy does not let S3 send to it, is refused: have it looked at by whoever it belongs to.',
      `Try again: spot-cur resume ${settings.customer} --restore-notifications`,
    ],
  }),
  notificationsUnknown: (bucket: string, reason: string) =>
    `The crawler stack replaces all notifications of the bucket ${bucket}, and they could not be read: ${reason}`,

  messageSummary: (to: string | undefined) =>
    `Write the message for ${to ? printable(to) : 'Spot Support'} to this machine, with crawler-cfn.yml attached; nothing is sent`,
  messageWritten: (path: string) => `The message for Spot is ready to be sent: ${path}`,
  scheduleSummary: (crawler: string) =>
    `Set the schedule of the Glue crawler ${printable(crawler)} to daily at 00:00 UTC`,

  stackUnderWay: (settings: Settings, status: string, done: number, all: number) =>
    status.startsWith('CREATE')
      ? `CloudFormation creates the stack ${settings['stack-name']} (${Math.min(done, all)} of ${all} resources).`
      : `CloudFormation works on the stack ${settings['stack-name']} (${printable(status)}).`,
  stackToShow: (settings: Settings) =>
    `CloudFormation has accepted the stack ${settings['stack-name']} and does not show it yet; what it creates is there.`,
  crawlerToShow: (crawler: string) => `The stack stands; Glue does not show its crawler ${printable(crawler)} yet.`,
  scheduleTransitioning: (crawler: string) => `Glue takes over the schedule of the crawler ${printable(crawler)}.`,

  otherReport: (settings: Settings, mismatches: readonly string[]) => ({
    reason: `crawler-cfn.yml does not belong to this connection: ${mismatches.join('; ')}.`,
    advice: [
      `Look at s3://${settings.bucket}/${settings.crawlerKey}: AWS writes it again with the next delivery once it is deleted.`,
    ],
  }),
  fileAlarms: ({ bucket, crawlerKey, customer }: Settings, alarms: readonly Finding[]) => ({
    reason: `The review of s3://${bucket}/${crawlerKey} raises ${alarms.length === 1 ? 'an alarm that was' : `${alarms.length} alarms that were`} not accepted. AWS's own file raises none: somebody who may write to the bucket may have changed it. Nothing was deployed.`,
    advice: [
      `See who may write to the bucket. AWS writes the file anew with the next delivery once it is deleted: aws s3 rm s3://${bucket}/${crawlerKey}`,
      `A message that was written with it is void then: spot-cur handover ${customer} --fresh`,
      `If you take it upon you: spot-cur resume ${customer} ${acceptance(alarms)}`,
    ],
  }),
  nameTaken: (settings: Settings, { status }: Stack) => ({
    reason: `The stack ${settings['stack-name']} is in the account already (${printable(status)}), and it is not this report's crawler.`,
    advice: [
      otherStackName(settings),
      `See what it is: aws cloudformation describe-stack-resources --region us-east-1 --stack-name ${settings['stack-name']}`,
    ],
  }),
  crawlerTaken: (crawler: string) => ({
    reason: `A Glue crawler named ${printable(crawler)} is in the account already, outside this connection's stack; it would make the stack fail.`,
    advice: [`Delete it if nobody needs it: aws glue delete-crawler --region us-east-1 --name ${shellWord(crawler)}`],
  }),
  databaseTaken: (database: string) => ({
    reason: `A Glue database named ${printable(database)} is in the account already, outside this connection's stack; it would make the stack fail.`,
    advice: [`Delete it if nobody needs it: aws glue delete-database --region us-east-1 --name ${shellWord(database)}`],
  }),
  crawlerMissing: (settings: Settings, crawler: string) => ({
    reason: `The stack ${settings['stack-name']} stands, and its Glue crawler ${printable(crawler)} is not there.`,
    advice: [
      `Delete the stack, which also empties the bucket's notifications: ${deleteByHand(settings['stack-name'])}`,
    ],
  }),
  crawlerDiffers: (
    settings: Settings,
    { name, database }: Crawler,
    template: CrawlerTemplate,
    differences: readonly Difference[],
  ) => ({
    reason: `The Glue crawler ${printable(name)} is not as the stack ${settings['stack-name']} made it: somebody has changed it.`,
    details: differences.map(({ field, is, hasToBe }) => `${field}: is ${is}, has to be ${hasToBe}`),
    advice: [
      `If nobody needs it as it is: aws glue update-crawler --region us-east-1 --name ${shellWord(name)} --database-name ${shellWord(template.database ?? database)} --targets '{"S3Targets":[{"Path":"${crawledFolder(settings)}"}]}'`,
    ],
  }),
  scheduledOtherwise: ({ name, schedule = '' }: Crawler) =>
    `Somebody has scheduled the Glue crawler ${printable(name)} otherwise (${printable(schedule)}); Spot needs it daily.`,
  scheduleOff: (crawler: string) => `The schedule of the Glue crawler ${printable(crawler)} is turned off.`,
  startSummary: (crawler: string) => `Turn on the schedule of the Glue crawler ${printable(crawler)}`,
  fileChanged: (changed: ChangedFile, settings: Settings, stackStands: boolean): string[] => {
    const { customer, 'stack-name': stackName } = settings;
    const { reason, details, advice } = changedFileTexts(changed, { customer, stackName, stackStands });
    return [`${reason} ${details.map((line) => line.replace(/ +/g, ' ')).join('; ')}.`, ...advice];
  },
  retiredRuntimes: (runtimes: readonly string[]): string[] =>
    runtimes.length > 0
      ? [
          `crawler-cfn.yml names ${runtimes.map(printable).join(', ')}, of which Lambda takes no new functions by AWS's own dates: the stack may fail.`,
        ]
      : [],

  toSend: (settings: Settings, sentBefore: boolean) =>
    sentBefore
      ? 'The message for Spot has changed since it was sent, and has to be sent again.'
      : `The crawler runs daily. Now the message has to be sent to ${settings.contact ? printable(settings.contact) : 'Spot Support'}.`,
  toSendAdvice: ({ customer }: Settings, message: WrittenMessage | undefined) => [
    `Send it from your mail program: ${message?.eml ?? 'the message'}`,
    `Or have it opened there: spot-cur handover ${customer} --open`,
  ],
  sentQuestion: 'Have you sent the message to Spot?',
  waitingForLink: 'Spot prepares the extractor and sends back a link; this takes 48 to 72 hours.',
  linkOverdue: (settings: Settings) => [
    `It takes longer than the 72 hours that Spot names. Remind them: spot-cur handover ${settings.customer} --reminder`,
  ],
  done: (settings: Settings, crawler: string) =>
    `The stack ${settings['stack-name']} stands, and ${printable(crawler)} runs daily at 00:00 UTC.`,
};
