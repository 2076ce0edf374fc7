import {
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  GetTemplateSummaryCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { payer, stage, topicAndRole } from './stage.ts';

const good: CreateStackCommandInput = {
  StackName: 'demo',
  TemplateBody: topicAndRole,
  Capabilities: ['CAPABILITY_IAM'],
};
const topic = 'Resources: { A: { Type: AWS::SNS::Topic } }';

describe('CreateStack', () => {
  it.each<[string, Partial<CreateStackCommandInput>, string, string]>([
    [
      'a name with blanks',
      { StackName: 'Spot Eco Stack' },
      'ValidationError',
      "1 validation error detected: Value 'Spot Eco Stack' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*",
    ],
    [
      'a long name',
      { StackName: 'a'.repeat(129) },
      'ValidationError',
      'Member must have length less than or equal to 128',
    ],
    [
      'no capabilities',
      { Capabilities: [] },
      'InsufficientCapabilitiesException',
      'Requires capabilities : [CAPABILITY_IAM]',
    ],
    [
      'a named role',
      { TemplateBody: 'Resources: { R: { Type: AWS::IAM::Role, Properties: { RoleName: x } } }' },
      'InsufficientCapabilitiesException',
      'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    ],
    [
      'an unknown parameter',
      { Parameters: [{ ParameterKey: 'X', ParameterValue: '1' }] },
      'ValidationError',
      'Parameters: [X] do not exist in the template',
    ],
    [
      'an unfit parameter',
      { Parameters: [{ ParameterKey: 'Name', ParameterValue: '1' }] },
      'ValidationError',
      "Parameter 'Name' must match pattern [a-z]+",
    ],
    [
      'no template',
      { TemplateBody: undefined },
      'ValidationError',
      'Either Template URL or Template Body must be specified.',
    ],
    ['two templates', { TemplateURL: 'https://s3.amazonaws.com/a/b' }, 'ValidationError', 'not both'],
    [
      'a template that is too long',
      { TemplateBody: `${topic}${' '.repeat(51_200)}` },
      'ValidationError',
      'Member must have length less than or equal to 51200',
    ],
    [
      'an unknown type',
      { TemplateBody: 'Resources: { A: { Type: AWS::No::No } }' },
      'ValidationError',
      'Template format error: Unrecognized resource types: [AWS::No::No]',
    ],
    [
      'a type that is not simulated',
      { TemplateBody: 'Resources: { A: { Type: AWS::EC2::Instance } }' },
      'ValidationError',
      'Not simulated: [AWS::EC2::Instance]',
    ],
    [
      'an option that is not imitated',
      { RoleARN: 'arn:aws:iam::111122223333:role/x' },
      'ValidationError',
      'RoleARN is not simulated',
    ],
    ['rules', { TemplateBody: `Rules: {}\n${topic}` }, 'ValidationError', 'Not simulated: [Rules]'],
    ['two ways to fail', { OnFailure: 'DELETE', DisableRollback: true }, 'ValidationError', 'not both'],
  ])('refuses %s', async (_, change, name, message) => {
    const { aws, account } = stage();
    const error = await aws.send(new CreateStackCommand({ ...good, ...change })).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name, message: expect.stringContaining(message) });
    expect(account.stacks).toEqual([]);
  });

  it('accepts CAPABILITY_NAMED_IAM for CAPABILITY_IAM, and a body of exactly 51,200 bytes', async () => {
    const { aws } = stage();
    const padded = `${topicAndRole}${' '.repeat(51_200 - Buffer.byteLength(topicAndRole))}`;
    await aws.send(new CreateStackCommand({ ...good, TemplateBody: padded, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  });

  it('takes a repetition by its token, and refuses the name to any other', async () => {
    const { aws } = stage();
    const first = await aws.send(new CreateStackCommand({ ...good, ClientRequestToken: 'one' }));
    const again = await aws.send(new CreateStackCommand({ ...good, ClientRequestToken: 'one' }));
    expect(again.StackId).toBe(first.StackId);
    for (const ClientRequestToken of ['two', undefined]) {
      await expect(aws.send(new CreateStackCommand({ ...good, ClientRequestToken }))).rejects.toMatchObject({
        name: 'AlreadyExistsException',
        message: 'Stack [demo] already exists',
      });
    }
    const remove = new DeleteStackCommand({ StackName: 'demo', ClientRequestToken: 'one' });
    await expect(aws.send(remove)).rejects.toMatchObject({ name: 'TokenAlreadyExistsException' });
  });
});

describe('TemplateURL', () => {
  const shared = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/open.yml' }],
  });
  const summary = async (url: string) => {
    const { aws, bucket } = stage();
    bucket('mine', payer, { 'a b/c.yml': topic, 'big.yml': `${topic}${' '.repeat(1_000_000)}` });
    const other = bucket('other', '999999999999', { 'open.yml': topic, 'closed.yml': topic });
    if (other) other.policy = shared;
    return aws.send(new GetTemplateSummaryCommand({ TemplateURL: url }));
  };

  it.each([
    'https://mine.s3.amazonaws.com/a%20b/c.yml',
    'https://mine.s3.us-east-1.amazonaws.com/a%20b/c.yml',
    'https://mine.s3-us-east-1.amazonaws.com/a%20b/c.yml',
    'https://s3.amazonaws.com/mine/a%20b/c.yml',
    'https://s3.us-east-1.amazonaws.com/mine/a%20b/c.yml',
    'https://s3-us-east-1.amazonaws.com/mine/a%20b/c.yml?versionId=abc',
    'https://other.s3.amazonaws.com/open.yml',
  ])('%s', async (url) => {
    expect((await summary(url)).ResourceTypes).toEqual(['AWS::SNS::Topic']);
  });

  it.each([
    ['http://s3.amazonaws.com/mine/c.yml', 'TemplateURL must be a supported URL.'],
    ['https://example.com/c.yml', 'Domain name specified in example.com is not a valid S3 domain'],
    ['https://mine.s3.amazonaws.com.example.com/c.yml', 'is not a valid S3 domain'],
    ['https://s3.amazonaws.com/mine', 'TemplateURL must be a supported URL.'],
    ['https://s3.amazonaws.com/mine/c.yml?x=1', 'TemplateURL must be a supported URL.'],
    ['https://mine.s3.amazonaws.com/none.yml', 'S3 error: The specified key does not exist.'],
    ['https://nobody.s3.amazonaws.com/none.yml', 'S3 error: The specified bucket does not exist'],
    ['https://other.s3.amazonaws.com/closed.yml', 'S3 error: Access Denied'],
    ['https://mine.s3.amazonaws.com/big.yml', 'Template may not exceed 1000000 bytes in size.'],
  ])('%s is refused', async (url, message) => {
    await expect(summary(url)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});

it('summarises any template, simulated or not, and validates it', async () => {
  const { aws } = stage();
  const body = `${topicAndRole.replace('Resources:', 'Resources:\n  Queue: { Type: AWS::SQS::Queue }')}`;
  const summary = await aws.send(new GetTemplateSummaryCommand({ TemplateBody: body }));
  expect(summary).toMatchObject({
    Description: 'A topic and a role',
    Capabilities: ['CAPABILITY_IAM'],
    CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    ResourceTypes: ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::IAM::Role'],
  });
  expect(summary.Parameters).toEqual([
    { ParameterKey: 'Name', DefaultValue: 'alerts', ParameterType: 'String', NoEcho: false, ParameterConstraints: {} },
    { ParameterKey: 'Secret', DefaultValue: 'hidden', ParameterType: 'String', NoEcho: true, ParameterConstraints: {} },
  ]);
  const valid = await aws.send(new ValidateTemplateCommand({ TemplateBody: body }));
  expect(valid.Parameters?.map(({ ParameterKey }) => ParameterKey)).toEqual(['Name', 'Secret']);
  const wrong = new ValidateTemplateCommand({ TemplateBody: 'Resources: {}' });
  await expect(aws.send(wrong)).rejects.toThrow('At least one Resources member must be defined.');
});

it('knows nothing of stacks that are not there, and says loudly what it does not imitate', async () => {
  const { aws } = stage();
  await expect(aws.send(new DescribeStackEventsCommand({ StackName: 'nope' }))).rejects.toThrow(
    'Stack [nope] does not exist',
  );
  await expect(aws.send(new DescribeStackResourcesCommand({ StackName: 'nope' }))).rejects.toThrow(
    'Stack with id nope does not exist',
  );
  await expect(aws.send(new UpdateStackCommand(good))).rejects.toThrow('UpdateStack');
});
