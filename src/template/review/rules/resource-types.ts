import type { Level } from '../findings.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What a resource's type alone tells. The first row that fits counts. */
export const types: Rule = ({ resources }) =>
  resources.flatMap(({ id, type }) =>
    rows
      .filter(([pattern]) => pattern.test(type))
      .slice(0, 1)
      .filter(([, rule]) => rule !== 'known')
      .map(([, rule, level, title, advice]) => remark(rule, level, id, [title.replace('%', id), type, advice])),
  );

type Row = readonly [type: RegExp, rule: string, level: Level, title: string, advice: string];

const server = 'This review can not tell what it runs.';

const rows: readonly Row[] = [
  [/::MODULE$/, 'module', 'alarm', '% is a module: what it creates is not in the template.', askSpot],
  [
    /^(?!AWS::|Custom::|Alexa::)/,
    'third-party-type',
    'alarm',
    '% is of a type that is not from AWS.',
    `Code of someone else makes it. ${askSpot}`,
  ],
  [/^Alexa::/, 'third-party-type', 'alarm', '% belongs to an Alexa skill.', askSpot],
  [
    /^AWS::CloudFormation::Stack$/,
    'nested-stack',
    'alarm',
    '% is another stack, from a template that this review has not read.',
    `Ask for one template that holds everything. ${askSpot}`,
  ],
  [
    /^AWS::CloudFormation::StackSet$/,
    'stack-set',
    'alarm',
    '% makes stacks in other accounts and regions.',
    `From a management account it reaches every member account. ${askSpot}`,
  ],
  [
    /^AWS::CloudFormation::Macro$/,
    'macro',
    'alarm',
    '% lets code rewrite templates before they are deployed.',
    askSpot,
  ],
  [
    /^AWS::CloudFormation::(WaitCondition|WaitConditionHandle)$/,
    'waits',
    'note',
    '% waits for a signal from outside.',
    'Nothing to do.',
  ],
  [
    /^AWS::CloudFormation::CustomResource$/,
    'custom-resource',
    'note',
    '% runs a function of the template while the stack is made.',
    'Read that function.',
  ],
  [
    /^Custom::/,
    'custom-resource',
    'note',
    '% runs a function of the template while the stack is made.',
    'Read that function.',
  ],
  [
    /^AWS::CloudFormation::/,
    'cloudformation-registry',
    'alarm',
    '% changes what CloudFormation itself does in this account.',
    `It lasts beyond this stack. ${askSpot}`,
  ],
  [
    /^AWS::Serverless::/,
    'transform',
    'alarm',
    '% is written for a transform: what it becomes is not in the template.',
    askSpot,
  ],
  [
    /^AWS::IAM::AccessKey$/,
    'access-key',
    'alarm',
    '% is a long-lived access key.',
    `Whoever gets hold of it is in until it is deleted. ${askSpot}`,
  ],
  [
    /^AWS::IAM::(OIDCProvider|SAMLProvider)$|^AWS::RolesAnywhere::|^AWS::Cognito::IdentityPool/,
    'federation',
    'alarm',
    '% lets identities from outside AWS sign in to this account.',
    askSpot,
  ],
  [/^AWS::(SSO|IdentityStore)::/, 'sign-in', 'alarm', '% changes who may sign in to the organization.', askSpot],
  [
    /^AWS::(Organizations|ControlTower)::/,
    'organization',
    'alarm',
    '% changes the organization: accounts, units or policies for them.',
    askSpot,
  ],
  [/^AWS::RAM::/, 'share', 'alarm', '% shares resources with other accounts.', askSpot],
  [
    /^AWS::(BillingConductor|Billing|Invoicing)::/,
    'billing-settings',
    'alarm',
    '% changes how this organization is billed.',
    askSpot,
  ],
  [
    /^AWS::Budgets::BudgetsAction$/,
    'budget-action',
    'alarm',
    '% lets a budget change policies or stop servers.',
    askSpot,
  ],
  [
    /^AWS::IAM::User$/,
    'user',
    'warning',
    '% is a user, who stays beyond any session.',
    'A role is safer. Ask Spot why it has to be a user.',
  ],
  [
    /^AWS::IAM::(Group|ServiceLinkedRole|InstanceProfile|ServerCertificate|VirtualMFADevice)$/,
    'identity',
    'warning',
    '% changes identities of this account.',
    'Ask Spot what it is for.',
  ],
  [
    /^AWS::EC2::(Instance|LaunchTemplate|SpotFleet|EC2Fleet)$|^AWS::AutoScaling::/,
    'server',
    'warning',
    '% starts servers.',
    `${server} Read its UserData.`,
  ],
  [
    /^AWS::(ECS|EKS|Batch|AppRunner|Lightsail|EMR|EMRServerless|SageMaker|ElasticBeanstalk|ImageBuilder|Cloud9|GameLift|MWAA)::/,
    'containers',
    'warning',
    '% starts containers or servers.',
    server,
  ],
  [
    /^AWS::(CodeBuild|CodePipeline|CodeDeploy|Amplify|Synthetics|DataPipeline)::|^AWS::Glue::(Job|DevEndpoint|Session)$/,
    'pipeline',
    'warning',
    '% runs programs that are not all in the template.',
    server,
  ],
  [/^AWS::StepFunctions::/, 'state-machine', 'warning', '% runs a chain of calls to AWS.', 'Read its definition.'],
  [
    /^AWS::SSM::(Association|MaintenanceWindowTask|ResourceDataSync)$/,
    'commands',
    'alarm',
    '% runs commands on servers that exist already.',
    askSpot,
  ],
  [
    /^AWS::SSM::(Document|Association|MaintenanceWindow)/,
    'automation',
    'warning',
    '% runs commands on servers of this account.',
    'Read them.',
  ],
  [
    /^AWS::(ApiGateway|ApiGatewayV2|AppSync|CloudFront|GlobalAccelerator|ElasticLoadBalancingV2|ElasticLoadBalancing|Transfer)::/,
    'reachable',
    'warning',
    '% can be reached from the internet.',
    'An extractor needs no way in. Ask Spot what it is for.',
  ],
  [
    /^AWS::(CUR|BCMDataExports)::/,
    'report-definition',
    'warning',
    '% makes a report of its own about your costs.',
    'See where it is delivered.',
  ],
  [
    /^AWS::(Lambda|S3|Logs|Events|Scheduler|Glue|Athena|SNS|SQS|KMS|CloudWatch|DynamoDB|IAM|SecretsManager|SSM|EC2|KinesisFirehose|Kinesis|Pipes|CE|Budgets|ECR|LakeFormation|XRay|ResourceGroups|ApplicationAutoScaling|CloudTrail|Config|CodeStarNotifications|Chatbot|RDS|Route53)::/,
    'known',
    'note',
    '',
    '',
  ],
  [
    /^AWS::/,
    'unknown-type',
    'warning',
    '% is of a type that this review knows nothing special about.',
    'Only what holds for every type has been looked at.',
  ],
];
