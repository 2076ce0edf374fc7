import {
  DeleteReportDefinitionCommand,
  DescribeReportDefinitionsCommand,
  ModifyReportDefinitionCommand,
  PutReportDefinitionCommand,
  type ReportDefinition,
} from '@aws-sdk/client-cost-and-usage-report-service';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createSimulator } from '../../src/simulator/handler.ts';
import { documentedPolicy } from '../../src/simulator/services/cur/permission.ts';
import { simulatedClients } from '../support/simulated-clients.ts';

const ACME = '111122223333';
const BUCKET = 'spotinst-cur-report';
const START = Date.UTC(2026, 10, 22, 9, 0, 0);
const HOUR = 3_600_000;

const definition = {
  ReportName: BUCKET,
  TimeUnit: 'HOURLY',
  Format: 'Parquet',
  Compression: 'Parquet',
  AdditionalSchemaElements: ['RESOURCES'],
  S3Bucket: BUCKET,
  S3Prefix: 'spotinst_eco',
  S3Region: 'us-east-1',
  AdditionalArtifacts: ['ATHENA'],
  RefreshClosedReports: true,
  ReportVersioning: 'OVERWRITE_REPORT',
} satisfies ReportDefinition;

let simulator = createSimulator();
let { s3, cur } = simulatedClients(simulator, ACME);

beforeEach(async () => {
  simulator = createSimulator({ wall: () => START });
  ({ s3, cur } = simulatedClients(simulator, ACME));
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});

const allow = (Policy = documentedPolicy({ account: ACME, bucket: BUCKET })) =>
  s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
const put = (changes: Partial<ReportDefinition> = {}) =>
  cur.send(new PutReportDefinitionCommand({ ReportDefinition: { ...definition, ...changes } }));
const reports = async () => (await cur.send(new DescribeReportDefinitionsCommand({}))).ReportDefinitions ?? [];
const keys = async () =>
  ((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).Contents ?? []).map(({ Key }) => Key);

