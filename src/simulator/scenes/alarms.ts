import type { Scene } from './scene.ts';
import { type Part, policyOn, roleThat, templateOf, topicFor, trusting, withFunction } from './small-templates.ts';
import { offersAnew, spots } from './spots-link.ts';
import { sceneAccount } from './stage.ts';

/** Nobody's account, that is: not the customer's. */
const stranger = '444455556666';
const inner = 'https://spot-connect-templates.s3.us-east-1.amazonaws.com/extractor/inner.yaml';
const keptBack = Object.fromEntries(Object.keys(spots).map((key) => [key, undefined]));

/** Spot's link leads to a template that holds what no extractor needs. */
const alarm = (name: string, what: string, resources: Part): Scene => ({
  name: `alarm-${name}`,
  title: `The template of Spot's link ${what}.`,
  arrange: (stage) => stage.offer(templateOf(resources), { parameters: keptBack }),
  mend: offersAnew,
});

/** What the review raises an alarm for, one kind each. The administrator is a scene of the extractor's. */
export const alarms: readonly Scene[] = [
  alarm('outside-trust', 'lets an account outside assume a role, without an external id', {
    Reader: trusting({ AWS: `arn:aws:iam::${stranger}:root` }),
  }),
  alarm('outside-resource', 'opens a topic to an account outside', topicFor({ AWS: `arn:aws:iam::${stranger}:root` })),
  alarm('unknown-trust', 'does not say who may assume its role', {
    Reader: trusting({ AWS: { 'Fn::ImportValue': 'Partner' } }),
  }),
  alarm('everything', 'allows everything there is', { Role: roleThat('*:*') }),
  alarm('iam-writes', 'lets its role create users', { Role: roleThat('iam:CreateUser') }),
  alarm('sts', 'lets its role become another one, outside', {
    Role: roleThat('sts:AssumeRole', `arn:aws:iam::${stranger}:role/Inside`),
  }),
  alarm('pass-role', 'lets its role hand on one that exists already', {
    Role: roleThat('iam:PassRole', `arn:aws:iam::${sceneAccount}:role/OrganizationAccountAccessRole`),
  }),
  alarm('existing-role', 'gives more rights to a role that exists already', {
    Policy: policyOn('OrganizationAccountAccessRole'),
  }),
  alarm('other-buckets', 'reads the data of all buckets', { Role: roleThat('s3:GetObject') }),
  alarm('access-key', 'makes a user with a long-lived key', {
    User: { Type: 'AWS::IAM::User' },
    Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
  }),
  alarm('federation', 'lets people from outside AWS sign in', {
    Provider: {
      Type: 'AWS::IAM::OIDCProvider',
      Properties: { Url: 'https://sign-in.example.net', ClientIdList: ['sts.amazonaws.com'] },
    },
  }),
  alarm(
    'function-url',
    'lets anybody on the internet call its function',
    withFunction({
      Url: {
        Type: 'AWS::Lambda::Url',
        Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['Function', 'Arn'] } },
      },
    }),
  ),
  alarm('nested-stack', 'creates another stack, from another template', {
    Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: inner } },
  }),
  alarm('stack-set', 'creates stacks in all accounts of the organization', {
    Everywhere: {
      Type: 'AWS::CloudFormation::StackSet',
      Properties: { StackSetName: 'everywhere', PermissionModel: 'SERVICE_MANAGED', TemplateURL: inner },
    },
  }),
  alarm(
    'macro',
    'has a function rewrite the templates that come after it',
    withFunction({
      Rewriter: {
        Type: 'AWS::CloudFormation::Macro',
        Properties: { Name: 'Rewriter', FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] } },
      },
    }),
  ),
  alarm('third-party-type', 'has a resource of a type that is not from AWS', {
    Thing: { Type: 'Initech::Agents::Agent', Properties: { Name: 'helper' } },
  }),
  alarm('service-token', 'has code outside the account make one of its resources', {
    Registration: {
      Type: 'Custom::Registration',
      Properties: { ServiceToken: `arn:aws:lambda:us-east-1:${stranger}:function:register` },
    },
  }),
  alarm(
    'dynamic-reference',
    'looks up a secret of the account while it is deployed',
    withFunction({}, { PASSWORD: '{{resolve:secretsmanager:prod/db:SecretString:password}}' }),
  ),
];
