import { describe, expect, test } from 'vitest';
import { crawlerStack } from '../../src/policy/crawler-stack.ts';
import { documentOf } from '../../src/policy/document.ts';
import { grantsFor, typesWithoutGrants } from '../../src/policy/grants.ts';
import { resourcesOf } from '../../src/policy/resource-types/created.ts';
import { resourceTypes } from '../../src/policy/resource-types/table.ts';
import { stackGrants } from '../../src/policy/stack-grants.ts';
import { crawlerTemplate } from '../../src/simulator/templates/crawler.ts';
import { readWhole } from '../../src/template/review/whole.ts';
import { names } from './given.ts';

const address = { bucket: 'spot', key: 'extractor.yml' };

/** What the extractor's phase takes for a template with these resources, statement by statement, the program's own calls aside. */
const takes = (resources: string, parameters: Readonly<Record<string, string>> = {}) => {
  const text = `Resources:\n${resources.replace(/^/gm, '  ')}`;
  const grants = grantsFor('extractor', names, {
    extractor: { address, contents: { text, parameters } },
    deleteData: true,
  });
  return documentOf(grants.filter(({ by }) => by === 'cloudformation')).Statement;
};

const actionsOn = (statements: ReturnType<typeof takes>, arn: string): readonly string[] =>
  statements.filter(({ Resource }) => Resource.includes(arn)).flatMap(({ Action }) => Action);

