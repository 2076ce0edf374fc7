import { describe, expect, test } from 'vitest';
import { wantedStatements } from '../../../src/steps/report/bucket-policy.ts';
import { checks, resources } from '../../../src/steps/report/checks.ts';
import { wantedDefinition } from '../../../src/steps/report/definition.ts';
import type { Seen, SeenBucket } from '../../../src/steps/report/inspect.ts';
import type { Settings } from '../../../src/steps/report/settings.ts';

const account = '111122223333';
const name = 'spotinst-cur-report';
const place = { reportName: name, bucket: name, prefix: 'spotinst_eco' };
const settings: Settings = { ...place, customer: 'acme', account, notes: {}, provenance: {}, vouched: undefined };
const known = <T>(value: T) => ({ known: true, value }) as const;
const denied = { known: false, reason: 'AWS denied it' } as const;

const payer = { organization: known({ id: 'o-acme', managementAccount: account }), transfer: known(undefined) };
const bucket: SeenBucket = {
  policy: JSON.stringify({ Statement: wantedStatements({ ...place, account }) }),
  blocksPublicAccess: known(true),
  crawlerFile: known({ key: 'spotinst_eco/x/crawler-cfn.yml', modified: 0 }),
  writeTest: known(undefined),
};
const report = { ...wantedDefinition(place), lastDelivery: Date.UTC(2026, 10, 23), lastStatus: 'SUCCESS' };
const allWell: Seen = { payer, report, others: [], standing: { kind: 'ours' }, bucket };
const undelivered = { ...report, lastDelivery: undefined, lastStatus: undefined };

const states = (changes: Partial<Seen> = {}, answers: Partial<Settings> = {}) =>
  Object.fromEntries(
    checks({ ...allWell, ...changes }, { ...settings, ...answers }).map(({ id, state }) => [id, state]),
  );

test('all is well', () => {
  expect(new Set(Object.values(states()))).toEqual(new Set(['ok']));
  expect(Object.keys(states())).toEqual([
    'management-account',
    'bucket',
    'public-access-block',
    'bucket-policy',
    'report',
    'delivery',
    'crawler-file',
  ]);
});

test('nothing is there yet', () =>
  expect(states({ report: undefined, standing: { kind: 'free' }, bucket: undefined })).toEqual({
    'management-account': 'ok',
    bucket: 'missing',
    'bucket-policy': 'missing',
    report: 'missing',
    delivery: 'missing',
    'crawler-file': 'missing',
  }));

describe('one line of evidence', () => {
  const unproven = { ...payer, organization: denied };
  const member = { ...payer, organization: known({ id: 'o-acme', managementAccount: '444455556666' }) };
  const denial = JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } });
  const doubtful = JSON.stringify({
    Statement: [
      ...wantedStatements({ ...place, account }),
      {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } },
      },
    ],
  });
  const late = { report: undelivered };
  test.each<[string, string, string, Partial<Seen>, Partial<Settings>?]>([
    ['management-account', 'wrong', 'a member', { payer: member }],
    ['management-account', 'unknown', 'unproven', { payer: unproven }],
    ['management-account', 'ok', 'vouched for', { payer: unproven }, { vouched: account }],
    ['management-account', 'wrong', 'a member, vouched for or not', { payer: member }, { vouched: account }],
    ['bucket', 'wrong', 'someone else’s', { standing: { kind: 'foreign' } }],
    ['bucket', 'wrong', 'elsewhere', { standing: { kind: 'elsewhere', region: 'eu-west-1' } }],
    ['bucket', 'wrong', 'closed', { standing: { kind: 'closed' } }],
    ['bucket', 'unknown', 'unclear', { standing: { kind: 'unclear' } }],
    ['public-access-block', 'wrong', 'open', { bucket: { ...bucket, blocksPublicAccess: known(false) } }],
    ['public-access-block', 'unknown', 'unreadable', { bucket: { ...bucket, blocksPublicAccess: denied } }],
    ['bucket-encryption', 'unknown', 'a KMS key', { bucket: { ...bucket, defaultKey: known('arn:aws:kms:x') } }],
    ['bucket-encryption', 'unknown', 'unreadable', { bucket: { ...bucket, defaultKey: denied } }],
    ['bucket-ownership', 'wrong', 'of the writer', { bucket: { ...bucket, ownership: known('ObjectWriter') } }],
    ['bucket-ownership', 'unknown', 'unreadable', { bucket: { ...bucket, ownership: denied } }],
    ['bucket-policy', 'wrong', 'unreadable', { ...late, bucket: { ...bucket, policy: 'x' } }],
    ['bucket-policy', 'unknown', 'a denial that can’t be told', { ...late, bucket: { ...bucket, policy: doubtful } }],
    ['bucket-policy', 'ok', 'such a denial that AWS passes', { bucket: { ...bucket, policy: doubtful } }],
    ['bucket-policy', 'missing', 'none', { ...late, bucket: { ...bucket, policy: undefined } }],
    ['bucket-policy', 'wrong', 'a denial', { bucket: { ...bucket, policy: denial } }],
    ['bucket-policy', 'ok', 'whatever AWS delivers with', { bucket: { ...bucket, policy: undefined } }],
    ['report', 'wrong', 'other settings', { report: { ...report, TimeUnit: 'DAILY' } }],
    ['delivery', 'pending', 'not yet', late],
    ['delivery', 'wrong', 'failed', { report: { ...report, lastStatus: 'ERROR_PERMISSIONS' } }],
    ['crawler-file', 'pending', 'not yet', { bucket: { ...bucket, crawlerFile: known(undefined) } }],
    ['crawler-file', 'unknown', 'unreadable', { bucket: { ...bucket, crawlerFile: denied } }],
  ])('%s is %s: %s', (id, state, _, changes, answers) => expect(states(changes, answers)[id]).toBe(state));

  test('a report that differs shows how', () =>
    expect(
      checks({ ...allWell, report: { ...report, TimeUnit: 'DAILY' } }, settings).find(({ id }) => id === 'report'),
    ).toMatchObject({ evidence: 'TimeUnit: DAILY' }));
});

test('what stands is the bucket of ours and the report', () => {
  expect(resources(allWell, settings)).toEqual([
    { key: 'bucket', id: name },
    { key: 'report', id: name },
  ]);
  expect(resources({ ...allWell, standing: { kind: 'foreign' }, report: undefined }, settings)).toEqual([]);
});
