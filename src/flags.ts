import type { Command } from 'commander';

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
    .option('--account <id>', 'stop when the credentials belong to another account')
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
    .option('--accept-notification <id>', 'a notification of the bucket that may be replaced; may be repeated', collect)
    .option('--link <link>', 'the link that Spot sends back')
    .option('--account-list <ids>', 'accounts to export, with commas; empty for all')
    .option('--extractor-stack-name <name>', "name of the extractor stack (the link's)")
    .option('--cur-bucket <name>', "the extractor's CURBucketName (the report's bucket)")
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
    command
      .optionsGroup('Run:')
      .option('--restore-notifications', "put the bucket's saved notifications back beside the crawler's")
      .option('--sent', 'the message has been sent to Spot')
      .option('--yes', 'agree to the plans and take all proposals')
      .option('--dry-run', 'show the plan, write nothing')
      .option('--wait', 'sit through waits of hours and days too'),
  );

/** How a run that asks and tells does so. */
export const withOutput = (command: Command): Command =>
  withBasics(command)
    .optionsGroup('General:')
    .option('--home <dir>', 'where connections are kept (SPOT_CUR_HOME, ~/.spot-cur)')
    .option('--verbose', 'show each call to AWS')
    .option('--no-input', 'ask nothing')
    .option('--accessible', 'linear output for screen readers');

/** What every command knows. */
export const withBasics = (command: Command): Command =>
  command.optionsGroup('General:').option('--json', 'print one JSON document').option('--no-color', 'no colours');
