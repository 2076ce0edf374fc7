import { describe, expect, it } from 'vitest';
import { neededCapabilities } from '../../../src/simulator/services/cloudformation/template/capabilities.ts';
import { checkedTemplate } from '../../../src/simulator/services/cloudformation/template/check.ts';
import { evaluate } from '../../../src/simulator/services/cloudformation/template/evaluate.ts';
import { parameterValues } from '../../../src/simulator/services/cloudformation/template/parameter-values.ts';
import { readTemplate } from '../../../src/simulator/services/cloudformation/template/read.ts';
import { readYaml } from '../../../src/simulator/services/cloudformation/template/yaml.ts';

const header = `
Parameters:
  Name: { Type: String, Default: alpha }
  Accounts: { Type: CommaDelimitedList, Default: '1, 2,3' }
  Empty: { Type: String, Default: '' }
Mappings:
  Sizes: { us-east-1: { small: t1 } }
Conditions:
  Named: !Not [!Equals [!Ref Name, '']]
  Nameless: !Not [!Condition Named]
  Both: !And [!Condition Named, !Not [!Condition Nameless]]
  Either: !Or [!Condition Nameless, !Equals [a, b]]
Resources:
  Thing: { Type: AWS::SNS::Topic }
`;
const scope = () => {
  const template = readTemplate(header);
  const stack = { id: 'arn:stack', name: 'demo', account: '012345678901' };
  const resources = { Thing: { physicalId: 'thing-1', attributes: { Arn: 'arn:thing', 'Deep.Name': 'deep' } } };
  return { template, parameters: parameterValues(template, {}), stack, resources };
};

