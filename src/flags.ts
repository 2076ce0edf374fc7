import type { Command } from 'commander';
import type { HandoverOptions } from './commands/options.ts';
import type { ForceUnlock } from './commands/take-lock.ts';
import { Problem } from './errors.ts';
import { quoted } from './text.ts';

/** For flags that may be repeated. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Who one is to AWS, and where AWS is. */
export const withAccess = (command: Command): Command =>
  command
    .optionsGroup('Credentials:')
    .option('--profile <name>', 'profile of the shared AWS config')
    .option('--role-arn <arn>', "role to assume in the customer's management account")
    .option('--external-id <id>', 'external id that the role asks for')
    .option('--mfa-serial <serial>', 'MFA device that the role asks for')
    .option('--account <id>', "the customer's account; stops when the credentials are another's")
    .option('--endpoint-url <url>', 'custom endpoint for every AWS service');

/** The answers, each by the id of its field. */
export const withAnswers = (command: Command): Command =>
  command
    .optionsGroup('Answers:')
    .option('--spot-org-id <id>', "the customer's Spot Org ID; may be repeated", collect)
    .option('--msp-account <id>', "the MSP's own AWS account")
    .option('--contact <e-mail>', 'Spot sales representative; Spot Support when left away')
    .option('--bucket <name>', 'name of bucket and report (spotinst-cur-report)')
    .option('--report-name <name>', 'name of the report, where it differs from the bucket')
    .option('--prefix <prefix>', 'report path prefix (spotinst_eco)')
    .option('--stack-name <name>', 'name of the crawler stack (SpotEcoStack)')
    .option(
      '--accept-notification <id>',
      'id of a bucket notification that the crawler stack may replace; may be repeated',
      collect,
    )
    .option('--link <link>', 'the link that Spot sends back')
    .option('--account-list <ids>', 'accounts to export, with commas; empty for all')
    .option('--extractor-stack-name <name>', "name of the extractor stack (the link's)")
    .option('--cur-bucket <name>', "bucket for the extractor, if not the report's (CURBucketName)")
    .option('--accept-risk <finding id>', 'accept an alarm of the review; may be repeated', collect)
    .option('--param <key=value>', 'template parameter that nothing else answers; may be repeated', collect)
    .option('--answers <file>', 'YAML file with any of these answers');

/** What the connection's things are called, as far as looking at them depends on it. */
export const withNames = (command: Command): Command =>
  command
    .optionsGroup('Names:')
    .option('--bucket <name>', 'name of bucket and report (spotinst-cur-report)')
    .option('--report-name <name>', 'name of the report, where it differs from the bucket')
    .option('--prefix <prefix>', 'report path prefix (spotinst_eco)')
    .option('--stack-name <name>', 'name of the crawler stack (SpotEcoStack)')
    .option('--extractor-stack-name <name>', "name of the extractor stack (the link's)");

/** How a walk goes on. */
export const withWalk = (command: Command): Command =>
  withOutput(
    withUnlocking(command)
      .option('--restore-notifications', "put the bucket's saved notifications back beside the crawler's")
      .option('--sent', 'say that you have sent the message to Spot')
      .option('--yes', 'agree to the plans and take all proposals')
      .option('--dry-run', 'show the plan, write nothing')
      .option('--wait', 'keep running through the waits of 24 to 72 hours'),
  );

/** For commands that take the lock of a connection. */
const withUnlocking = (command: Command): Command =>
  command
    .optionsGroup('Run:')
    .option(
      '--force-unlock [lock id]',
      'end the lock of a run that is gone, such as one on another machine; asks first, and needs the id where nobody can be asked',
    );

/** How a run that asks and tells does so. */
export const withOutput = (command: Command): Command =>
  withBasics(command)
    .optionsGroup('General:')
    .option('--home <dir>', 'where connections are kept (SPOT_CUR_HOME, ~/.spot-cur)')
    .option('--verbose', 'show each attempt at a call to AWS')
    .option('--no-input', 'ask nothing')
    .option('--accessible', 'linear output for screen readers');

/** What every command knows. */
export const withBasics = (command: Command): Command =>
  command.optionsGroup('General:').option('--json', 'print one JSON document').option('--no-color', 'no colours');

/** The help topic exit-codes. */
export const exitCodes = `Exit codes:
  0    done, nothing to do, or handed back: it is AWS's, Spot's or a person's turn
  1    blocked, a declined plan, the wrong account, a damaged state, or a problem that doctor found
  2    usage: an unknown option, a missing or malformed answer, a refused link
  4    credentials are missing, expired or not accepted
  5    AWS denied an action
  6    another run works on the same connection
  7    an alarm of the review was not accepted
  8    not ready yet (only with status --exit-code)
  70   a bug of spot-cur
  130  interrupted; everything is saved
`;

/** @throws Problem (usage) */
export const formatOf = (text: string): HandoverOptions['format'] => {
  if (text === 'text' || text === 'eml' || text === 'json') return text;
  throw new Problem(
    `--format ${JSON.stringify(text)} is no format: a message is printed as text, eml or json.`,
    ['Example: --format eml'],
    'usage',
  );
};

/** What --force-unlock says. @throws Problem (usage) for what is no id of a lock, such as the customer's name behind it */
export const forceUnlockOf = ({
  forceUnlock: given,
}: {
  readonly forceUnlock?: string | readonly string[] | boolean | undefined;
}): ForceUnlock | undefined => {
  if (given === undefined || given === false) return undefined;
  if (given === true || (typeof given === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given)))
    return given;
  throw new Problem(
    `--force-unlock ${quoted(given)} is no id of a lock, such as 6f1c2c1e-7a44-4f1d-9d5e-0f2b7f0c1a11.`,
    [
      'The message about the lock says its id.',
      "The customer's name comes before it: spot-cur resume acme --force-unlock",
    ],
    'usage',
  );
};

/** @throws Problem (usage) */
export const portOf = (text: string): number => {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Problem(
    `--port ${JSON.stringify(text)} is no port: a port is a number from 0 to 65535.`,
    ['Example: --port 4600'],
    'usage',
  );
};
