import { DescribeStacksCommand, GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import { DescribeReportDefinitionsCommand } from '@aws-sdk/client-cost-and-usage-report-service';
import { GetTableCommand, UpdateCrawlerScheduleCommand } from '@aws-sdk/client-glue';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import {
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { sceneAccount } from '../../src/simulator/scenes/stage.ts';
import type { Denial } from '../../src/simulator/world.ts';
import { simulatedClients } from '../support/simulated-clients.ts';
import { staged } from './staged.ts';

const jo = `arn:aws:iam::${sceneAccount}:user/engineer`;

describe('what a denial does to a call', () => {
  test('S3 puts the resource into quotes', async () => {
    const { aws, stage } = staged();
    stage().bucket('billing', { kmsKey: 'arn:aws:kms:us-east-1:111122223333:key/k' });
    stage().deny({ action: 's3:GetEncryptionConfiguration' });
    await expect(aws.s3.send(new GetBucketEncryptionCommand({ Bucket: 'billing' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${jo} is not authorized to perform: s3:GetEncryptionConfiguration on resource: "arn:aws:s3:::billing" because no identity-based policy allows the s3:GetEncryptionConfiguration action`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('S3 says nothing of a resource where there is none, and nothing at all to a HEAD', async () => {
    const { aws, stage } = staged();
    stage().bucket('billing');
    stage().denyAll(['s3:ListAllMyBuckets', 's3:ListBucket']);
    await expect(aws.s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      message: `User: ${jo} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
    });
    await expect(aws.s3.send(new HeadBucketCommand({ Bucket: 'billing' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('JSON services answer with 400, Query services with 403, each in its own code', async () => {
    const { aws, stage } = staged();
    stage().denyAll(['cur:*', 'organizations:Describe*', 'glue:*', 'cloudformation:DescribeStacks', 'lambda:*']);
    const refused = (name: string, httpStatusCode: number, resource: string) => ({
      name,
      message: expect.stringContaining(`on resource: ${resource} because`),
      $metadata: { httpStatusCode },
    });
    await expect(aws.cur.send(new DescribeReportDefinitionsCommand({}))).rejects.toMatchObject(
      refused('AccessDeniedException', 400, '*'),
    );
    await expect(aws.organizations.send(new DescribeOrganizationCommand({}))).rejects.toMatchObject(
      refused('AccessDeniedException', 400, '*'),
    );
    const schedule = new UpdateCrawlerScheduleCommand({ CrawlerName: 'c', Schedule: '' });
    await expect(aws.glue.send(schedule)).rejects.toMatchObject(refused('AccessDeniedException', 400, '*'));
    const stacks = new DescribeStacksCommand({ StackName: 'SpotEcoStack' });
    await expect(aws.cloudformation.send(stacks)).rejects.toMatchObject(
      refused('AccessDenied', 403, `arn:aws:cloudformation:us-east-1:${sceneAccount}:stack/SpotEcoStack/*`),
    );
    await expect(aws.lambda.send(new GetAccountSettingsCommand({}))).rejects.toMatchObject(
      refused('AccessDeniedException', 403, '*'),
    );
  });

  test.each<[Omit<Denial, 'action'>, string]>([
    [{}, 'because no identity-based policy allows the cur:DescribeReportDefinitions action'],
    [{ explicit: true }, 'with an explicit deny in an identity-based policy'],
    [{ by: 'boundary' }, 'because no permissions boundary allows the cur:DescribeReportDefinitions action'],
    [{ by: 'boundary', explicit: true }, 'with an explicit deny in a permissions boundary'],
    [{ by: 'session' }, 'because no session policy allows the cur:DescribeReportDefinitions action'],
    [{ by: 'scp', explicit: true }, 'with an explicit deny in a service control policy'],
    [{ by: 'resource', explicit: true }, 'with an explicit deny in a resource-based policy'],
  ])('%o is told in the words of AWS', async (denial, words) => {
    const { aws, stage } = staged();
    stage().deny({ action: 'cur:DescribeReportDefinitions', ...denial });
    await expect(aws.cur.send(new DescribeReportDefinitionsCommand({}))).rejects.toMatchObject({
      message: `User: ${jo} is not authorized to perform: cur:DescribeReportDefinitions on resource: * ${words}`,
    });
  });

  test('holds for the resources that it names alone', async () => {
    const { aws, stage } = staged();
    stage().bucket('billing');
    stage().bucket('other');
    stage().deny({ action: 's3:Put*', resource: 'arn:aws:s3:::billing/*' });
    const put = (Bucket: string) => aws.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'b' }));
    await expect(put('billing')).rejects.toMatchObject({ name: 'AccessDenied' });
    await put('other');
  });

  test('reaches a table by its catalog, its database and its own name', async () => {
    const { aws, stage } = staged();
    stage().deny({ action: 'glue:GetTable', resource: '*:database/billing' });
    const get = (DatabaseName: string) => aws.glue.send(new GetTableCommand({ DatabaseName, Name: 't' }));
    await expect(get('billing')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(get('others')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  });

  test('meets role sessions too, but nobody can be kept from asking who he is', async () => {
    const { simulator, stage } = staged();
    stage().deny({ action: '*' });
    const { sts } = simulatedClients(simulator, '999900001111');
    const assume = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${sceneAccount}:role/Msp`, RoleSessionName: 'jo' });
    const { Credentials } = await sts.send(assume);
    const role = simulatedClients(simulator, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
    await role.sts.send(new GetCallerIdentityCommand({}));
    await expect(role.cur.send(new DescribeReportDefinitionsCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining(`User: arn:aws:sts::${sceneAccount}:assumed-role/Msp/jo is not authorized`),
    });
  });

  test('who may not list a bucket is not told that a key is missing', async () => {
    const { aws, stage } = staged();
    stage().bucket('billing');
    const key = { Bucket: 'billing', Key: 'missing' };
    await expect(aws.s3.send(new HeadObjectCommand(key))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    stage().deny({ action: 's3:ListBucket' });
    await expect(aws.s3.send(new HeadObjectCommand(key))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await expect(aws.s3.send(new GetObjectCommand(key))).rejects.toMatchObject({
      message: expect.stringContaining('s3:ListBucket on resource: "arn:aws:s3:::billing"'),
    });
  });

  test('keeps CloudFormation from reading a template in the name of the caller', async () => {
    const { aws, stage } = staged();
    stage().deny({ action: 's3:GetObject' });
    const TemplateURL = 'https://spot-connect-templates.s3.us-east-1.amazonaws.com/extractor/spot-extractor.yaml';
    await expect(aws.cloudformation.send(new GetTemplateSummaryCommand({ TemplateURL }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('S3 error: Access Denied'),
    });
  });

  test('ends when it is lifted', async () => {
    const { aws, stage } = staged();
    stage().deny({ action: 'cur:*' });
    stage().allow();
    await aws.cur.send(new DescribeReportDefinitionsCommand({}));
  });
});
