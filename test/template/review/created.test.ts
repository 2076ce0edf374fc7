import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../src/template/review/context.ts';
import { ownByArn, ownByName } from '../../../src/template/review/created.ts';
import { evaluate } from '../../../src/template/review/evaluate.ts';
import { textsOf } from '../../../src/template/review/value.ts';
import { readWhole } from '../../../src/template/review/whole.ts';

/** In `value`, # stands for the dollar sign of Sub. */
const template = (value: string) =>
  readWhole(
    `
Resources:
  Named: { Type: AWS::Lambda::Function, Properties: { FunctionName: spot-extractor } }
  Made: { Type: AWS::Lambda::Function }
  OfStack: { Type: AWS::Lambda::Function, Properties: { FunctionName: !Sub "$\{AWS::StackName}-extractor" } }
  Role: { Type: AWS::IAM::Role, Properties: { RoleName: payer, Path: /spot/ } }
  Rare: { Type: AWS::IAM::Role, Condition: C, Properties: { RoleName: rare } }
  Either: { Type: AWS::S3::Bucket, Properties: { BucketName: !If [C, acme-results, acme-payroll] } }
  Store: { Type: AWS::S3::Bucket, Properties: { BucketName: acme-store } }
  Star: { Type: AWS::EC2::KeyPair, Properties: { KeyName: '*' } }
  Table: { Type: AWS::DynamoDB::Table }
  Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /spot } }
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { Name: token } }
  Topic: { Type: AWS::SNS::Topic }
Value: ${value.replaceAll('#', '$')}`,
    'a test',
  );

const asked = (value: string) => {
  const whole = template(value);
  const context = contextOf(whole, {
    sha256: '',
    parameters: {},
    prefilled: [],
    account: '111122223333',
    templateBucket: undefined,
    now: 0,
  });
  const [text = []] = textsOf(evaluate((whole.document as { Value: unknown }).Value, context.scope));
  return { text, context };
};

const arn = (value: string) => {
  const { text, context } = asked(value);
  return ownByArn(text, context)?.id;
};

describe('an ARN is one of the template’s own', () => {
  it.each([
    ['!GetAtt Made.Arn', 'Made'],
    ['!Ref Topic', 'Topic'],
    ['!Sub "#{Made.Arn}:*"', 'Made'],
    ['!Sub "#{Table.Arn}/index/*"', 'Table'],
    ['!Sub "arn:aws:lambda:#{AWS::Region}:#{AWS::AccountId}:function:#{Made}"', 'Made'],
    ['!Sub "arn:aws:lambda:#{AWS::Region}:#{AWS::AccountId}:function:#{Named}"', 'Named'],
    ['arn:aws:lambda:us-east-1:111122223333:function:spot-extractor', 'Named'],
    ['!Sub "arn:aws:lambda:us-east-1:111122223333:function:#{AWS::StackName}-extractor:live"', 'OfStack'],
    ['arn:aws:iam::111122223333:role/spot/payer', 'Role'],
    ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/spot-extractor:*', 'Named'],
    ['arn:aws:secretsmanager:us-east-1:111122223333:secret:token-??????', 'Secret'],
    ['arn:aws:s3:::acme-store/x', 'Store'],
  ])('%s', (value, id) => expect(arn(value)).toBe(id));
});

describe('an ARN is not, for whoever chose the name wants it taken for that', () => {
  it.each([
    'arn:aws:lambda:us-east-1:999988887777:function:spot-extractor',
    'arn:aws:lambda:us-east-1:*:function:spot-extractor',
    'arn:aws:lambda:eu-west-1:111122223333:function:spot-extractor',
    'arn:aws:lambda:us-east-1:111122223333:function:*spot-extractor',
    'arn:aws:lambda:us-east-1:111122223333:function:spot-extractor-2',
    '!Sub "arn:aws:lambda:us-east-1:111122223333:function:prod-#{Made}"',
    '!Sub "arn:aws:lambda:us-east-1:*:function:#{Made}"',
    '!Sub "#{Made.Arn}-2"',
    'arn:aws:iam::111122223333:role/payer',
    'arn:aws:iam::111122223333:role/rare',
    '!Sub "#{Role.Arn}/*"',
    'arn:aws:s3:::acme-payroll',
    'arn:aws:ec2:us-east-1:111122223333:key-pair/*',
    'arn:aws:logs:us-east-1:111122223333:log-group:/spot/*',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:token-*',
    '!Ref Star',
    '"*"',
  ])('%s', (value) => expect(arn(value)).toBeUndefined());
});

describe('a name is own for the type that bears it', () => {
  const name = (value: string, types: RegExp) => {
    const { text, context } = asked(value);
    return ownByName(text, types, context)?.id;
  };
  it.each([
    ['!Ref Role', /Role$/, 'Role'],
    ['payer', /Role$/, 'Role'],
    ['payer', /User$/, undefined],
    ['payer2', /Role$/, undefined],
    ['!Ref Made', /Function$/, 'Made'],
    ['!Sub "#{Made}-2"', /Function$/, undefined],
    ['/aws/lambda/spot-extractor', /LogGroup$/, 'Named'],
    ['!Sub "/aws/lambda/#{Made}"', /LogGroup$/, 'Made'],
    ['acme-payroll', /Bucket$/, undefined],
    ['"*"', /KeyPair$/, undefined],
  ])('%s as %s', (value, types, id) => expect(name(value, types)).toBe(id));
});
