import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alarms, reviewedData } from './stage.ts';

/** Ways to write one text that come to the same, or to it among others. */
const disguised = (text: string): fc.Arbitrary<unknown> => {
  const { whole } = fc.letrec<{ whole: unknown }>((tie) => ({
    whole: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(text),
      fc.constant({ 'Fn::Sub': text }),
      fc.nat(text.length).map((at) => ({ 'Fn::Join': ['', [text.slice(0, at), text.slice(at)]] })),
      fc.constant({ 'Fn::Sub': ['$' + '{A}', { A: text }] }),
      fc.constant({ 'Fn::Select': ['1', ['nothing', text]] }),
      fc.constant({ 'Fn::Select': ['0', { 'Fn::Split': ['|', `${text}|nothing`] }] }),
      fc.constant({ 'Fn::FindInMap': ['Map', 'key', text.replace(/[^a-z]/gi, '')] }),
      tie('whole').map((inner) => ({ 'Fn::If': ['C', inner, { Ref: 'AWS::NoValue' }] })),
      tie('whole').map((inner) => ({ 'Fn::If': ['C', 'logs:PutLogEvents', inner] })),
      tie('whole').map((inner) => ({ 'Fn::Join': ['', [{ 'Fn::If': ['C', '', 'x'] }, inner]] })),
    ),
  }));
  return whole;
};

const harms: readonly (readonly [action: string, resource: string, rule: string])[] = [
  ['*', '*', 'everything'],
  ['iam:CreateUser', '*', 'iam-write'],
  ['iam:Pass*', '*', 'pass-existing-role'],
  ['sts:AssumeRole', 'arn:aws:iam::999988887777:role/x', 'sts'],
  ['s3:GetObject', 'arn:aws:s3:::payroll/*', 'other-bucket-read'],
  ['s3:DeleteObject', 'arn:aws:s3:::acme-billing/*', 'report-bucket-rule'],
  ['secretsmanager:GetSecretValue', '*', 'secrets'],
];

const mappings = {
  Map: {
    key: Object.fromEntries(
      harms.flatMap(([action, resource]) => [action, resource].map((text) => [text.replace(/[^a-z]/gi, ''), text])),
    ),
  },
};

const wrapped = (statement: unknown): fc.Arbitrary<unknown> =>
  fc.constantFrom(
    statement,
    [statement],
    { 'Fn::If': ['C', statement, { Ref: 'AWS::NoValue' }] },
    [{ 'Fn::If': ['C', { Effect: 'Deny', Action: '*', Resource: '*' }, statement] }],
    { 'Fn::If': ['C', [], { 'Fn::If': ['D', [statement], []] }] },
  );

const policyOf = (statements: unknown) => ({
  Mappings: mappings,
  Resources: {
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: { 'Fn::If': ['E', { Statement: statements }, { Statement: [] }] } },
    },
  },
});

it.each(harms)('no disguise hides %s on %s', (action, resource, rule) => {
  const document = fc
    .record({
      Effect: fc.constantFrom('Allow', { 'Fn::If': ['C', 'Deny', 'Allow'] }, { 'Fn::Join': ['', ['All', 'ow']] }),
      Action: fc.oneof(
        disguised(action),
        disguised(action).map((each) => ['logs:PutLogEvents', each]),
      ),
      Resource: disguised(resource),
    })
    .chain(wrapped)
    .map(policyOf);
  fc.assert(
    fc.property(document, (template) => {
      expect(alarms(reviewedData(template))).toContain(rule);
    }),
    { numRuns: 300 },
  );
});

it('never throws, whatever a template is made of', () => {
  const keys = fc.constantFrom(
    ...['Resources', 'Type', 'Properties', 'Statement', 'Effect', 'Action', 'Principal', 'Resource', 'Condition'],
    ...['Fn::If', 'Fn::Join', 'Fn::Sub', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap', 'Fn::GetAtt', 'Ref', '__proto__'],
    ...['Code', 'S3Bucket', 'Parameters', 'Default', 'Mappings', 'Transform', 'PolicyDocument', 'toString', 'A'],
  );
  const leaf = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Allow',
      '*',
      'A',
      '$' + '{A}',
      'AWS::IAM::Role',
      'arn:aws:s3:::x/*',
      '{"Statement":',
      null,
      true,
      7,
    ),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const template = fc.oneof(
    tree,
    fc.record({
      Parameters: tree,
      Mappings: tree,
      Resources: fc.dictionary(fc.constantFrom('A', 'B', '__proto__'), fc.record({ Type: tree, Properties: tree })),
    }),
  );
  fc.assert(
    fc.property(template, (document) => {
      for (const { id, title, evidence } of reviewedData(document).findings)
        expect(typeof id + typeof title + typeof evidence).toBe('stringstringstring');
    }),
    { numRuns: 1_000 },
  );
});
