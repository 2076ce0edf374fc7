import { describe, expect, test } from 'vitest';
import { judgePolicy, type Statement, wantedStatements, withoutOwn } from '../../../src/steps/report/bucket-policy.ts';

const account = '111122223333';
const bucket = 'spotinst-cur-report';
const place = { account, bucket, reportName: bucket, prefix: 'spotinst_eco' };
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
    [
      'the report’s folder without the root, where AWS tests',
      allow({ Resource: [both[0], `arn:aws:s3:::${bucket}/spotinst_eco/*`] }),
    ],
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
    ['the folder of the report', deny({ Resource: `arn:aws:s3:::${bucket}/spotinst_eco/*` })],
    ['all but some places', deny({ Resource: undefined, NotResource: 'arn:aws:s3:::other/*' })],
  ])('an unconditional denial: %s', (_, statement) =>
    expect(judge(...ours, statement)).toMatchObject({ kind: 'conflict', sid: 'NoWay', why: 'denies', under: [] }),
  );

  test('a denial without Sid is named as such', () =>
    expect(judge(deny({ Sid: undefined }))).toMatchObject({ kind: 'conflict', sid: '(without Sid)' }));

  test('a foreign statement that bears a Sid of ours', () => {
    const foreign = { ...tlsOnly, Sid: 'SpotCurDeliver' };
    expect(judge(foreign)).toEqual({ kind: 'conflict', sid: 'SpotCurDeliver', why: 'foreign-sid' });
    expect(judge(foreign, allow())).toEqual({ kind: 'fits' });
  });
});

