import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { documentedPolicy } from '../../src/simulator/services/cur/permission.ts';
import { simulatedClients } from '../support/simulated-clients.ts';

const ACME = '111122223333';
const Bucket = 'acme-billing';

let simulator = createSimulator();
let { s3 } = simulatedClients(simulator, ACME);
let { s3: other } = simulatedClients(simulator, '444455556666');

beforeEach(async () => {
  simulator = createSimulator();
  ({ s3 } = simulatedClients(simulator, ACME));
  ({ s3: other } = simulatedClients(simulator, '444455556666'));
  await s3.send(new CreateBucketCommand({ Bucket }));
});

const put = (Key: string, Body = 'text') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));

describe('a bucket', () => {
  test('has a name that nobody else can take, while its owner may create it again', async () => {
    await expect(other.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).resolves.toMatchObject({ Location: `/${Bucket}` });
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'Capital' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    });
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: Bucket }]);
    expect((await other.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });

  test('answers a HEAD by who asks', async () => {
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).resolves.toMatchObject({ BucketRegion: 'us-east-1' });
    const expected = new HeadBucketCommand({ Bucket, ExpectedBucketOwner: '444455556666' });
    await expect(s3.send(expected)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await expect(other.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'nobodys' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('in another region answers 301', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await s3.send(new CreateBucketCommand({ Bucket: 'far-away', CreateBucketConfiguration }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'far-away' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
    });
  });

  test("has AWS's defaults", async () => {
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption.ServerSideEncryptionConfiguration?.Rules?.[0]).toMatchObject({
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
    });
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
    expect((await s3.send(new GetBucketAclCommand({ Bucket }))).Grants).toMatchObject([{ Permission: 'FULL_CONTROL' }]);
  });

  test('keeps a policy to the letter and refuses a wrong one', async () => {
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    const Policy = documentedPolicy({ account: ACME, bucket: Bucket });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    const wrong = [
      'no JSON',
      '{}',
      Policy.replaceAll(Bucket, 'another-bucket'),
      Policy.replaceAll('billingreports.amazonaws.com', 'billing'),
    ];
    for (const text of wrong) {
      await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: text }))).rejects.toMatchObject({
        name: 'MalformedPolicy',
      });
    }
  });

  test('has its notifications replaced as a whole', async () => {
    const read = () => s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(await read()).not.toHaveProperty('LambdaFunctionConfigurations');
    const LambdaFunctionArn = `arn:aws:lambda:us-east-1:${ACME}:function:tell`;
    const NotificationConfiguration = {
      LambdaFunctionConfigurations: [{ Id: 'tell', LambdaFunctionArn, Events: ['s3:ObjectCreated:*' as const] }],
    };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    expect(await read()).toMatchObject(NotificationConfiguration);
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} }));
    expect(await read()).not.toHaveProperty('LambdaFunctionConfigurations');
  });

  test('says what it does not imitate', async () => {
    const tagging = new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } });
    await expect(s3.send(tagging)).rejects.toMatchObject({
      name: 'UnsupportedOperation',
      message: "The simulator doesn't imitate s3:PutBucketTagging.",
    });
    expect(simulator.world.calls.at(-1)).toMatchObject({ operation: 'PutBucketTagging', mutating: true, status: 501 });
  });
});

describe('objects', () => {
  test('come back as they were put, to their owner alone', async () => {
    await put('a folder/é & <ü>.txt', 'grüezi');
    const get = new GetObjectCommand({ Bucket, Key: 'a folder/é & <ü>.txt' });
    const { Body } = await s3.send(get);
    expect(await Body?.transformToString()).toBe('grüezi');
    await expect(other.send(get)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('can be written only where nothing is', async () => {
    const first = new PutObjectCommand({ Bucket, Key: 'once', Body: 'one', IfNoneMatch: '*' });
    await s3.send(first);
    await expect(s3.send(first)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('are listed in pages and by folders', async () => {
    for (const key of ['top', 'a/1', 'a/2', 'a/b/3', 'é <&>']) await put(key);
    const folders = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(folders.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
    expect(folders.Contents?.map(({ Key }) => Key)).toEqual(['top', 'é <&>']);

    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', MaxKeys: 2 }));
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
    const ContinuationToken = first.NextContinuationToken ?? '';
    const second = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', ContinuationToken }));
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['a/b/3']);
  });

  test('have to go before their bucket does', async () => {
    await put('one');
    await put('two & three');
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    const Objects = [{ Key: 'one' }, { Key: 'two & three' }];
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});
