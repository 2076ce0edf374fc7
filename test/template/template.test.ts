import { describe, expect, test } from 'vitest';
import { extractorTemplate } from '../../src/simulator/templates/extractor.ts';
import { readTemplate, templateText } from '../../src/template/template.ts';
import { problemOf } from '../state/acme.ts';

const read = (text: string) => readTemplate(Buffer.from(text), 'spot.yml');
const propertyOf = (value: string) =>
  read(`Resources: {A: {Type: T, Properties: {p: ${value}}}}`).resources.A?.properties.p;
const refusal = async (bytes: Uint8Array | string) => {
  const problem = await problemOf(() => readTemplate(Buffer.from(bytes), 'spot.yml'));
  expect(problem.advice[0]).toContain('Nothing was deployed');
  return problem.message;
};

describe('a template', () => {
  test('is read for parameters, resources, description and transforms', () => {
    const template = read(extractorTemplate);
    expect(Object.keys(template.parameters)).toHaveLength(7);
    expect(template.parameters.CURPrefixName).toMatchObject({ type: 'String', default: 'spotinst_eco', noEcho: false });
    expect(template.parameters.CustomerName?.default).toBeUndefined();
    expect(template.resources.ExtractorRole?.type).toBe('AWS::IAM::Role');
    expect(template.description).toContain('Copies the rows');
    expect(template.transforms).toEqual([]);
  });

  test('is one without what a macro will make of it', () => {
    const { resources, transforms } = read(
      'Transform: AWS::LanguageExtensions\nResources: {"Fn::ForEach::A": [x, [y], {}], B: {Type: T}}',
    );
    expect([Object.keys(resources), transforms]).toEqual([['B'], ['AWS::LanguageExtensions']]);
  });

  test('may be JSON', () => {
    const json = { Parameters: { P: { Type: 'Number', Default: 5, NoEcho: true } }, Resources: { A: { Type: 'T' } } };
    const { parameters } = read(JSON.stringify(json));
    expect(parameters.P).toMatchObject({ type: 'Number', default: '5', noEcho: true });
  });

  test('may begin with a byte order mark and end its lines with CR LF', () =>
    expect(read('\uFEFFResources:\r\n  A:\r\n    Type: T\r\n').resources).toEqual({
      A: { type: 'T', properties: {} },
    }));

  test.each([
    ['Transform: AWS::Serverless-2016-10-31', ['AWS::Serverless-2016-10-31']],
    ['Transform: [A, B]', ['A', 'B']],
    ['Transform: {Name: A}', []],
  ])('names its transforms: %s', (line, transforms) =>
    expect(read(`${line}\nResources: {A: {Type: T}}`).transforms).toEqual(transforms),
  );
});

describe('values stay what they are', () => {
  test.each<[string, unknown]>([
    ['012345678901', '012345678901'],
    ['"012345678901"', '012345678901'],
    ['1_000', '1_000'],
    ['0x10', '0x10'],
    ['1e3', '1e3'],
    ['true', 'true'],
    ['no', 'no'],
    ['null', 'null'],
    ['2026-11-23', '2026-11-23'],
    ['[012345678901, 1]', ['012345678901', '1']],
    ['!Ref X', { Ref: 'X' }],
    ['!Condition X', { Condition: 'X' }],
    ['!GetAtt A.Arn', { 'Fn::GetAtt': ['A', 'Arn'] }],
    ['!GetAtt A.Outputs.B', { 'Fn::GetAtt': ['A', 'Outputs.B'] }],
    ['!GetAtt [A, Arn]', { 'Fn::GetAtt': ['A', 'Arn'] }],
    ['!Sub a-${' + 'B}', undefined],
    ['!Sub "a-${' + 'B}"', { 'Fn::Sub': 'a-${' + 'B}' }],
    ['!Sub [a, {B: !Ref C}]', { 'Fn::Sub': ['a', { B: { Ref: 'C' } }] }],
    ['!Join [",", [!Ref A, b]]', { 'Fn::Join': [',', [{ Ref: 'A' }, 'b']] }],
    ['!If [A, !Ref B, !Ref "AWS::NoValue"]', { 'Fn::If': ['A', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] }],
    ['!FindInMap [A, b, c]', { 'Fn::FindInMap': ['A', 'b', 'c'] }],
    ['!Transform {Name: A, Parameters: {b: c}}', { 'Fn::Transform': { Name: 'A', Parameters: { b: 'c' } } }],
    ['!Unheard of', { 'Fn::Unheard': 'of' }],
    ['{Ref: X}', { Ref: 'X' }],
  ])('%s', async (text, value) => {
    if (value === undefined)
      expect(await refusal(`Resources: {A: {Type: T, Properties: {p: ${text}}}}`)).toMatch(/read/);
    else expect(propertyOf(text)).toEqual(value);
  });
});

