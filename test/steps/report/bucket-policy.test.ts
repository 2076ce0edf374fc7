import { describe, expect, test } from 'vitest';
import { judgePolicy, type Statement, wantedStatements } from '../../../src/steps/report/bucket-policy.ts';

const account = '111122223333';
const bucket = 'spotinst-cur-report';
const place = { account, bucket, reportName: bucket };
const objects = `arn:aws:s3:::${bucket}/*`;
const both = [`arn:aws:s3:::${bucket}`, objects];
const reportArn = `arn:aws:cur:us-east-1:${account}:definition/*`;
const ours = wantedStatements(place);

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const judge = (...statements: readonly object[]) => judgePolicy(policy(...statements), place);

const allow = (changes: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: { Service: 'billingreports.amazonaws.com' },
  Action: ['s3:GetBucketAcl', 's3:GetBucketPolicy', 's3:PutObject'],
  Resource: both,
  ...changes,
});
const source = (arn: unknown, operator = 'StringLike') => ({ Condition: { [operator]: { 'aws:SourceArn': arn } } });
const deny = (changes: object = {}): Statement => ({
  Sid: 'NoWay',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: objects,
  ...changes,
});
const tlsOnly = deny({ Action: 's3:*', Resource: both, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

describe('a policy fits when it lets AWS deliver, however it is written', () => {
  const equals = { 'aws:SourceArn': reportArn, 'aws:SourceAccount': account };
  test.each<[string, readonly object[]]>([
    ['our own two statements', ours],
    ["AWS's form, which compares the pattern with StringEquals", [allow({ Condition: { StringEquals: equals } })]],
    [
      "the console's one statement, for data exports too and without GetBucketAcl",
      [
        allow({
          Principal: { Service: ['billingreports.amazonaws.com', 'bcm-data-exports.amazonaws.com'] },
          Action: ['s3:PutObject', 's3:GetBucketPolicy'],
          Condition: {
            StringLike: {
              'aws:SourceAccount': account,
              'aws:SourceArn': [reportArn, `arn:aws:bcm-data-exports:us-east-1:${account}:export/*`],
            },
          },
        }),
      ],
    ],
    ['the account as the only condition', [allow({ Condition: { StringEquals: { 'aws:SourceAccount': account } } })]],
    ['condition keys in other capitals', [allow({ Condition: { StringLike: { 'AWS:sourcearn': reportArn } } })]],
    ['the very report', [allow(source(`arn:aws:cur:us-east-1:${account}:definition/${bucket}`, 'ArnEquals'))]],
    ['no condition', [allow()]],
    ['wildcards in the actions', [allow({ Action: 'S3:*' })]],
    ['grants spread over statements', [allow({ Action: 's3:PutObject' }), allow({ Action: 's3:Get*' })]],
    ['everyone, by AWS *', [allow({ Principal: { AWS: '*' } })]],
    ['a denial of plain http beside it', [allow(), tlsOnly]],
    ['a denial for another bucket beside it', [allow(), deny({ Resource: 'arn:aws:s3:::other/*' })]],
    ['a denial of reading beside it', [allow(), deny({ Action: 's3:GetObject' })]],
    ['a denial for a person beside it', [allow(), deny({ Principal: { AWS: `arn:aws:iam::${account}:root` } })]],
  ])('%s', (_, statements) => expect(judge(...statements)).toEqual({ kind: 'fits' }));

  test('a single statement that is no list', () =>
    expect(judgePolicy(JSON.stringify({ Statement: allow() }), place)).toEqual({ kind: 'fits' }));
});

describe('a policy that does not let AWS deliver is merged with ours', () => {
  test.each<[string, object]>([
    ["the bucket's region in the source", allow(source(`arn:aws:cur:eu-west-1:${account}:definition/*`))],
    ['another account in the source', allow(source('arn:aws:cur:us-east-1:444455556666:definition/*'))],
    ['another account', allow({ Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } })],
    ['another report', allow(source(`arn:aws:cur:us-east-1:${account}:definition/other`))],
    ['another service', allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } })],
    ['the bucket without its objects', allow({ Resource: `arn:aws:s3:::${bucket}` })],
    ['another bucket', allow({ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] })],
    ['writing alone', allow({ Action: 's3:PutObject' })],
    ['a folder of the bucket', allow({ Resource: [`arn:aws:s3:::${bucket}`, `${objects.slice(0, -1)}elsewhere/*`] })],
    ['a condition that nothing answers', allow({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })],
    ['an operator that turns it round', allow(source(reportArn, 'StringNotLike'))],
    ['a regular expression that is no wildcard', allow({ Action: ['s3.PutObject', 's3.GetBucketPolicy'] })],
  ])('%s', (_, statement) => expect(judge(statement)).toMatchObject({ kind: 'merge', kept: 1 }));

  test('none at all', () => {
    const verdict = judgePolicy(undefined, place);
    expect(verdict).toMatchObject({ kind: 'merge', kept: 0 });
    expect('policy' in verdict && JSON.parse(verdict.policy)).toEqual({ Version: '2012-10-17', Statement: ours });
  });

  test('foreign statements stay as they are, in their order, and so does the rest of the document', () => {
    const foreign = [
      tlsOnly,
      { Sid: 'Logs', Effect: 'Allow', Principal: { Service: 'x' }, Action: 's3:Get?bject', Resource: objects, Odd: 1 },
    ];
    const before = { Version: '2008-10-17', Id: 'ours since 2019', Statement: foreign };
    const verdict = judgePolicy(JSON.stringify(before), place);
    expect(verdict).toMatchObject({ kind: 'merge', kept: 2 });
    expect('policy' in verdict && JSON.parse(verdict.policy)).toEqual({ ...before, Statement: [...foreign, ...ours] });
    const text = 'policy' in verdict ? JSON.stringify(JSON.parse(verdict.policy)) : '';
    expect(text).toContain(JSON.stringify(foreign).slice(1, -1));
  });

  test('our own Sids are replaced, not doubled', () => {
    const old = ours.map((statement) => ({ ...statement, Resource: 'arn:aws:s3:::old' }));
    const verdict = judge(old[0] ?? {}, tlsOnly, old[1] ?? {});
    expect(verdict).toMatchObject({ kind: 'merge', kept: 1 });
    expect('policy' in verdict && JSON.parse(verdict.policy).Statement).toEqual([tlsOnly, ...ours]);
  });

  test('a single statement that is no list becomes one', () => {
    const verdict = judgePolicy(JSON.stringify({ Statement: tlsOnly }), place);
    expect('policy' in verdict && JSON.parse(verdict.policy).Statement).toEqual([tlsOnly, ...ours]);
  });

  test('what was merged fits, so nothing is written twice', () => {
    const verdict = judge(tlsOnly);
    expect('policy' in verdict && judgePolicy(verdict.policy, place)).toEqual({ kind: 'fits' });
  });
});