describe("what CloudFormation does with the caller's rights", () => {
  test('each type of the table names its source', () => {
    for (const [type, { source }] of Object.entries(resourceTypes))
      expect([type, source]).toEqual([type, expect.stringMatching(/^https:\/\//)]);
  });

  test('the crawler stack is known before AWS has delivered it', () => {
    const delivered = crawlerTemplate({
      bucket: names.bucket,
      name: names.reportName,
      folder: `${names.prefix}/${names.reportName}`,
    });
    const resources = resourcesOf(readWhole(delivered, 'crawler-cfn.yml'), {}, names.account);
    expect(resources).toHaveLength(11);
    const sorted = (contents: ReturnType<typeof crawlerStack>) =>
      documentOf(stackGrants('setup', names, contents))
        .Statement.map(({ Sid: _, ...rest }) => JSON.stringify(rest))
        .sort();
    expect(sorted(crawlerStack(names))).toEqual(sorted({ ...crawlerStack(names), resources }));
  });

  test("a role is made under its stack's name, and only with the policies that the template names", () => {
    const statements = takes(`
Reader:
  Type: AWS::IAM::Role
  Properties:
    Policies: [{ PolicyName: p, PolicyDocument: {} }]
    ManagedPolicyArns: [!Sub 'arn:\${AWS::Partition}:iam::aws:policy/ReadOnlyAccess']`);
    expect(statements).toEqual([
      expect.objectContaining({
        Sid: 'ExtractorStackRoles',
        Action: expect.arrayContaining([
          'iam:CreateRole',
          'iam:DeleteRole',
          'iam:DeleteRolePolicy',
          'iam:PutRolePolicy',
        ]),
        Resource: ['arn:aws:iam::111122223333:role/SpotExtractor-*'],
      }),
      {
        Sid: 'ExtractorStackRolePolicies',
        Effect: 'Allow',
        Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        Resource: ['arn:aws:iam::111122223333:role/SpotExtractor-*'],
        Condition: { ArnLike: { 'iam:PolicyARN': ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } },
      },
    ]);
  });

  test('a role with a name and a path is named in full, wherever it is used', () => {
    const statements = takes(`
Reader:
  Type: AWS::IAM::Role
  Properties: { RoleName: !Sub 'spot-\${AWS::AccountId}', Path: /spot/ }
Code:
  Type: AWS::Lambda::Function
  Properties: { FunctionName: extractor, Role: !GetAtt Reader.Arn, Code: { S3Bucket: !Ref Bucket, S3Key: a.zip } }`);
    const role = 'arn:aws:iam::111122223333:role/spot/spot-111122223333';
    expect(actionsOn(statements, role)).toEqual(expect.arrayContaining(['iam:CreateRole', 'iam:PassRole']));
    expect(statements.find(({ Action }) => Action.includes('iam:PassRole'))?.Condition).toEqual({
      StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com'] },
    });
    expect(actionsOn(statements, 'arn:aws:lambda:us-east-1:111122223333:function:extractor')).toContain(
      'lambda:CreateFunction',
    );
    // Nobody knows the bucket: the key alone narrows.
    expect(actionsOn(statements, 'arn:aws:s3:::*/a.zip')).toEqual(['s3:GetObject']);
  });

  test('what a property brings along is granted only where it is there', () => {
    const plain = takes('Code: { Type: AWS::Lambda::Function, Properties: { Role: r } }');
    const all = takes(`
Code:
  Type: AWS::Lambda::Function
  Properties:
    Role: r
    ReservedConcurrentExecutions: 1
    VpcConfig: { SubnetIds: [s] }
    Layers: ['arn:aws:lambda:us-east-1:1:layer:x:1']`);
    const added = (statements: typeof plain) => statements.flatMap(({ Action }) => Action);
    expect(
      added(all)
        .filter((action) => !added(plain).includes(action))
        .sort(),
    ).toEqual([
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'lambda:GetLayerVersion',
      'lambda:PutFunctionConcurrency',
    ]);
  });

  test('of a long stack name no more is relied on than CloudFormation keeps', () => {
    const long = { ...names, stackName: 'a-stack-with-a-name-of-more-than-24-characters' };
    const resources = stackGrants('setup', long, crawlerStack(long)).flatMap((grant) => grant.resources);
    expect(resources).toContain('arn:aws:iam::111122223333:role/a-stack-with-a-name-of-m*');
  });

  test('taking a stack away takes no right to make one', () => {
    const actions = grantsFor('remove', names)
      .filter(({ by }) => by === 'cloudformation')
      .flatMap((grant) => grant.actions);
    expect(actions.filter((action) => /:(Create|Put|Attach|Add|Tag)/.test(action))).toEqual([]);
    expect(actions).toEqual(expect.arrayContaining(['iam:DeleteRole', 'lambda:DeleteFunction', 'glue:DeleteDatabase']));
  });

  test('types that the table lacks are told', () => {
    const text = 'Resources: { Graph: { Type: AWS::Neptune::DBCluster }, Mine: { Type: Custom::Mine } }';
    expect(typesWithoutGrants(names, { address, contents: { text, parameters: {} } })).toEqual([
      'AWS::Neptune::DBCluster',
    ]);
  });

  test.each([
    ['AWS::Events::Rule', 'arn:aws:events:us-east-1:111122223333:rule/SpotExtractor-*', 'events:PutRule'],
    ['AWS::Logs::LogGroup', 'arn:aws:logs:us-east-1:111122223333:log-group:SpotExtractor-*', 'logs:CreateLogGroup'],
    ['AWS::S3::Bucket', 'arn:aws:s3:::spotextractor-*', 's3:DeleteBucket'],
    ['AWS::SNS::Topic', 'arn:aws:sns:us-east-1:111122223333:SpotExtractor-*', 'sns:CreateTopic'],
    ['AWS::SQS::Queue', 'arn:aws:sqs:us-east-1:111122223333:SpotExtractor-*', 'sqs:DeleteQueue'],
    [
      'AWS::Scheduler::Schedule',
      'arn:aws:scheduler:us-east-1:111122223333:schedule/*/SpotExtractor-*',
      'scheduler:CreateSchedule',
    ],
    ['AWS::IAM::ManagedPolicy', 'arn:aws:iam::111122223333:policy/SpotExtractor-*', 'iam:CreatePolicy'],
    [
      'AWS::Lambda::LayerVersion',
      'arn:aws:lambda:us-east-1:111122223333:layer:SpotExtractor-*',
      'lambda:PublishLayerVersion',
    ],
    ['AWS::SSM::Parameter', 'arn:aws:ssm:us-east-1:111122223333:parameter/CFN-It-*', 'ssm:PutParameter'],
    ['AWS::Glue::Crawler', 'arn:aws:glue:us-east-1:111122223333:crawler/It-*', 'glue:DeleteCrawler'],
  ])('%s without a name is made under one that CloudFormation makes up', (type, arn, action) => {
    expect(actionsOn(takes(`It: { Type: ${type} }`), arn)).toContain(action);
  });
});