describe('refused', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...[...'bcdefghi'].map((name, at) => {
      const before = 'abcdefghi'[at];
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`;
    }),
  ].join('\n');
  test.each<[string, string | Uint8Array, RegExp]>([
    ['no YAML', 'Resources: [', /spot\.yml can't be read/],
    ['no map', '- a', /is no CloudFormation template/],
    ['nothing', '', /Resources is missing/],
    ['no resources', 'Parameters: {}', /Resources is missing/],
    ['a resource without type', 'Resources: {A: {}}', /is no CloudFormation template/],
    ['a resource that is a list', 'Resources: {A: [x, [y], {}]}', /is no CloudFormation template/],
    ['a key twice', 'Resources: {A: {Type: T}}\nResources: {B: {Type: T}}', /unique/],
    ['two documents', 'Resources: {A: {Type: T}}\n---\nResources: {B: {Type: T}}', /multiple documents/],
    ['an alias bomb', `${bomb}\nResources: {A: {Type: T}}`, /alias/i],
    ['an unknown alias', 'Resources: {A: *x}', /alias/i],
    ['brackets without end', `{"Resources":${'['.repeat(3_000)}`, /nested more than 100 levels deep/],
    ['a thousand tags', Array.from({ length: 1_000 }, (_, at) => `- !T${at} x`).join('\n'), /more than 200 functions/],
    ['more than 1 MiB', `Resources: {A: {Type: T}}\n${'#'.repeat(1024 * 1024)}`, /larger than 1 MiB/],
    ['what is not UTF-8', Buffer.from([0x52, 0xff, 0xfe]), /not UTF-8/],
    ['UTF-16', Buffer.from('Resources: {A: {Type: T}}', 'utf16le'), /can't be read/],
    [
      'a resource that would be overlooked',
      'Resources: {constructor: {Type: AWS::IAM::Role}, B: {Type: T}}',
      /constructor/,
    ],
    ['another one', 'Resources: {prototype: {Type: AWS::IAM::Role}, B: {Type: T}}', /prototype/],
    ['and another', 'Resources: {__proto__: {Type: AWS::IAM::Role}, B: {Type: T}}', /__proto__/],
    [
      'a parameter that would be overlooked',
      'Parameters: {constructor: {Type: T}}\nResources: {B: {Type: T}}',
      /constructor/,
    ],
  ])('%s', async (_, bytes, text) => expect(await refusal(bytes)).toMatch(text));

  test('with a message that can’t steer a terminal', async () => {
    const problem = await problemOf(() => readTemplate(Buffer.from(''), 's3://x/\u001b[31my'));
    expect(problem.message).toMatch(/^The template s3:\/\/x\/y can't be read/);
  });
});

test('the text that is sent comes out as the same bytes', () => {
  const bytes = Buffer.from('\uFEFFResources: {Ä: {Type: 😀}}\r\n');
  expect(Buffer.from(templateText(bytes, 'x'))).toEqual(bytes);
});
