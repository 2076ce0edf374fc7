import type { Message } from '../../outbox.ts';
import { sha256 } from '../sha256.ts';
import type { Settings } from './settings.ts';

/** The message that the procedure has the MSP send to Spot: the crawler file and seven facts. */
export const messageFor = (settings: Settings, crawlerFile: Uint8Array): Message => ({
  to: settings.contact || undefined,
  subject: `Connect AWS account ${settings.account} to Spot: Cost and Usage Report and crawler`,
  text: `${[
    'Hello,',
    '',
    `please connect the AWS management account ${settings.account} to Spot. The Cost and Usage Report is being delivered, and`,
    'crawler-cfn.yml is attached.',
    '',
    `  MSP's AWS account:              ${settings['msp-account']}`,
    `  Customer's management account:  ${settings.account}`,
    `  CUR bucket name:                ${settings.bucket}`,
    `  Report name:                    ${settings.reportName}`,
    `  Prefix:                         ${settings.prefix}`,
    `  CloudFormation stack name:      ${settings['stack-name']}`,
    `  ${(settings['spot-org-id'].length === 1 ? 'Spot Org ID:' : 'Spot Org IDs:').padEnd(32)}${settings['spot-org-id'].join(', ')}`,
    `  Attached file:                  crawler-cfn.yml, SHA-256 ${sha256(crawlerFile)}`,
    '',
    'Everything is in us-east-1. The crawler stack is created from exactly the attached file, and its crawler runs daily at',
    '00:00 UTC. Please send the link for the extractor stack to the sender of this message.',
    '',
    'Thank you.',
  ].join('\n')}\n`,
  attachment: { name: 'crawler-cfn.yml', content: crawlerFile },
});

/** Stands for a message with everything in it: whether what was sent is still what would be sent. */
export const fingerprint = ({ to = '', subject, text, attachment }: Message): string =>
  sha256(JSON.stringify([to, subject, text, sha256(attachment.content)]));
