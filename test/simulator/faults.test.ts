import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CostAndUsageReportServiceClient,
  DescribeReportDefinitionsCommand,
} from '@aws-sdk/client-cost-and-usage-report-service';
import { GetCrawlersCommand, GlueClient } from '@aws-sdk/client-glue';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FaultKind, faultKinds, takeFault } from '../../src/simulator/fault.ts';
import { createSimulator } from '../../src/simulator/handler.ts';
import { type Served, serve } from '../../src/simulator/server.ts';

const account = '111122223333';
const start = Date.UTC(2026, 10, 23, 9);
const Bucket = 'acme-billing';

let simulator = createSimulator();
let served: Served;
beforeEach(async () => {
  simulator = createSimulator({ wall: () => start });
  served = await serve(simulator, { port: 0 });
});
afterEach(() => served.close());

/** Real clients over real sockets, which give up after a moment and ask once. */
const clients = (sessionToken?: string) => {
  const settings = {
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${served.port}`,
    credentials: { accessKeyId: account, secretAccessKey: 'unchecked', ...(sessionToken && { sessionToken }) },
    requestHandler: new NodeHttpHandler({ requestTimeout: 150, throwOnRequestTimeout: true }) as never,
    maxAttempts: 1,
  };
  return {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sts: new STSClient(settings),
    cur: new CostAndUsageReportServiceClient(settings),
    glue: new GlueClient(settings),
    cloudFormation: new CloudFormationClient(settings),
  };
};

const script = async (fault: Readonly<Record<string, unknown>>) => {
  const answer = await fetch(`http://127.0.0.1:${served.port}/_simulator/fault`, {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  return { status: answer.status, told: (await answer.json()) as { error?: string } };
};

describe('a fault at the wire', () => {
  test.each<[FaultKind, string, boolean]>([
    ['reset-before', 'TimeoutError', false],
    ['reset-after', 'TimeoutError', true],
    ['hang-before', 'TimeoutError', false],
    ['hang-after', 'TimeoutError', true],
    ['throttled', 'SlowDown', false],
    ['server-error', 'InternalError', false],
    ['unavailable', 'ServiceUnavailable', false],
    ['access-denied', 'AccessDenied', false],
    ['expired-token', 'ExpiredToken', false],
  ])('%s: the client sees %s, and whether the bucket is there is %s', async (kind, name, made) => {
    await script({ operation: 's3:CreateBucket', kind });
    const { s3 } = clients();
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({ name });
    expect(Object.hasOwn(simulator.world.buckets, Bucket)).toBe(made);
    await clients('another session').s3.send(new CreateBucketCommand({ Bucket }));
  });

  test.each<[FaultKind, object]>([
    ['truncated', { code: 'ECONNRESET' }],
    ['garbled', { name: 'SyntaxError' }],
    ['gateway-page', { $metadata: { httpStatusCode: 502 } }],
    ['gateway-timeout', { $metadata: { httpStatusCode: 504 } }],
    ['throttled', { name: 'ThrottlingException' }],
  ])('%s of a JSON service reads as %o', async (kind, error) => {
    await script({ operation: 'glue:GetCrawlers', kind });
    const { glue } = clients();
    await expect(glue.send(new GetCrawlersCommand({}))).rejects.toMatchObject(error);
    await glue.send(new GetCrawlersCommand({}));
  });

  test.each(['truncated', 'garbled'] as const)(
    '%s is seen by the oldest client and by one that reads XML',
    async (kind) => {
      // The oldest client asks again, whatever it is told.
      await script({ operation: 'cur:DescribeReportDefinitions', kind, times: 3 });
      await script({ operation: 'cloudformation:DescribeStacks', kind });
      const { cur, cloudFormation } = clients();
      await expect(cur.send(new DescribeReportDefinitionsCommand({}))).rejects.toThrow();
      await expect(cloudFormation.send(new DescribeStacksCommand({}))).rejects.toThrow();
    },
  );

  test("clock-skew puts AWS's clock ahead, and the Date of the refusal tells", async () => {
    await script({ operation: 'sts:GetCallerIdentity', kind: 'clock-skew' });
    const { sts } = clients();
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await sts.send(new GetCallerIdentityCommand({}));
    expect(simulator.world.accounts[account]?.skew).toBe(20 * 60_000);
  });

  test('a session of a role ends too', async () => {
    const { sts } = clients();
    const { Credentials: keys } = await assumed(sts);
    const role = new STSClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${served.port}`,
      credentials: { accessKeyId: keys?.AccessKeyId ?? '', secretAccessKey: 'x' },
      maxAttempts: 1,
    });
    await script({ operation: 'sts:GetCallerIdentity', kind: 'expired-token', after: 1 });
    await role.send(new GetCallerIdentityCommand({}));
    for (const _ of [1, 2])
      await expect(role.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
    await sts.send(new GetCallerIdentityCommand({}));
  });

  test('what gets no answer is in the list of calls, with status 0', async () => {
    await script({ operation: 's3:ListBuckets', kind: 'reset-before' });
    await script({ operation: 's3:ListBuckets', kind: 'reset-after' });
    const { s3 } = clients();
    for (const _ of [1, 2]) await expect(s3.send(new ListBucketsCommand({}))).rejects.toThrow();
    expect(simulator.world.calls).toMatchObject([
      { status: 0, account },
      { status: 0, account },
    ]);
  });
});

const assumed = (sts: STSClient) =>
  sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/R`, RoleSessionName: 'jo' }));

describe('how often', () => {
  test('a fault lets so many calls through, and then meets so many', async () => {
    await script({ operation: 's3:ListBuckets', kind: 'server-error', after: 1, times: 2 });
    const { s3 } = clients();
    const outcomes: string[] = [];
    for (const _ of [1, 2, 3, 4])
      outcomes.push(
        await s3.send(new ListBucketsCommand({})).then(
          () => 'fine',
          (error: Error) => error.name,
        ),
      );
    expect(outcomes).toEqual(['fine', 'InternalError', 'InternalError', 'fine']);
  });

  test('each fault counts each call, and the first that is due meets it', () => {
    const faults = [
      { operation: 'a:B', kind: 'throttled', after: 1, times: 1 },
      { operation: 'a:B', kind: 'garbled', after: 0, times: 2 },
      { operation: 'a:C', kind: 'truncated', after: 0, times: 1 },
    ] as const;
    const left = structuredClone<{ -readonly [Key in keyof (typeof faults)[number]]: (typeof faults)[number][Key] }[]>([
      ...faults,
    ]);
    const met = [1, 2, 3, 4].map(() => takeFault(left, 'a:B')?.kind);
    expect(met).toEqual(['garbled', 'throttled', 'garbled', undefined]);
  });

  test('somebody relents', async () => {
    await script({ operation: 's3:ListBuckets', kind: 'server-error' });
    const answer = await fetch(`http://127.0.0.1:${served.port}/_simulator/relent`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ relented: [{ operation: 's3:ListBuckets', times: 1 }] });
    await clients().s3.send(new ListBucketsCommand({}));
  });
});

describe('what is slow to show', () => {
  test('is read as before the write, for so many reads', async () => {
    const { s3 } = clients();
    await script({ operation: 's3:CreateBucket', kind: 'slow-to-show', reads: 2 });
    await s3.send(new CreateBucketCommand({ Bucket }));
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
    await s3.send(new HeadBucketCommand({ Bucket }));
  });

  test('or for so long, and later writes do not wait for it', async () => {
    const { s3 } = clients();
    await s3.send(new CreateBucketCommand({ Bucket }));
    await script({ operation: 's3:PutBucketPolicy', kind: 'slow-to-show', ms: 5_000 });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: account }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
      ],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const read = () => s3.send(new GetBucketPolicyCommand({ Bucket }));
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    expect(simulator.world.buckets[Bucket]?.policy).toBe(Policy);
    simulator.clock.advance(5_000);
    expect((await read()).Policy).toBe(Policy);
  });

  test('a stack is not found until it shows, and its name is taken all the same', async () => {
    const { cloudFormation } = clients();
    const TemplateBody = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}';
    await script({ operation: 'cloudformation:CreateStack', kind: 'slow-to-show', reads: 1 });
    await cloudFormation.send(new CreateStackCommand({ StackName: 'acme', TemplateBody }));
    const find = () => cloudFormation.send(new DescribeStacksCommand({ StackName: 'acme' }));
    await expect(
      cloudFormation.send(new CreateStackCommand({ StackName: 'acme', TemplateBody })),
    ).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await expect(find()).rejects.toThrow('does not exist');
    expect((await find()).Stacks).toHaveLength(1);
  });
});

