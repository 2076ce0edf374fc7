import type { Message } from '../../outbox.ts';
import { sha256 } from '../sha256.ts';
import { inColumns, orgIds } from './message.ts';
import type { Settings } from './settings.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Asks Spot for the link that a message sent at `sentAt` (ms) was to bring. The file is attached again: the first may be lost. */
export const reminderFor = (settings: Settings, { to, subject, attachment }: Message, sentAt: number): Message => ({
  to,
  subject: `Reminder: ${subject}`,
  text: `${[
    'Hello,',
    '',
    `on ${day.format(sentAt)} we asked you to connect the AWS management account ${settings.account} to Spot, and we are`,
    'waiting for the link for the extractor stack. In case our message was lost, this is what it said:',
    '',
    ...inColumns([
      ["MSP's AWS account", settings['msp-account']],
      ["Customer's management account", settings.account],
      ['CUR bucket name', settings.bucket],
      ['Report name', settings.reportName],
      ['Prefix', settings.prefix],
      ['CloudFormation stack name', settings['stack-name']],
      orgIds(settings),
      ['Our message', `${day.format(sentAt)}, with the same subject`],
      ['Attached file, the same again', `${attachment.name}, SHA-256 ${sha256(attachment.content)}`],
    ]),
    '',
    'Could you send the link to the sender of this message, or tell us what you are missing for it?',
    '',
    'Thank you.',
  ].join('\n')}\n`,
  attachment,
});
