/** A part of a template, as JSON has it. */
export type Part = Readonly<Record<string, unknown>>;

/** A template as Spot would send one, with no more in it than what a scene is about. */
export const templateOf = (Resources: Part, Parameters: Part = {}): string =>
  JSON.stringify(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: { CURBucketName: { Type: 'String' }, ...Parameters },
      Resources,
    },
    undefined,
    2,
  );

const policyOf = (statement: Part): Part => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

/** A role that this principal may assume. */
export const trusting = (Principal: Part): Part => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: policyOf({ Principal, Action: 'sts:AssumeRole' }) },
});

/** A role of a function, with one statement. */
export const roleThat = (Action: string, Resource: unknown = '*'): Part => {
  const { Type, Properties } = trusting({ Service: 'lambda.amazonaws.com' });
  const Policies = [{ PolicyName: 'Rights', PolicyDocument: policyOf({ Action, Resource }) }];
  return { Type, Properties: { ...(Properties as Part), Policies } };
};

/** A function whose code is in the template, with its role. */
export const withFunction = (more: Part = {}, Variables?: Part): Part => ({
  Role: roleThat('logs:PutLogEvents'),
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'python3.13',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: 'def handler(event, context): pass' },
      ...(Variables && { Environment: { Variables } }),
    },
  },
  ...more,
});

/** A topic that this principal may publish to. */
export const topicFor = (Principal: Part): Part => ({
  Topic: { Type: 'AWS::SNS::Topic' },
  TopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: policyOf({ Principal, Action: 'sns:Publish', Resource: { Ref: 'Topic' } }),
    },
  },
});

/** A policy that is put on a role that exists already. */
export const policyOn = (role: string): Part => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'more',
    Roles: [role],
    PolicyDocument: policyOf({ Action: 'ce:GetCostAndUsage', Resource: '*' }),
  },
});
