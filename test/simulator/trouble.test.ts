import { GetCrawlersCommand } from '@aws-sdk/client-glue';
import { GetDataLakeSettingsCommand } from '@aws-sdk/client-lakeformation';
import {
  GetBucketEncryptionCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  ListBucketsCommand,
  PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { HttpResponse } from '../../src/simulator/http.ts';
import { sceneAccount } from '../../src/simulator/scenes/stage.ts';
import { monday, staged } from './staged.ts';

describe('a call that is arranged to fail', () => {
  test('does so as often as it says', async () => {
    const { aws, stage } = staged();
    stage().fail({
      operation: 'glue:GetCrawlers',
      code: 'ThrottlingException',
      message: 'Slow.',
      times: 2,
    });
    const ask = () => aws.glue.send(new GetCrawlersCommand({}));
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Slow.' });
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await ask();
  });

  test('or until somebody relents', async () => {
    const { aws, stage } = staged();
    stage().fail({ operation: 's3:ListBuckets', code: 'SlowDown', message: 'Please reduce your rate.', status: 503 });
    for (const _ of [1, 2, 3]) {
      await expect(aws.s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({
        name: 'SlowDown',
        $metadata: { httpStatusCode: 503 },
      });
    }
    stage().relent();
    await aws.s3.send(new ListBucketsCommand({}));
  });
});

describe('a session that ends', () => {
  test('is refused in every dialect, until another token begins a new one', async () => {
    const { aws, stage, withToken } = staged('first');
    stage().endSession(1);
    await aws.sts.send(new GetCallerIdentityCommand({}));
    await expect(aws.glue.send(new GetCrawlersCommand({}))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(aws.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(aws.s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      $metadata: { httpStatusCode: 400 },
    });
    const renewed = withToken('second');
    for (const _ of [1, 2, 3]) await renewed.sts.send(new GetCallerIdentityCommand({}));
    await expect(aws.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  test('may have had no token at all', async () => {
    const { aws, stage, withToken } = staged();
    stage().endSession(0);
    await expect(aws.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
    await withToken('renewed').sts.send(new GetCallerIdentityCommand({}));
  });
});

describe('a clock that differs', () => {
  const request = (service: string, signed: string) => ({
    method: 'POST',
    host: `${service}.us-east-1.amazonaws.com`,
    path: '/',
    query: {},
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${sceneAccount}/20261123/us-east-1/${service}/aws4_request`,
      'x-amz-date': signed,
      'x-amz-target': 'AWSGlue.GetCrawlers',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: Buffer.from(service === 'sts' ? 'Action=GetCallerIdentity&Version=2011-06-15' : ''),
  });
  const told = ({ body }: HttpResponse) => Buffer.from(body).toString();

  test('makes requests be refused that are signed more than five minutes off', () => {
    const { simulator, stage } = staged();
    stage().skew(3_600_000);
    const late = simulator.handle(request('glue', '20261123T090000Z'));
    expect([late.status, late.headers.date]).toEqual([400, new Date(monday + 3_600_000).toUTCString()]);
    expect(JSON.parse(told(late))).toEqual({
      __type: 'InvalidSignatureException',
      Message: 'Signature expired: 20261123T090000Z is now earlier than 20261123T095500Z (20261123T100000Z - 5 min.)',
    });
    const early = simulator.handle(request('sts', '20261123T100600Z'));
    expect(early.status).toBe(403);
    expect(told(early)).toContain(
      '<Code>SignatureDoesNotMatch</Code><Message>Signature not yet current: 20261123T100600Z is still later than 20261123T100500Z (20261123T100000Z + 5 min.)',
    );
    const s3 = simulator.handle({ ...request('s3', '20261123T090000Z'), method: 'GET' });
    expect(s3.status).toBe(403);
    expect(told(s3)).toContain('<Code>RequestTimeTooSkewed</Code>');
    expect(simulator.handle(request('glue', '20261123T100459Z')).status).toBe(200);
  });

  test('is put right by the SDK, which reads the Date of the refusal', async () => {
    const { simulator, stage, withToken } = staged();
    stage().skew(1_800_000);
    const { sts } = withToken('t');
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await sts.send(new GetCallerIdentityCommand({}));
    expect(simulator.world.calls.map(({ status }) => status)).toEqual([403, 200]);
  });

  test('is of no account unless it is set', () => {
    expect(staged().simulator.handle(request('glue', '20200101T000000Z')).status).toBe(200);
  });
});

describe('who asks', () => {
  test.each([
    ['root', `arn:aws:iam::${sceneAccount}:root`],
    ['role', `arn:aws:sts::${sceneAccount}:assumed-role/Onboarding/session`],
  ] as const)('can be a %s', async (who, Arn) => {
    const { aws, stage } = staged();
    if (who === 'root') stage().root();
    else stage().role('Onboarding', '/msp/');
    expect(await aws.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn, Account: sceneAccount });
  });
});

describe("Lake Formation's settings", () => {
  test('leave new databases to IAM, or to administrators', async () => {
    const { aws, stage } = staged();
    const settings = async () =>
      (await aws.lakeFormation.send(new GetDataLakeSettingsCommand({}))).DataLakeSettings ?? {};
    expect(await settings()).toMatchObject({
      DataLakeAdmins: [],
      CreateDatabaseDefaultPermissions: [
        { Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' }, Permissions: ['ALL'] },
      ],
    });
    stage().guardCatalog(['arn:aws:iam::111122223333:role/Lake']);
    expect(await settings()).toMatchObject({
      DataLakeAdmins: [{ DataLakePrincipalIdentifier: 'arn:aws:iam::111122223333:role/Lake' }],
      CreateDatabaseDefaultPermissions: [],
    });
  });
});

describe("a bucket's settings", () => {
  test('show its encryption and who owns its objects', async () => {
    const { aws, stage } = staged();
    stage().bucket('plain');
    stage().bucket('keyed', { kmsKey: 'arn:aws:kms:us-east-1:111122223333:key/k', ownership: 'ObjectWriter' });
    const encryption = async (Bucket: string) =>
      (await aws.s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules;
    expect(await encryption('plain')).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
    ]);
    expect(await encryption('keyed')).toMatchObject([
      {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: 'aws:kms',
          KMSMasterKeyID: expect.stringMatching(/key\/k$/),
        },
      },
    ]);
    const { OwnershipControls } = await aws.s3.send(new GetBucketOwnershipControlsCommand({ Bucket: 'keyed' }));
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'ObjectWriter' }]);
  });

  const notification = (Id: string, prefix: string, Events: ('s3:ObjectCreated:*' | 's3:ObjectCreated:Put')[]) => ({
    Id,
    Events,
    LambdaFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: prefix }] } },
  });
  test.each([
    ['reports/', 's3:ObjectCreated:*', true],
    ['reports/2026/', 's3:ObjectCreated:Put', true],
    ['', 's3:ObjectCreated:*', true],
    ['logs/', 's3:ObjectCreated:*', false],
  ] as const)('refuse a second notification for %s by %s: %s', async (prefix, event, refused) => {
    const { aws, stage } = staged();
    stage().bucket('billing');
    const put = aws.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'billing',
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [
            notification('a', 'reports/', ['s3:ObjectCreated:*']),
            notification('b', prefix, [event]),
          ],
        },
      }),
    );
    if (refused) {
      await expect(put).rejects.toMatchObject({
        name: 'InvalidArgument',
        message: 'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
      });
      return;
    }
    await put;
    const found = await aws.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: 'billing' }));
    expect(found.LambdaFunctionConfigurations).toMatchObject([{ Id: 'a' }, { Id: 'b', Events: [event] }]);
  });
});