describe('a report', () => {
  test('is refused while the bucket has no policy, and tells where', async () => {
    await expect(put()).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Failed to verify customer bucket permission. accountId= ${ACME}, bucket name: ${BUCKET}, bucket region: us-east-1`,
    });
  });

  test('leaves a test object, and is delivered after 23 hours and 10 minutes', async () => {
    await allow();
    await put();
    expect(await keys()).toEqual(['aws-programmatic-access-test-object']);
    expect(await reports()).toEqual([definition]);

    simulator.clock.advance(23 * HOUR);
    expect((await reports())[0]).not.toHaveProperty('ReportStatus');

    simulator.clock.advance(HOUR);
    expect((await reports())[0]).toHaveProperty('ReportStatus', {
      lastDelivery: '20261123T081000Z',
      lastStatus: 'SUCCESS',
    });
    expect(await keys()).toEqual([
      'aws-programmatic-access-test-object',
      'spotinst_eco/spotinst-cur-report/20261101-20261201/spotinst-cur-report-Manifest.json',
      'spotinst_eco/spotinst-cur-report/20261101-20261201/spotinst-cur-report-create-table.sql',
      'spotinst_eco/spotinst-cur-report/cost_and_usage_data_status/cost_and_usage_data_status.parquet',
      'spotinst_eco/spotinst-cur-report/crawler-cfn.yml',
      'spotinst_eco/spotinst-cur-report/spotinst-cur-report/year=2026/month=11/spotinst-cur-report-00001.snappy.parquet',
    ]);
  });

  test('brings a crawler template for just this report', async () => {
    await allow();
    await put();
    simulator.clock.advance(24 * HOUR);
    const Key = 'spotinst_eco/spotinst-cur-report/crawler-cfn.yml';
    const { LastModified } = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
    expect(LastModified?.toISOString()).toBe('2026-11-23T08:10:00.000Z');
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    const text = (await Body?.transformToString()) ?? '';
    expect(text.length).toBeGreaterThan(8000);
    expect(text.length).toBeLessThan(10_500);
    const template = parse(text, { logLevel: 'silent' });
    expect(Object.keys(template)).toEqual(['AWSTemplateFormatVersion', 'Description', 'Resources']);
    expect(Object.keys(template.Resources)).toHaveLength(11);
    expect(template.Resources.AWSCURCrawler.Properties).toMatchObject({
      Name: 'AWSCURCrawler-spotinst-cur-report',
      Targets: {
        S3Targets: [{ Path: 's3://spotinst-cur-report/spotinst_eco/spotinst-cur-report/spotinst-cur-report/' }],
      },
    });
    expect(template.Resources.AWSCURDatabase.Properties.DatabaseInput.Name).toBe('athenacurcfn_spotinst_cur_report');
  });

  test('fails to be delivered once the policy is gone, and keeps what was delivered before', async () => {
    await allow();
    await put();
    simulator.clock.advance(24 * HOUR);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: BUCKET }));
    const before = await keys();
    simulator.clock.advance(24 * HOUR);
    expect((await reports())[0]).toHaveProperty('ReportStatus', {
      lastDelivery: '20261123T081000Z',
      lastStatus: 'ERROR_PERMISSIONS',
    });
    expect(await keys()).toEqual(before);
  });

  test('can be changed, but not in what an overwritten report is made of', async () => {
    await allow();
    await put();
    const modify = (changes: Partial<ReportDefinition>) =>
      cur.send(
        new ModifyReportDefinitionCommand({ ReportName: BUCKET, ReportDefinition: { ...definition, ...changes } }),
      );
    await modify({ RefreshClosedReports: false });
    expect(await reports()).toEqual([{ ...definition, RefreshClosedReports: false }]);
    await expect(modify({ TimeUnit: 'DAILY' })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(modify({ AdditionalSchemaElements: [] })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(modify({ S3Bucket: 'nobodys' })).rejects.toThrow('bucket name: nobodys');
  });

  test('may be deleted; its data stays', async () => {
    await allow();
    await put();
    simulator.clock.advance(24 * HOUR);
    await cur.send(new DeleteReportDefinitionCommand({ ReportName: BUCKET }));
    expect(await reports()).toEqual([]);
    expect(await keys()).toHaveLength(6);
  });

  test('needs a name of its own', async () => {
    await allow();
    await put();
    await expect(put()).rejects.toMatchObject({ name: 'DuplicateReportNameException' });
    await expect(put({ ReportName: 'two words' })).rejects.toThrow("at 'reportDefinition.reportName'");
  });

  test('comes in pages of five, ten at most', async () => {
    await allow();
    for (let n = 0; n < 10; n++) await put({ ReportName: `report-${n}` });
    await expect(put({ ReportName: 'one-more' })).rejects.toMatchObject({ name: 'ReportLimitReachedException' });
    const first = await cur.send(new DescribeReportDefinitionsCommand({}));
    expect(first.ReportDefinitions).toHaveLength(5);
    const second = await cur.send(new DescribeReportDefinitionsCommand({ NextToken: first.NextToken ?? '' }));
    expect(second.ReportDefinitions).toHaveLength(5);
    expect(second.NextToken).toBeUndefined();
  });

  test.each([
    ['another artifact beside ATHENA', { AdditionalArtifacts: ['ATHENA', 'REDSHIFT'] }],
    ['CSV', { Format: 'textORcsv', Compression: 'GZIP' }],
    ['new versions instead of overwriting', { ReportVersioning: 'CREATE_NEW_REPORT' }],
    ['no prefix', { S3Prefix: '' }],
  ])('is refused without a word for %s', async (_, changes) => {
    await allow();
    // The SDK's own word for an empty message.
    await expect(put(changes)).rejects.toMatchObject({ name: 'ValidationException', message: 'UnknownError' });
  });
});
