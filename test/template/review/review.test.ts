import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/template/review/findings.ts';
import { alarms, filesOf, reviewed, reviewedData, textOf, unconnected } from './stage.ts';

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

describe('without a connection', () => {
  const reading = (bucket: unknown, more: object = {}) => ({
    Parameters: { CURBucketName: { Type: 'String', Default: 'acme-payroll' } },
    Resources: {
      Rights: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: bucket }] } },
      },
      ...more,
    },
  });
  const rules = (document: unknown, parameters: Record<string, string>) =>
    unconnected(document, { parameters, prefilled: [] }).findings.map(({ id, level }) => [level, id.split('.')[0]]);
  const byParameter = { 'Fn::Sub': 'arn:aws:s3:::$' + '{CURBucketName}/spotinst_eco/*' };

  it('a default does not say what the report is', () => {
    expect(rules(reading(byParameter), {})).toContainEqual(['alarm', 'other-bucket-read']);
    expect(rules(reading(byParameter), { CURBucketName: 'acme-billing' })).not.toContainEqual([
      'alarm',
      'other-bucket-read',
    ]);
  });

  it('a crawler of the template alone is no proof', () => {
    const crawler = {
      Crawler: {
        Type: 'AWS::Glue::Crawler',
        Properties: { Targets: { S3Targets: [{ Path: 's3://acme-payroll/a/b/' }] } },
      },
    };
    expect(rules(reading('arn:aws:s3:::acme-payroll/a/*', crawler), {})).toContainEqual([
      'warning',
      'claimed-report-read',
    ]);
  });
});

describe('as a reviewer would write it', () => {
  const identity = (statement: object, more: object = {}) => ({
    Resources: {
      P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [statement] } } },
      Role: { Type: 'AWS::IAM::Role', Properties: {} },
      ...more,
    },
  });
  const told = (document: unknown) =>
    reviewedData(document).findings.map(({ title, evidence }) => `${title} ${evidence}`);

  it('the same action in every service is said once', () => {
    const document = identity({ Effect: 'Allow', Action: '*:CreateUser', Resource: '*' });
    expect(alarms(reviewedData(document))).toEqual(['every-service']);
  });

  it('iam:Pass* is iam:PassRole', () => {
    const pass = (resource: unknown) =>
      alarms(reviewedData(identity({ Effect: 'Allow', Action: 'iam:Pass*', Resource: resource })));
    expect(pass({ 'Fn::GetAtt': ['Role', 'Arn'] })).toEqual([]);
    expect(pass('*')).toEqual(['pass-existing-role']);
  });

  it('an action called after the stack shows as it is written', () => {
    const action = { 'Fn::Sub': 'iam:$' + '{AWS::StackName}' };
    expect(told(identity({ Effect: 'Allow', Action: action, Resource: '*' })).join('\n')).toContain(
      'iam:<AWS::StackName> in PolicyDocument',
    );
  });

  it('an external id without a value is asked for all the same', () => {
    const trust = (id: unknown) => ({
      Parameters: { Id: { Type: 'String' } },
      Resources: {
        Access: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { AWS: '999988887777' },
                  Action: 'sts:AssumeRole',
                  Condition: { StringEquals: { 'sts:ExternalId': id } },
                },
              ],
            },
          },
        },
      },
    });
    expect(alarms(reviewedData(trust({ Ref: 'Id' })))).toEqual(['unresolved-external-id']);
    expect(alarms(reviewedData(trust({ Ref: 'Id' }), { parameters: { Id: 'acme-1' } }))).toEqual([]);
  });

  it('code that is not known is not called outside', () => {
    const token = { Type: 'Custom::X', Properties: { ServiceToken: { Ref: 'Nobody' } } };
    expect(told({ Resources: { X: token } }).join('\n')).toContain(
      "X is made by code that can't be known before it is deployed.",
    );
  });

  it('Lake Formation opens data without naming it', () => {
    const open = (resource: string) =>
      reviewedData(
        identity(
          { Effect: 'Allow', Action: 'lakeformation:GetDataAccess', Resource: '*' },
          {
            Tables: {
              Type: 'AWS::IAM::ManagedPolicy',
              Properties: {
                PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'glue:GetTable', Resource: resource }] },
              },
            },
          },
        ),
      ).findings.filter(({ id }) => id.startsWith('catalog-data'));
    expect(open('*').map(({ level }) => level)).toEqual(['alarm']);
    expect(open('arn:aws:glue:us-east-1:111122223333:table/athenacurcfn_acme/*').map(({ level }) => level)).toEqual([
      'warning',
    ]);
  });
});

it('names that refer to each other end in words of our own', () => {
  const names = (refer: (at: number) => unknown) =>
    Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [
        `A${at}`,
        { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: refer(at) } },
      ]),
    );
  const began = process.cpuUsage();
  expect(alarms(reviewedData({ Resources: names((at) => ({ Ref: `A${at + 1}` })) }))).toEqual(['too-complicated']);
  const many = (at: number) => ({
    'Fn::Join': ['', Array.from({ length: 20 }, (_, by) => ({ Ref: `A${at + by + 1}` }))],
  });
  expect(alarms(reviewedData({ Resources: names(many) }))).toEqual(['too-complicated']);
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(10_000);
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
