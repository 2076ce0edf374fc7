import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/template/review/findings.ts';
import { alarms, filesOf, reviewed, reviewedData, textOf } from './stage.ts';

describe('the findings as they are read', () => {
  const page = (findings: readonly Finding[]) =>
    findings
      .map(({ id, level, title, evidence, advice }) => `${level}  ${title}\n  ${evidence}\n  ${advice}\n  ${id}\n`)
      .join('\n');

  it.each([
    ['benign', 'simulated-extractor.yaml'],
    ['benign', 'simulated-crawler.yaml'],
    ['hostile', 'trusts-a-provider.yaml'],
  ] as const)('%s/%s', async (kind, name) => {
    await expect(page(reviewed(textOf(kind, name)).findings)).toMatchFileSnapshot(`findings/${name}.txt`);
  });
});

describe('ids', () => {
  it('are stable, distinct and die with the template', () => {
    for (const name of filesOf('hostile')) {
      const text = textOf('hostile', name);
      const ids = reviewed(text).findings.map(({ id }) => id);
      expect(reviewed(text).findings.map(({ id }) => id)).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
      const changed = reviewed(`${text} `).findings.map(({ id }) => id);
      expect(changed.filter((id) => ids.includes(id))).toEqual([]);
    }
  });

  it('are of rule, logical id and digest', () => {
    const { findings } = reviewedData({ Resources: { Key: { Type: 'AWS::IAM::AccessKey' } } });
    expect(findings.map(({ id }) => id)).toContain('access-key.Key.aaaaaaaa');
  });
});

it('sorts the worst first', () => {
  const levels = reviewed(textOf('hostile', 'public-function-url.yaml')).findings.map(({ level }) => level);
  expect(levels).toEqual([...levels].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
});
const order = ['alarm', 'warning', 'note'];

it('asks to confirm what this home has never seen, and no more once it has', () => {
  const text = textOf('benign', 'simulated-extractor.yaml');
  const unconfirmed = (confirmed?: () => boolean) =>
    reviewed(text, confirmed && { confirmed })
      .findings.map(({ id }) => id.split('.')[0] ?? '')
      .filter((rule) => rule.startsWith('unconfirmed-'));
  expect(unconfirmed().sort()).toEqual([
    'unconfirmed-digest',
    'unconfirmed-output-bucket',
    'unconfirmed-template-bucket',
  ]);
  expect(unconfirmed(() => true)).toEqual([]);
});

it('raises an alarm where the link disagrees with the connection', () => {
  const text = textOf('benign', 'extractor-inline.yaml');
  const linked = (parameters: Record<string, string>) =>
    alarms(reviewed(text, { parameters, prefilled: Object.keys(parameters) }));
  expect(linked({ CURBucketName: 'acme-billing', CURPrefixName: 'spotinst_eco' })).toEqual([]);
  expect(linked({ CURBucketName: 'payroll', CURPrefixName: 'spotinst_eco' })).toContain('disagreement');
  expect(linked({ CURBucketName: 'acme-billing', CURPrefixName: 'hr' })).toContain('disagreement');
});

it.each([
  ['2026-01-01', 'ageing-runtime'],
  ['2026-05-15', 'retired-runtime'],
  ['2026-11-01', 'refused-runtime'],
])('on %s, nodejs20.x is an %s', (day, rule) => {
  const template = {
    Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs20.x', Code: { ZipFile: 'x' } } } },
  };
  const rules = reviewedData(template, { now: Date.parse(day) }).findings.map(({ id }) => id.split('.')[0]);
  expect(rules).toContain(rule);
});

it('shows no value of a NoEcho parameter', () => {
  const template = {
    Parameters: { Secret: { Type: 'String', NoEcho: 'true' } },
    Resources: {
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: { Subscription: [{ Protocol: 'https', Endpoint: { 'Fn::Sub': 'https://x/$' + '{Secret}' } }] },
      },
    },
  };
  const { findings } = reviewedData(template, { parameters: { Secret: 'hunter22' }, prefilled: ['Secret'] });
  expect(JSON.stringify(findings)).not.toContain('hunter22');
  expect(alarms({ findings, resources: [] })).toContain('outside-endpoint');
});

it('gives up on a policy that names actions without end', () => {
  const actions = Array.from({ length: 20_000 }, (_, index) => `s3:*a*b${index}*`);
  const PolicyDocument = { Statement: { Effect: 'Allow', Action: actions, Resource: '*' } };
  const template = { Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } } } };
  expect(alarms(reviewedData(template))).toEqual(['too-complicated']);
});

it('reads a template of a megabyte in a few seconds', () => {
  const statement =
    '{ Effect: Allow, Action: ["s3:Get*", "iam:*"], Resource: !Sub "arn:aws:s3:::$' + '{AWS::AccountId}/*" }';
  const statements = Array.from({ length: 8_000 }, () => `            - ${statement}`).join('\n');
  const text = `Resources:\n  Policy:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n          Statement:\n${statements}\n`;
  const began = process.cpuUsage();
  expect(alarms(reviewed(text))).toContain('iam-write');
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(10_000);
});