describe('functions of the template language', () => {
  it.each([
    ['!Ref Name', 'alpha'],
    ['!Ref Accounts', ['1', '2', '3']],
    ['!Ref Thing', 'thing-1'],
    ['!Ref AWS::AccountId', '012345678901'],
    ['!Ref AWS::Region', 'us-east-1'],
    ['!Ref AWS::StackName', 'demo'],
    ['!Ref AWS::StackId', 'arn:stack'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::URLSuffix', 'amazonaws.com'],
    ['!Ref AWS::NotificationARNs', []],
    ['[a, !Ref AWS::NoValue, b]', ['a', 'b']],
    ['{ a: 1, b: !Ref AWS::NoValue }', { a: '1' }],
    ['!GetAtt Thing.Arn', 'arn:thing'],
    ['!GetAtt Thing.Deep.Name', 'deep'],
    ['!GetAtt [Thing, Arn]', 'arn:thing'],
    ['Fn::GetAtt: Thing.Arn', 'arn:thing'],
    [`!Sub 'x-\${Name}-\${Thing.Arn}-\${!Kept}-\${AWS::Region}'`, `x-alpha-arn:thing-\${Kept}-us-east-1`],
    [`!Sub ['\${Name}/\${Own}', { Own: !Ref Thing }]`, 'alpha/thing-1'],
    [`!Join [':', [a, !Ref Name, c]]`, 'a:alpha:c'],
    [`!Join [',', !Ref Accounts]`, '1,2,3'],
    ['!Select [1, !Ref Accounts]', '2'],
    [`!Split ['/', 'a/b']`, ['a', 'b']],
    [`!Select [0, !Split ['.', !GetAtt Thing.Arn]]`, 'arn:thing'],
    ['!FindInMap [Sizes, !Ref AWS::Region, small]', 't1'],
    ['!Base64 hello', 'aGVsbG8='],
    ['!If [Named, yes-it-is, no]', 'yes-it-is'],
    ['!If [Nameless, 1, !If [Both, 2, 3]]', '2'],
    ['!If [Either, 1, 0]', '0'],
    ['{ Condition: { StringEquals: { a: !Ref Name } } }', { Condition: { StringEquals: { a: 'alpha' } } }],
    ['012345678901', '012345678901'],
    ['true', true],
    ['2012-10-17', '2012-10-17'],
  ])('%s', (text, expected) => {
    expect(evaluate(readYaml(text), scope())).toEqual(expected);
  });

  it.each([
    ['!FindInMap [Sizes, us-east-1, big]', 'Template error: Unable to get mapping for Sizes::us-east-1::big'],
    ['!Select [7, !Ref Accounts]', 'Template error: Fn::Select cannot select nonexistent value at index 7'],
    ['!ImportValue other', 'Template error: No export named other found.'],
    ['!GetAtt Thing.Nope', 'Template error: resource Thing does not support attribute type Nope in Fn::GetAtt'],
    ['!Join [a]', 'Template error: Fn::Join object requires a list parameter of 2 elements.'],
    ['Fn::Cidr: [a, b]', 'Template error: Fn::Cidr is not simulated'],
  ])('%s is refused', (text, message) => {
    expect(() => evaluate(readYaml(text), scope())).toThrow(message);
  });
});

describe('what is no template', () => {
  const topic = 'Type: AWS::SNS::Topic';
  it.each([
    ['', 'Template format error: unsupported structure.'],
    ['hello', 'Template format error: unsupported structure.'],
    ['Resources: [', 'Template format error: YAML not well-formed. (line 1, column'],
    ['{"Resources": ', 'Template format error: JSON not well-formed. (line 1, column 15)'],
    ['{"Resources": {}}', 'Template format error: At least one Resources member must be defined.'],
    ['Description: x', 'Template format error: At least one Resources member must be defined.'],
    ['Resources:', 'Template format error: At least one Resources member must be defined.'],
    ['Resource: {}', 'Invalid template property or properties [Resource]'],
    ['Resources: { A: {} }', 'Every Resources object must contain a Type member.'],
    ['Resources: { a-b: {Type: X} }', 'Template format error: Resource name a-b is non alphanumeric.'],
    ['Resources: { A: {Type: X}, A: {Type: Y} }', 'Template format error: YAML not well-formed.'],
    ['Resources: { A: &a {Type: X}, B: *a }', 'YAML aliases are not allowed in CloudFormation templates'],
    [
      `Resources: { A: {${topic}, Properties: {Name: null}} }`,
      "[/Resources/A/Properties/Name] 'null' values are not allowed",
    ],
    [
      'Resources: { A: {Type: AWS::Nope::Thing} }',
      'Template format error: Unrecognized resource types: [AWS::Nope::Thing]',
    ],
    ['Resources: { A: {Type: Foo} }', 'Template format error: Unrecognized resource types: [Foo]'],
    [
      `Resources: { A: {${topic}, Properties: {Name: !Ref B}} }`,
      'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
    ],
    [
      `Resources: { A: {${topic}, DependsOn: B} }`,
      'Unresolved resource dependencies [B] in the Resources block of the template',
    ],
    [`Resources: { A: {${topic}, Properties: {Name: !Sub '\${B.Arn}'}} }`, 'Unresolved resource dependencies [B]'],
    [`{ Resources: { A: {${topic}} }, Outputs: { O: { Value: !GetAtt B.Arn } } }`, 'JSON not well-formed'],
    [
      `Resources: { A: {${topic}} }\nOutputs: { O: { Value: !GetAtt B.Arn } }`,
      'Unresolved resource dependencies [B] in the Outputs block of the template',
    ],
    [`Resources: { A: {${topic}, Condition: C} }`, 'Unresolved condition dependency C'],
    [
      `Resources: { A: {${topic}, DependsOn: B}, B: {${topic}, Properties: {Name: !Ref A}} }`,
      'Circular dependency between resources: [A, B]',
    ],
    [
      `Parameters: { P: {Type: Nope} }\nResources: { A: {${topic}} }`,
      'Template format error: Unrecognized parameter type: Nope',
    ],
  ])('%s', (text, message) => {
    expect(() => checkedTemplate(text)).toThrow(message);
  });
});

describe('parameters', () => {
  const check = (declaration: string, given: Record<string, string>) => () =>
    parameterValues(readTemplate(`Parameters: { P: ${declaration} }\nResources: { A: { Type: X } }`), given);

  it.each([
    ['{ Type: String }', {}, 'Parameters: [P] must have values'],
    ['{ Type: String }', { P: 'a', Q: 'b' }, 'Parameters: [Q] do not exist in the template'],
    ['{ Type: String, AllowedValues: [a, b] }', { P: 'c' }, "Parameter 'P' must be one of AllowedValues"],
    ['{ Type: String, AllowedPattern: "[a-z]+" }', { P: 'a1' }, "Parameter 'P' must match pattern [a-z]+"],
    [
      '{ Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: be good }',
      { P: '1' },
      'Parameter P failed to satisfy constraint: be good',
    ],
    ['{ Type: String, MinLength: 3 }', { P: 'ab' }, "Parameter 'P' must contain at least 3 characters"],
    ['{ Type: String, MaxLength: 3 }', { P: 'abcd' }, "Parameter 'P' must contain at most 3 characters"],
    ['{ Type: Number }', { P: 'x' }, "Parameter 'P' must be a number"],
    ['{ Type: Number, MinValue: 3 }', { P: '2' }, "Parameter 'P' must be a number not less than 3"],
    ['{ Type: Number, MaxValue: 3 }', { P: '4' }, "Parameter 'P' must be a number not greater than 3"],
    ["{ Type: String, AllowedPattern: '(?<broken' }", { P: 'a' }, 'AllowedPattern (?<broken is not simulated'],
    ['{ Type: List<Number> }', { P: '1,x' }, "Parameter 'P' must be a number"],
    ['{ Type: CommaDelimitedList, AllowedValues: [a, b] }', { P: 'a,c' }, "Parameter 'P' must be one of AllowedValues"],
  ])('%s with %o', (declaration, given, message) => {
    expect(check(declaration, given)).toThrow(message);
  });

  it.each([
    ['{ Type: String, Default: 012345678901 }', {}, '012345678901'],
    ['{ Type: "List<AWS::EC2::Subnet::Id>" }', { P: 'a,b' }, 'a,b'],
    ['{ Type: "AWS::EC2::VPC::Id" }', { P: 'vpc-1' }, 'vpc-1'],
    ['{ Type: String, MinLength: "2", AllowedPattern: "^a.*$" }', { P: 'ab' }, 'ab'],
  ])('%s with %o is fine', (declaration, given, value) => {
    expect(check(declaration, given)()).toEqual({ P: value });
  });
});

it.each([
  ['AWS::SNS::Topic', '{}', []],
  ['AWS::IAM::Role', '{}', ['CAPABILITY_IAM']],
  ['AWS::IAM::Policy', '{ PolicyName: p }', ['CAPABILITY_IAM']],
  ['AWS::IAM::Role', '{ RoleName: !Ref AWS::StackName }', ['CAPABILITY_NAMED_IAM']],
  ['AWS::IAM::User', '{ UserName: u }', ['CAPABILITY_NAMED_IAM']],
])('%s with %s needs %o', (type, properties, expected) => {
  const template = readTemplate(`Resources: { A: { Type: '${type}', Properties: ${properties} } }`);
  expect(neededCapabilities(template).needed).toEqual(expected);
});