describe('a denial under conditions', () => {
  const under = (Condition: unknown) => judge(...ours, deny({ Condition }));

  test.each<[string, unknown, readonly string[]]>([
    [
      'people of the organization alone',
      { StringNotEquals: { 'aws:PrincipalOrgID': 'o-acme' } },
      ['StringNotEquals aws:PrincipalOrgID'],
    ],
    ['one VPC endpoint alone', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, ['StringNotEquals aws:SourceVpce']],
    ['the office alone', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, ['NotIpAddress aws:SourceIp']],
    [
      'another source account',
      { StringNotEquals: { 'aws:SourceAccount': '444455556666' } },
      ['StringNotEquals aws:SourceAccount'],
    ],
    [
      'people of the organization with two-factor sign-in',
      { StringNotEquals: { 'aws:PrincipalOrgID': 'o-acme' }, BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      ['StringNotEquals aws:PrincipalOrgID', 'BoolIfExists aws:MultiFactorAuthPresent'],
    ],
  ])('that meets the delivery is a conflict: %s', (_, condition, conditions) => {
    const verdict = under(condition);
    expect(verdict).toMatchObject({ kind: 'conflict', why: 'denies', sid: 'NoWay', under: conditions });
    // The way out that is shown is one.
    const excepted = verdict.kind === 'conflict' && verdict.why === 'denies' ? verdict.excepted : {};
    expect(judge(...ours, excepted)).toEqual({ kind: 'fits' });
  });

  test.each<[string, unknown]>([
    ['plain http', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['old TLS', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
    [
      'outside the organization, but for services',
      {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-acme' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    ],
    [
      'services for other accounts',
      { StringNotEquals: { 'aws:SourceAccount': account }, Bool: { 'aws:PrincipalIsAWSService': 'true' } },
    ],
    ['other services', { StringNotLike: { 'aws:PrincipalServiceName': 'billing*.amazonaws.com' } }],
    ['one bad address', { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } }],
  ])('that leaves the delivery alone fits: %s', (_, condition) => expect(under(condition)).toEqual({ kind: 'fits' }));

  test.each<[string, unknown, readonly string[]]>([
    [
      'no encryption header',
      { Null: { 's3:x-amz-server-side-encryption': 'true' } },
      ['Null s3:x-amz-server-side-encryption'],
    ],
    [
      'another encryption',
      { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      ['StringNotEquals s3:x-amz-server-side-encryption'],
    ],
    ['a time', { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }, ['DateGreaterThan aws:CurrentTime']],
    ['a key nobody knows', { StringEquals: { 'acme:Zone': 'blue' } }, ['StringEquals acme:Zone']],
    ['another form', 'sometimes', ['a condition of another form']],
  ])('that can’t be told is a doubt: %s', (_, condition, conditions) => {
    const doubts = [{ sid: 'NoWay', under: conditions }];
    expect(under(condition)).toEqual({ kind: 'fits', doubts });
    expect(judge(deny({ Condition: condition }))).toMatchObject({ kind: 'merge', doubts });
  });

  test('a sure denial outweighs a doubt', () => {
    const doubtful = deny({ Sid: 'Header', Condition: { Null: { 's3:x-amz-acl': 'true' } } });
    expect(judge(doubtful, deny())).toMatchObject({ kind: 'conflict', why: 'denies', sid: 'NoWay' });
  });

  test('the exception keeps what else the statement says', () => {
    const verdict = under({
      StringNotEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] },
      Null: { 'aws:SourceVpc': 'true' },
    });
    expect(verdict).toMatchObject({
      excepted: {
        Sid: 'NoWay',
        Effect: 'Deny',
        Condition: {
          Null: { 'aws:SourceVpc': 'true' },
          StringNotEquals: {
            'aws:PrincipalOrgID': ['o-1', 'o-2'],
            'aws:PrincipalServiceName': 'billingreports.amazonaws.com',
          },
        },
      },
    });
  });
});

describe('an odd document never crashes', () => {
  test.each([
    '',
    'no JSON',
    'null',
    '[]',
    '"text"',
    '7',
    '{"Statement":"x"}',
    '{"Statement":[null]}',
    '{"Statement":[["a"]]}',
  ])('and is left alone: %s', (text) =>
    expect(judgePolicy(text, place)).toEqual({ kind: 'conflict', why: 'unreadable', sid: '' }),
  );

  test.each<[string, object]>([
    ['a Sid that is a number', { Sid: 7, Effect: 'Allow' }],
    ['nothing in it', {}],
    ['a principal that is null', allow({ Principal: null })],
    ['a service that is null', allow({ Principal: { Service: null } })],
    ['an action that is a number', allow({ Action: 5 })],
    ['a resource that is an object', allow({ Resource: {} })],
    ['a condition that is a list', allow({ Condition: [] })],
    ['a condition without keys', allow({ Condition: { StringEquals: 'x' } })],
    ['a null value', allow({ Condition: { StringEquals: { 'aws:SourceAccount': null } } })],
    ['an effect of another kind', { ...deny(), Effect: ['Deny'] }],
  ])('and statements of any form are kept: %s', (_, statement) =>
    expect(judge(statement)).toMatchObject({ kind: 'merge', kept: 1 }),
  );

  test('a document without statements is added to', () =>
    expect(judgePolicy('{"Version":"2012-10-17"}', place)).toMatchObject({ kind: 'merge', kept: 0 }));
});

describe('a policy without the statements of this program', () => {
  test('keeps all others, and what else the document says, as they are', () => {
    const document = { Version: '2008-10-17', Id: 'theirs', Statement: [tlsOnly, ...ours, allow({ Sid: 'Spot' })] };
    const without = withoutOwn(JSON.stringify(document));
    expect(without).toMatchObject({ own: 2, kept: 2 });
    expect(JSON.parse(without?.policy ?? '')).toEqual({ ...document, Statement: [tlsOnly, allow({ Sid: 'Spot' })] });
  });

  test('is none where they were all that there was', () => {
    expect(withoutOwn(policy(...ours))).toEqual({ own: 2, kept: 0, policy: undefined });
    expect(withoutOwn(JSON.stringify({ Statement: ours[0] }))).toEqual({ own: 1, kept: 0, policy: undefined });
  });

  test.each<[string, string | undefined]>([
    ['there is no policy', undefined],
    ['there is nothing of ours in it', policy(tlsOnly)],
    ['a statement under such a Sid is for somebody else', policy(allow({ Sid: 'SpotCurDeliver', Principal: '*' }))],
    ['it can not be read', '{"Statement": ["x"'],
  ])('changes nothing where %s', (_, text) => {
    expect(withoutOwn(text)).toBeUndefined();
  });
});