describe('what is no fault', () => {
  test.each<[Readonly<Record<string, unknown>>, string]>([
    [{ kind: 'throttled' }, 'operation has to be a call that is imitated'],
    [{ operation: 's3:DropBucket', kind: 'throttled' }, 'operation has to be'],
    [{ operation: 's4:CreateBucket', kind: 'throttled' }, 'operation has to be'],
    [{ operation: 's3:constructor', kind: 'throttled' }, 'operation has to be'],
    [{ operation: 's3:CreateBucket', kind: 'slow' }, faultKinds.join(', ')],
    [{ operation: 's3:CreateBucket', kind: 'throttled', times: 0 }, 'times has to be a whole number from 1'],
    [{ operation: 's3:CreateBucket', kind: 'throttled', after: -1 }, 'after has to be'],
    [{ operation: 's3:CreateBucket', kind: 'throttled', after: 1.5 }, 'after has to be'],
    [{ operation: 's3:CreateBucket', kind: 'throttled', reads: 1 }, 'for slow-to-show alone'],
    [{ operation: 's3:CreateBucket', kind: 'slow-to-show' }, 'either reads or ms'],
    [{ operation: 's3:CreateBucket', kind: 'slow-to-show', reads: 1, ms: 1 }, 'either reads or ms'],
    [{ operation: 's3:CreateBucket', kind: 'throttled', often: 1 }, 'There is no often'],
  ])('%j is refused', async (fault, reason) => {
    const { status, told } = await script(fault);
    expect([status, told.error]).toEqual([400, expect.stringContaining(reason)]);
    expect(simulator.world.faults).toEqual([]);
  });

  test.each(['', 'soon', '[]', 'null'])('nor is %j', async (body) => {
    const answer = await fetch(`http://127.0.0.1:${served.port}/_simulator/fault`, { method: 'POST', body });
    expect(answer.status).toBe(400);
  });
});

test('the world can be saved with its faults and lags, and goes on with them', async () => {
  await script({ operation: 's3:CreateBucket', kind: 'slow-to-show', reads: 1 });
  await script({ operation: 's3:ListBuckets', kind: 'reset-before' });
  await clients().s3.send(new CreateBucketCommand({ Bucket }));
  const saved = JSON.parse(JSON.stringify(simulator.world));
  await served.close();
  served = await serve(createSimulator({ wall: () => start, world: saved }), { port: 0 });
  const { s3 } = clients();
  await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toHaveLength(1);
});
