import type { Notification } from '../../aws/buckets.ts';
import type { Stack } from '../../aws/stacks.ts';
import type { WrittenMessage } from '../../outbox.ts';
import { printable, quoted, shellWord } from '../../text.ts';
import { consoleLink } from '../stack-standing.ts';
import type { Settings } from './settings.ts';

const otherStackName = (settings: Settings) =>
  `Choose another stack name: spot-cur resume ${settings.customer} --stack-name ${settings['stack-name']}-2`;

/** What step 2 says. */
export const texts = {
  plan: (settings: Settings) =>
    `The report in ${settings.bucket} has to be linked with Athena, and Spot has to be told.`,
  messagePlan: 'The message for Spot has to be written.',
  createSummary: (settings: Settings) =>
    `Create the stack ${settings['stack-name']} again, once that plan has been shown too`,
  removePlan: (settings: Settings) =>
    `The stack ${settings['stack-name']} failed and has to be deleted before it can be created again.`,

  /** Org IDs and account ids are both digits, and easily mixed up. */
  idWarnings: (settings: Settings): string[] =>
    settings['spot-org-id']
      .filter((id) => id === settings.account || id === settings['msp-account'])
      .map((id) => `The Spot Org ID ${id} is also an AWS account id here: make sure that it is meant.`),

  foreignNotifications: (settings: Settings, notifications: readonly Notification[]) => ({
    reason: `The bucket ${settings.bucket} tells others when objects change, and the crawler stack would replace that: ${notifications
      .map(({ id, target }) => `${quoted(id)} to ${printable(target)}`)
      .join('; ')}.`,
    advice: [
      'Find out who needs it. A report in a bucket of its own keeps it: set up with another name for report and bucket.',
      `Or accept that it is replaced; a copy is kept: spot-cur resume ${settings.customer} ${notifications.map(({ id }) => `--accept-notification ${shellWord(id)}`).join(' ')}`,
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
  scheduleTransitioning: (crawler: string) => `Glue takes over the schedule of the crawler ${printable(crawler)}.`,

  otherReport: (settings: Settings, mismatches: readonly string[]) => ({
    reason: `crawler-cfn.yml does not belong to this connection: ${mismatches.join('; ')}.`,
    advice: [
      `Look at s3://${settings.bucket}/${settings.crawlerKey}: AWS writes it again with the next delivery once it is deleted.`,
    ],
  }),
  underReview: (settings: Settings) => ({
    reason: `A stack named ${settings['stack-name']} waits for the review of a change set that somebody made.`,
    advice: [
      `Delete it if nobody needs it: aws cloudformation delete-stack --region us-east-1 --stack-name ${settings['stack-name']}`,
      otherStackName(settings),
    ],
  }),
  nameTaken: (settings: Settings) => ({
    reason: `The stack ${settings['stack-name']} is in the account already, and it is not this report's crawler.`,
    advice: [otherStackName(settings)],
  }),
  odd: (stack: Stack | undefined) => ({
    reason: `The stack ${stack?.name ?? ''} is in the state ${printable(stack?.status ?? '')}, which needs a person.`,
    advice: stack ? [`Look at it: ${consoleLink(stack)}`] : [],
  }),
  crawlerTaken: (crawler: string) => ({
    reason: `A Glue crawler named ${printable(crawler)} is in the account already, outside this connection's stack; it would make the stack fail.`,
    advice: [`Delete it if nobody needs it: aws glue delete-crawler --region us-east-1 --name ${shellWord(crawler)}`],
  }),
  databaseTaken: (database: string) => ({
    reason: `A Glue database named ${printable(database)} is in the account already, outside this connection's stack; it would make the stack fail.`,
    advice: [`Delete it if nobody needs it: aws glue delete-database --region us-east-1 --name ${shellWord(database)}`],
  }),
  crawlerMissing: (crawler: string) => ({
    reason: `The stack stands, and its Glue crawler ${printable(crawler)} is not there, or reads something else.`,
    advice: [
      'Delete the stack in the CloudFormation console, then run the same command again: it will be created afresh.',
    ],
  }),

  toSend: (settings: Settings, sentBefore: boolean) =>
    sentBefore
      ? 'The message for Spot has changed since it was sent, and has to be sent again.'
      : `The crawler runs daily. Now the message has to be sent to ${settings.contact ? printable(settings.contact) : 'Spot Support'}.`,
  toSendAdvice: (message: WrittenMessage | undefined) => [
    `Open ${message?.eml ?? 'the message'} in your mail program and send it.`,
  ],
  sentQuestion: 'Have you sent the message to Spot?',
  waitingForLink: 'Spot prepares the extractor and sends back a link; this takes 48 to 72 hours.',
  linkOverdue: ['It takes longer than the 72 hours that Spot names: ask them for the link.'],
  done: (settings: Settings, crawler: string) =>
    `The stack ${settings['stack-name']} stands, and ${printable(crawler)} runs daily at 00:00 UTC.`,
};
