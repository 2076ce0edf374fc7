import { arnOf } from '../accounts.ts';
import type { Context } from '../context.ts';
import { ownByArn } from '../created.ts';
import type { Remark } from '../findings.ts';
import { holeIn, shown, type Text } from '../value.ts';
import { walkThrough } from '../walk.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Managed policies by their ARN: AWS's own, and ones that exist in the account already. */
export const managedPolicies: Rule = (context) =>
  context.resources.flatMap(({ id, properties }) => {
    const found: Remark[] = [];
    walkThrough(properties, (value, path) => {
      const listed = /^Managed(Policy|Policies)(Arns?)?$|^PolicyArns?$/i.test(path.at(-1) ?? '');
      if (value.kind !== 'text' || path.at(-1) === 'PermissionsBoundary') return;
      const arn = arnOf(value.text);
      if (listed || (arn?.service === 'iam' && arn.rest.startsWith('policy/')))
        found.push(...judge(id, value.text, context));
    });
    return found;
  });

const harmless =
  /^(service-role\/)?(AWSLambdaBasicExecutionRole|AWSLambdaVPCAccessExecutionRole|AWSLambdaSQSQueueExecutionRole|AWSLambdaBasicDurableExecutionRolePolicy|AWSGlueServiceRole|AmazonECSTaskExecutionRolePolicy|AmazonAPIGatewayPushToCloudWatchLogs|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLambdaInsightsExecutionRolePolicy|CloudWatchAgentServerPolicy|AmazonSSMManagedInstanceCore)$/;
const mighty =
  /Administrator|Admin|FullAccess|_FullAccess|PowerUser|ReadWrite|SystemAdmin|DatabaseAdmin|DataScientist|^ReadOnlyAccess$|AmazonS3ReadOnly|DynamoDBReadOnly|SecretsManager|AmazonSSMReadOnly|^Billing$|job-function\//i;

const judge = (id: string, text: Text, context: Context): readonly Remark[] => {
  if (ownByArn(text, context)?.type === 'AWS::IAM::ManagedPolicy') return [];
  const say = (rule: string, level: Remark['level'], title: string, advice: string) => [
    remark(rule, level, id, [title, shown(text), advice]),
  ];
  const arn = arnOf(text);
  if (holeIn(text) || !arn)
    return say(
      'unresolved-policy',
      'alarm',
      `Which policy ${id} gets can't be known before it is deployed.`,
      'Ask for a template that spells it out, or give the parameter that it depends on with --param.',
    );
  if (arn.account !== 'aws')
    return say(
      'existing-policy',
      'alarm',
      `${id} gets a policy that exists already and that this review can't see.`,
      `Read that policy first. ${askSpot}`,
    );
  const name = arn.rest.replace(/^policy\//, '');
  if (mighty.test(name))
    return say(
      'mighty-policy',
      'alarm',
      `${id} gets one of AWS's policies for administrators, or for the data of a whole service.`,
      `It reaches far beyond a report. ${askSpot}`,
    );
  return harmless.test(name)
    ? say('service-policy', 'note', `${id} gets one of AWS's policies for logs and service roles.`, 'Nothing to do.')
    : say(
        'aws-policy',
        'warning',
        `${id} gets one of AWS's policies that this review does not know.`,
        'Look it up: aws iam get-policy --policy-arn <the arn>',
      );
};
