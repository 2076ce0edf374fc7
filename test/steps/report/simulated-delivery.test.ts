import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayDeliver } from '../../../src/simulator/services/cur/permission.ts';
import { judgePolicy } from '../../../src/steps/report/bucket-policy.ts';

const account = '111122223333';
const bucket = 'spotinst-cur-report';
const place = { account, bucket, reportName: bucket, prefix: 'spotinst_eco' };
const service = 'billingreports.amazonaws.com';
const root = `arn:aws:s3:::${bucket}`;

const sometimes = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });
const several = (...values: readonly string[]) =>
  fc.oneof(fc.constantFrom(...values), fc.subarray([...values], { minLength: 1 }));
const condition = fc
  .array(
    fc.constantFrom(
      ['Bool', 'aws:SecureTransport', 'false'],
      ['Bool', 'aws:SecureTransport', 'true'],
      ['NumericLessThan', 's3:TlsVersion', '1.2'],
      ['StringEquals', 'aws:SourceAccount', account],
      ['StringNotEquals', 'aws:SourceAccount', account],
      ['StringNotEquals', 'aws:SourceAccount', '444455556666'],
      ['StringLike', 'aws:SourceArn', `arn:aws:cur:us-east-1:${account}:definition/*`],
      ['ArnNotLike', 'aws:SourceArn', `arn:aws:cur:us-east-1:${account}:definition/*`],
      ['ArnLike', 'aws:SourceArn', `arn:aws:cur:eu-west-1:${account}:definition/*`],
      ['StringEquals', 'aws:PrincipalOrgID', 'o-acme'],
      ['StringNotEquals', 'aws:PrincipalOrgID', 'o-acme'],
      ['StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-acme'],
      ['StringNotEqualsIfExists', 'aws:SourceVpce', 'vpce-1'],
      ['Null', 'aws:SourceVpce', 'false'],
      ['Null', 'aws:SourceVpce', 'true'],
      ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'],
      ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'],
      ['Bool', 'aws:PrincipalIsAWSService', 'true'],
      ['StringNotEquals', 'aws:PrincipalServiceName', service],
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((rows) => {
    const block: Record<string, Record<string, unknown>> = {};
    for (const [operator = '', key = '', value] of rows) block[operator] = { ...block[operator], [key]: value };
    return block;
  });
const anyPrincipal = fc.constantFrom(
  '*',
  { AWS: '*' },
  { Service: service },
  { Service: ['logs.amazonaws.com', service] },
  { Service: 'logs.amazonaws.com' },
  { AWS: `arn:aws:iam::${account}:root` },
);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  principal: fc.tuple(fc.constantFrom('Principal', 'Principal', 'NotPrincipal'), anyPrincipal),
  action: fc.tuple(
    fc.constantFrom('Action', 'Action', 'NotAction'),
    several('s3:PutObject', 's3:GetBucketPolicy', 's3:GetBucketAcl', 's3:*', 's3:Get*', 's3:GetObject'),
  ),
  resource: fc.tuple(
    fc.constantFrom('Resource', 'Resource', 'NotResource'),
    several(root, `${root}/*`, `${root}*`, `${root}/x/*`),
  ),
  Condition: sometimes(condition),
});
const policy = fc.array(statement, { minLength: 1, maxLength: 4 }).map((statements) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ principal, action, resource, Effect, Condition }, index) => ({
      Sid: `S${index}`,
      Effect,
      [principal[0]]: principal[1],
      [action[0]]: action[1],
      [resource[0]]: resource[1],
      ...(Condition && { Condition }),
    })),
  }),
);

test('whatever a policy says, what is decided of it is what AWS, as it is simulated, then does', () =>
  fc.assert(
    fc.property(policy, (text) => {
      const verdict = judgePolicy(text, place);
      if (verdict.kind === 'fits') expect(mayDeliver(text, place)).toBe(true);
      else if (verdict.kind === 'merge') expect(mayDeliver(verdict.policy, place)).toBe(true);
      else expect([verdict.why, mayDeliver(text, place)]).toEqual(['denies', false]);
    }),
    { numRuns: 2_000 },
  ));