describe('a policy that ours could not help is a conflict', () => {
  test.each<[string, object]>([
    ['everything for everyone', deny({ Action: 's3:*' })],
    ['writing for everyone', deny()],
    ['writing for the service', deny({ Principal: { Service: ['billingreports.amazonaws.com'] } })],
    ['with an empty condition', deny({ Condition: {} })],
    ['all but some actions', deny({ Action: undefined, NotAction: 's3:GetObject' })],
    ['all but some people', deny({ Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${account}:root` } })],
    ['all but some places', deny({ Resource: undefined, NotResource: 'arn:aws:s3:::other/*' })],
  ])('an unconditional denial: %s', (_, statement) =>
    expect(judge(...ours, statement)).toEqual({ kind: 'conflict', sid: 'NoWay', why: 'denies' }),
  );

  test('a denial without Sid is named as such', () =>
    expect(judge(deny({ Sid: undefined }))).toMatchObject({ kind: 'conflict', sid: '(without Sid)' }));

  test('a foreign statement that bears a Sid of ours', () => {
    const foreign = { ...tlsOnly, Sid: 'SpotCurDeliver' };
    expect(judge(foreign)).toEqual({ kind: 'conflict', sid: 'SpotCurDeliver', why: 'foreign-sid' });
    expect(judge(foreign, allow())).toEqual({ kind: 'fits' });
  });
});
