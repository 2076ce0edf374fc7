import { describe, expect, test } from 'vitest';
import { documentedPolicy, mayDeliver } from '../../src/simulator/services/cur/permission.ts';

const place = { account: '111122223333', bucket: 'spotinst-cur-report' };
const statement = {
  Effect: 'Allow',
  Principal: { Service: ['billingreports.amazonaws.com', 'bcm-data-exports.amazonaws.com'] },
  Action: ['s3:PutObject', 's3:GetBucketPolicy'],
  Resource: [`arn:aws:s3:::${place.bucket}`, `arn:aws:s3:::${place.bucket}/*`],
};
const source = (region: string, account = place.account) => `arn:aws:cur:${region}:${account}:definition/*`;
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

describe('the policy of a report bucket is judged by effect', () => {
  test.each([
    ['the one that AWS documents', documentedPolicy(place)],
    [
      "the console's one statement",
      policy({ ...statement, Condition: { StringLike: { 'aws:SourceArn': [source('us-east-1')] } } }),
    ],
    [
      'the account alone',
      policy({ ...statement, Condition: { StringEquals: { 'aws:SourceAccount': place.account } } }),
    ],
    ['no condition at all', policy(statement)],
    ['wildcards', policy({ ...statement, Action: 's3:*' })],
    [
      'a denial of plain http beside it',
      policy(statement, {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: statement.Resource,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  ])('%s fits', (_, text) => expect(mayDeliver(text, place)).toBe(true));

  test.each([
    ['none', undefined],
    ['no JSON', 'allow'],
    [
      "the bucket's region in the source",
      policy({ ...statement, Condition: { StringLike: { 'aws:SourceArn': source('eu-west-1') } } }),
    ],
    [
      'the report of another account',
      policy({ ...statement, Condition: { StringLike: { 'aws:SourceArn': source('us-east-1', '444455556666') } } }),
    ],
    ['another account', policy({ ...statement, Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } })],
    ['the bucket without its objects', policy({ ...statement, Resource: `arn:aws:s3:::${place.bucket}` })],
    ['another service', policy({ ...statement, Principal: { Service: 'cloudtrail.amazonaws.com' } })],
    ['a denial', policy(statement, { ...statement, Effect: 'Deny', Action: 's3:PutObject' })],
    [
      'a condition that nothing answers',
      policy({ ...statement, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
    ],
  ])('%s does not', (_, text) => expect(mayDeliver(text, place)).toBe(false));
});
