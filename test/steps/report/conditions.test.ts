import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeConditions } from '../../../src/steps/report/conditions.ts';
import { deliveryRequest } from '../../../src/steps/report/delivery-request.ts';

const account = '111122223333';
const request = deliveryRequest({ account, reportName: 'spotinst-cur-report' });
const truthOf = (operator: string, key: string, value: unknown) =>
  judgeConditions({ [operator]: { [key]: value } }, request).truth;
const definitions = `arn:aws:cur:us-east-1:${account}:definition/*`;
const service = 'billingreports.amazonaws.com';

/** A policy variable: what it stands for is in the request. */
const variable = ['$', '{aws:PrincipalAccount}'].join('');

/** What IAM makes of one condition on AWS's delivery of a report. */
const rows: readonly (readonly [operator: string, key: string, value: unknown, truth: string])[] = [
  // What the delivery brings.
  ['Bool', 'aws:SecureTransport', 'true', 'true'],
  ['Bool', 'aws:SecureTransport', 'false', 'false'],
  ['Bool', 'aws:SecureTransport', false, 'false'],
  ['Bool', 'AWS:securetransport', 'TRUE', 'true'],
  ['BoolIfExists', 'aws:SecureTransport', 'false', 'false'],
  ['NumericLessThan', 's3:TlsVersion', '1.2', 'false'],
  ['NumericLessThan', 's3:TlsVersion', 1.3, 'unclear'],
  ['NumericLessThan', 's3:TlsVersion', 'old', 'unclear'],
  ['NumericLessThanEquals', 's3:TlsVersion', '1.1', 'false'],
  ['NumericGreaterThan', 's3:TlsVersion', '1.1', 'true'],
  ['NumericGreaterThanEquals', 's3:TlsVersion', '1.2', 'true'],
  ['NumericNotEquals', 's3:TlsVersion', '1.0', 'true'],
  ['NumericEquals', 's3:TlsVersion', '1.0', 'false'],
  ['StringEquals', 'aws:SourceAccount', account, 'true'],
  ['StringEquals', 'aws:SourceAccount', ['444455556666', account], 'true'],
  ['StringNotEquals', 'aws:SourceAccount', account, 'false'],
  ['StringNotEquals', 'aws:SourceAccount', ['444455556666', account], 'false'],
  ['StringNotEquals', 'aws:SourceAccount', '444455556666', 'true'],
  ['StringNotEqualsIfExists', 'aws:SourceAccount', '444455556666', 'true'],
  ['StringEquals', 'aws:SourceAccount', [], 'false'],
  ['StringNotEquals', 'aws:SourceAccount', [], 'true'],
  ['StringLike', 'aws:SourceAccount', '1111*', 'true'],
  ['StringEquals', 'aws:SourceAccount', '1111*', 'false'],
  ['ArnLike', 'aws:SourceArn', definitions, 'true'],
  ['ArnNotLike', 'aws:SourceArn', definitions, 'false'],
  // Wildcards of an ARN stay in their part; a text's reach over colons.
  ['ArnLike', 'aws:SourceArn', `arn:aws:cur:*:${account}:*`, 'true'],
  ['ArnLike', 'aws:SourceArn', '*', 'true'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:cur:*', 'false'],
  ['ArnNotLike', 'aws:SourceArn', 'arn:aws:*', 'true'],
  ['StringLike', 'aws:SourceArn', 'arn:aws:cur:*', 'true'],
  ['StringNotLike', 'aws:SourceArn', 'arn:aws:cur:eu-west-1:*', 'true'],
  ['StringNotEquals', 'aws:SourceArn', definitions, 'unclear'],
  ['Bool', 'aws:PrincipalIsAWSService', 'true', 'true'],
  ['Bool', 'aws:PrincipalIsAWSService', 'false', 'false'],
  ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false', 'false'],
  ['StringEquals', 'aws:PrincipalServiceName', service, 'true'],
  ['StringNotEquals', 'aws:PrincipalServiceName', service, 'false'],
  ['StringNotEquals', 'aws:PrincipalServiceName', 'cloudtrail.amazonaws.com', 'true'],
  ['StringEqualsIgnoreCase', 'aws:PrincipalServiceName', service.toUpperCase(), 'true'],
  ['StringNotEqualsIgnoreCase', 'aws:PrincipalServiceName', service.toUpperCase(), 'false'],
  ['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', service, 'true'],
  ['ForAllValues:StringEquals', 'aws:PrincipalServiceNamesList', service, 'unclear'],
  ['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'logs.amazonaws.com', 'false'],
  ['ForAllValues:StringNotEquals', 'aws:PrincipalServiceNamesList', service, 'false'],
  ['ForAnyValue:StringNotEquals', 'aws:PrincipalServiceNamesList', service, 'unclear'],
  ['StringEquals', 's3:ResourceAccount', account, 'true'],
  ['StringNotEquals', 'aws:ResourceAccount', account, 'false'],
  ['StringNotEquals', 'aws:RequestedRegion', ['us-east-1', 'eu-west-1'], 'false'],
  ['StringNotEquals', 'aws:RequestedRegion', 'eu-west-1', 'true'],
  // What it lacks: positive operators fail, negated ones and …IfExists hold.
  ['StringEquals', 'aws:PrincipalOrgID', 'o-acme', 'false'],
  ['StringNotEquals', 'aws:PrincipalOrgID', 'o-acme', 'true'],
  ['StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-acme', 'true'],
  ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-acme', 'true'],
  ['StringLike', 'aws:PrincipalOrgID', '*', 'false'],
  ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-acme/*', 'false'],
  ['ForAllValues:StringLike', 'aws:PrincipalOrgPaths', 'o-acme/*', 'true'],
  ['ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', 'o-acme/*', 'false'],
  ['ForAnyValue:StringLikeIfExists', 'aws:PrincipalOrgPaths', 'o-acme/*', 'false'],
  ['StringNotEquals', 'aws:SourceVpce', 'vpce-1', 'true'],
  ['StringEquals', 'aws:SourceVpce', 'vpce-1', 'false'],
  ['StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-1', 'true'],
  ['NotIpAddress', 'aws:VpcSourceIp', '10.0.0.0/8', 'true'],
  ['StringNotEquals', 'aws:PrincipalTag/team', 'finops', 'true'],
  ['Bool', 'aws:MultiFactorAuthPresent', 'false', 'false'],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', 'true'],
  ['NumericGreaterThan', 'aws:MultiFactorAuthAge', 3600, 'false'],
  ['Null', 'aws:PrincipalOrgID', 'true', 'true'],
  ['Null', 'aws:PrincipalOrgID', 'false', 'false'],
  ['Null', 'aws:SourceVpce', true, 'true'],
  ['Null', 'aws:SourceAccount', 'true', 'false'],
  ['Null', 'aws:SourceAccount', 'false', 'true'],
  // Absent, or of AWS itself: whatever a policy names, it is not that.
  ['StringNotEquals', 'aws:PrincipalAccount', account, 'true'],
  ['StringEquals', 'aws:PrincipalAccount', account, 'false'],
  ['StringEqualsIfExists', 'aws:PrincipalAccount', account, 'unclear'],
  ['ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/*`, 'true'],
  ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/*`, 'false'],
  ['StringLike', 'aws:PrincipalArn', '*', 'unclear'],
  ['StringNotLike', 'aws:userid', ['AROAEXAMPLE:*', account], 'true'],
  ['Null', 'aws:userid', 'true', 'unclear'],
  ['NotIpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:db8::/32'], 'true'],
  ['IpAddress', 'aws:SourceIp', '198.51.100.7', 'false'],
  ['NotIpAddress', 'aws:SourceIp', '0.0.0.0/0', 'unclear'],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/1', 'unclear'],
  ['Bool', 'aws:ViaAWSService', 'true', 'false'],
  ['Bool', 'aws:ViaAWSService', 'false', 'unclear'],
  // What is not known of it.
  ['StringNotEquals', 's3:x-amz-server-side-encryption', 'aws:kms', 'unclear'],
  ['Null', 's3:x-amz-server-side-encryption', 'true', 'unclear'],
  ['StringNotEquals', 's3:x-amz-acl', 'bucket-owner-full-control', 'unclear'],
  ['DateGreaterThan', 'aws:CurrentTime', '2027-01-01T00:00:00Z', 'unclear'],
  ['StringNotEquals', 'aws:SourceOrgID', 'o-acme', 'unclear'],
  ['StringEquals', 'acme:Zone', 'blue', 'unclear'],
  ['StringEquals', 'constructor', 'x', 'unclear'],
  ['constructor', 'aws:SourceAccount', account, 'unclear'],
  ['StringResembles', 'aws:SourceAccount', account, 'unclear'],
  ['BinaryEquals', 'aws:SourceAccount', 'MTIz', 'unclear'],
  ['StringEquals', 'aws:SourceAccount', variable, 'unclear'],
  ['StringNotEquals', 'aws:SourceAccount', [variable, account], 'false'],
];

test.each(rows)('%s %s %j is %s', (operator, key, value, truth) => expect(truthOf(operator, key, value)).toBe(truth));

test('the table is as long as IAM is wide', () => expect(rows.length).toBeGreaterThan(75));

describe('conditions together', () => {
  const no = { Bool: { 'aws:SecureTransport': 'false' } };
  const yes = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-acme' } };
  const perhaps = { Null: { 's3:x-amz-acl': 'true' } };
  test.each<[string, unknown, string, readonly string[]]>([
    ['none', undefined, 'true', []],
    ['an empty block', {}, 'true', []],
    ['all hold', yes, 'true', ['StringNotEquals aws:PrincipalOrgID']],
    ['one fails', { ...yes, ...no }, 'false', ['Bool aws:SecureTransport']],
    ['one fails, one is unclear', { ...perhaps, ...no }, 'false', ['Bool aws:SecureTransport']],
    ['one is unclear', { ...yes, ...perhaps }, 'unclear', ['Null s3:x-amz-acl']],
    [
      'two keys of one operator',
      { StringNotEquals: { 'aws:PrincipalOrgID': 'o', 'aws:SourceAccount': account } },
      'false',
      ['StringNotEquals aws:SourceAccount'],
    ],
    ['no block', 'x', 'unclear', ['a condition of another form']],
    ['a list', [], 'unclear', ['a condition of another form']],
    ['no keys', { Bool: 'true' }, 'unclear', ['Bool']],
  ])('%s', (_, block, truth, because) => expect(judgeConditions(block, request)).toEqual({ truth, because }));
});

test('any JSON is judged, never a crash', () =>
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(['true', 'false', 'unclear']).toContain(judgeConditions(JSON.parse(text), request).truth);
    }),
  ));
