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

/** They write logs and traces, or are what AWS's own crawler uses. */
const harmless =
  /^(service-role\/)?(AWSLambdaBasicExecutionRole|AWSLambdaVPCAccessExecutionRole|AWSLambdaBasicDurableExecutionRolePolicy|AWSGlueServiceRole|AmazonAPIGatewayPushToCloudWatchLogs|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLambdaInsightsExecutionRolePolicy)$/;

/** Names of what rules over an account, or over the data of a whole service. */
const mighty = [
  /Administrator|Admin|FullAccess|PowerUser|ReadWrite|SystemAdmin|DataScientist|job-function\/|^ReadOnlyAccess$|^Billing$/i,
  // They write IAM, buy, or change the organization.
  /^IAM|SelfManage|Marketplace\w*(Manage|Procurement)|CodeStar|OpsWorks|Organizations(?!ReadOnly)|SavingsPlans(?!ReadOnly)/i,
  // They pass roles or start what has other rights.
  /DataPipeline|ElasticMapReduce|AWSLambdaRole$|EC2Spot|BatchService|CodeDeployRole|AutomationRole/i,
  // They read or carry off all data of a service.
  /(S3|DynamoDB|SecretsManager|SSM|SQS|Kinesis|RDS|Redshift|CodeCommit|CodeArtifact|ContainerRegistry|Logs|CloudWatch|Glacier|DocDB)\w*ReadOnly/i,
  /SecretsManager|EC2RoleforSSM|AmazonSSMManaged|AWSBackup|(SQSQueue|Kinesis|DynamoDB|MSK)ExecutionRole|DataFullAccess/i,
];

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
  if (mighty.some((pattern) => pattern.test(name)))
    return say(
      'mighty-policy',
      'alarm',
      `${id} gets one of AWS's policies for administrators, for IAM, or for the data of a whole service.`,
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
