import type { Message } from '../../outbox.ts';
import { sha256 } from '../sha256.ts';
import type { Settings } from './settings.ts';

/** How long Spot takes to send the link, in ms: 48 to 72 hours (aws-facts §1). */
export const linkWithin = 72 * 3_600_000;

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
    ...inColumns([
      ["MSP's AWS account", settings['msp-account']],
      ["Customer's management account", settings.account],
      ['CUR bucket name', settings.bucket],
      ['Report name', settings.reportName],
      ['Prefix', settings.prefix],
      ['CloudFormation stack name', settings['stack-name']],
      orgIds(settings),
      ['Attached file', `crawler-cfn.yml, SHA-256 ${sha256(crawlerFile)}`],
    ]),
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

type Fact = readonly [label: string, value: string];

const column = 32;
const idsInALine = 5;

/** All of a customer's Org IDs, with a line break after each few: mail programs break long lines as they please. */
export const orgIds = ({ 'spot-org-id': ids }: Settings): Fact => {
  const lines = Array.from({ length: Math.ceil(ids.length / idsInALine) }, (_, line) =>
    ids.slice(line * idsInALine, (line + 1) * idsInALine).join(', '),
  );
  return [ids.length === 1 ? 'Spot Org ID' : 'Spot Org IDs', lines.join(`,\n${' '.repeat(column + 2)}`)];
};

/** Facts as lines of a plain text, their values in one column. */
export const inColumns = (facts: readonly Fact[]): readonly string[] =>
  facts.map(([label, value]) => `  ${`${label}:`.padEnd(column)}${value}`);
