import { describe, expect, it } from 'vitest';
import { evaluate, scopeOf } from '../../../src/template/review/evaluate.ts';
import { holeIn, shown, textsOf } from '../../../src/template/review/value.ts';
import { readWhole } from '../../../src/template/review/whole.ts';

const template = readWhole(
  `
Parameters:
  Name: { Type: String, Default: report }
  Sent: { Type: String, Default: unused }
  Empty: { Type: String }
  Words: { Type: CommaDelimitedList, Default: 'a, b,c' }
  Looked: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /x }
  Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/service/ami-amazon-linux-latest/x }
Mappings:
  Map: { one: { key: first, list: [x, y] }, two: { key: second } }
Resources:
  Bucket: { Type: AWS::S3::Bucket }
  Answer: { Type: Custom::Answer }
  Setting: { Type: AWS::SSM::Parameter, Properties: { Value: '*' } }
  Plain: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: !Join ['-', [errors, !Ref Name]] } }
  Unnamed: { Type: AWS::CloudWatch::Alarm, Properties: { Threshold: 1 } }
  Policy: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: 'arn:aws:iam::aws:policy/AdministratorAccess' } }
  Joined: { Type: AWS::Glue::Database, Properties: { DatabaseInput: { Name: !Join [':', [arn, aws, s3, '', '', x]] } } }
  Named: { Type: AWS::IAM::Role, Properties: { RoleName: payer } }
  Perhaps: { Type: AWS::IAM::Role, Properties: { RoleName: !If [C, one, !Ref 'AWS::NoValue'] } }
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: 999988887777 } }
  Ring: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: !Ref Ring } }
`,
  'a test',
);

const options = (expression: string): readonly string[] => {
  const whole = readWhole(`Resources: {}\nValue: ${expression}`, 'a test').document as { Value: unknown };
  const scope = scopeOf(template, { parameters: { Sent: 'sent' }, account: undefined });
  return textsOf(evaluate(whole.Value, scope)).map(shown);
};

describe('what a place may come to', () => {
  it.each([
    ['plain', ['plain']],
    ['!Ref Name', ['report']],
    ['!Ref Sent', ['sent']],
    ['!Ref AWS::Region', ['us-east-1']],
    ['!Ref AWS::AccountId', ['<AWS::AccountId>']],
    ['!Ref Bucket', ['<Bucket>']],
    ['!GetAtt Bucket.Arn', ['<Bucket.Arn>']],
    ['{ "Fn::GetAtt": [Bucket, Arn] }', ['<Bucket.Arn>']],
    ['!Sub "arn:$' + '{AWS::Partition}:s3:::$' + '{Bucket}/$' + '{!Name}"', ['arn:aws:s3:::<Bucket>/$' + '{Name}']],
    ['!Sub ["$' + '{x}-$' + '{Name}", { x: !If [C, a, b] }]', ['a-report', 'b-report']],
    ['!Join ["/", [a, !Ref Name, !Ref "AWS::NoValue", b]]', ['a/report/b']],
    ['!Join [":", [!If [C, !Ref "AWS::NoValue", x], iam]]', ['iam', 'x:iam']],
    ['!Join ["-", !Ref Words]', ['a-b-c']],
    ['!Select [1, !Ref Words]', ['b']],
    ['!Select [1, !Split ["/", "x/y/z"]]', ['y']],
    ['!Select [0, [!If [C, !Ref "AWS::NoValue", a], b]]', ['a', 'b']],
    ['!Select [2, !Split ["/", !Ref "AWS::StackId"]]', ['<a new id>']],
    ['!If [C, a, !If [D, b, c]]', ['a', 'b', 'c']],
    ['!FindInMap [Map, one, key]', ['first']],
    ['!FindInMap [Map, !If [C, one, two], key]', ['first', 'second']],
    ['!FindInMap [Map, !Ref "AWS::AccountId", key]', ['first', 'second']],
    ['!Base64 text', ['<in Base64>text']],
    ['!Join ["", [a, !Base64 text]]', ['a<in Base64>text']],
    ['!Ref Setting', ['<Setting>']],
    // Whoever writes the template chooses what these are called, an ARN for one.
    ['!Ref Plain', ['errors-report']],
    ['!Ref Policy', ['arn:aws:iam::aws:policy/AdministratorAccess']],
    ['!Ref Joined', ['arn:aws:s3:::x']],
    ['!Ref Named', ['payer']],
    ['!GetAtt Named.Arn', ['<Named.Arn>']],
    ['!Ref Perhaps', ['one', '<Perhaps>']],
    ['!GetAtt Topic.TopicName', ['999988887777']],
    ['!Ref Topic', ['<Topic>']],
    ['!Ref Unnamed', ['<Unnamed>']],
    ['!GetAtt Policy.Arn', ['<Policy.Arn>']],
    ['!Ref Image', ['</aws/service/ami-amazon-linux-latest/x>']],
  ])('%s is %j', (expression, expected) => {
    expect(options(expression)).toEqual(expected);
  });

  it.each([
    '!Ref Empty',
    '!Ref Looked',
    '!Ref Nobody',
    '!Ref Answer',
    '!GetAtt Answer.Value',
    '!GetAtt Setting.Value',
    '!Ref Ring',
    '!ImportValue other',
    '!Strange x',
    '!Select [9, [a]]',
    '!FindInMap [Map, three, key]',
    '"{{resolve:ssm:/x}}"',
    '!Join ["", ["{{res", "olve:ssm:/x}}"]]',
    '!Join [!Ref "AWS::NoValue", [a]]',
    '!Split [",", !GetAtt Bucket.Arn]',
  ])('%s is not known', (expression) => {
    const whole = readWhole(`Resources: {}\nValue: ${expression}`, 'a test').document as { Value: unknown };
    const texts = textsOf(evaluate(whole.Value, scopeOf(template, { parameters: {}, account: undefined })));
    expect(texts.map(holeIn).every((hole) => hole !== undefined)).toBe(true);
    expect(texts.length).toBeGreaterThan(0);
  });
});

it('gives up rather than to count every combination', () => {
  const branches = Array.from({ length: 40 }, () => ({ 'Fn::If': ['C', 'a', 'b'] }));
  const scope = scopeOf(template, { parameters: {}, account: undefined });
  evaluate({ 'Fn::Join': ['', branches] }, scope);
  expect(scope.budget.exceeded).toBe('conditions combine in too many ways');
});

it('gives up on what is nested without end', () => {
  const scope = scopeOf(template, { parameters: {}, account: undefined });
  const ring: Record<string, unknown> = {};
  ring.inner = [ring, ring];
  evaluate(ring, scope);
  expect(scope.budget.exceeded).toBeDefined();
});
