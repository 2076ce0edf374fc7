import { CreateStackCommand, DescribeStacksCommand, GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import { PutReportDefinitionCommand } from '@aws-sdk/client-cost-and-usage-report-service';
import {
  GetCrawlerCommand,
  GetTablesCommand,
  StartCrawlerCommand,
  StartCrawlerScheduleCommand,
  StopCrawlerScheduleCommand,
  UpdateCrawlerCommand,
  UpdateCrawlerScheduleCommand,
} from '@aws-sdk/client-glue';
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { documentedPolicy } from '../../src/simulator/services/cur/permission.ts';
import { simulatedClients } from '../support/simulated-clients.ts';

const ACME = '111122223333';
const BUCKET = 'spotinst-cur-report';
const CRAWLER = 'AWSCURCrawler-spotinst-cur-report';
const DATABASE = 'athenacurcfn_spotinst_cur_report';
const HOUR = 3_600_000;
const Daily = 'cron(0 0 * * ? *)';

let simulator = createSimulator();
let { s3, cur, glue, cloudformation } = simulatedClients(simulator, ACME);

/** A delivered report, and the stack of the template beside it. */
beforeEach(async () => {
  simulator = createSimulator({ wall: () => Date.UTC(2026, 10, 22, 9) });
  ({ s3, cur, glue, cloudformation } = simulatedClients(simulator, ACME));
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const Policy = documentedPolicy({ account: ACME, bucket: BUCKET });
  await s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
  const ReportDefinition = {
    ReportName: BUCKET,
    TimeUnit: 'HOURLY',
    Format: 'Parquet',
    Compression: 'Parquet',
    AdditionalSchemaElements: ['RESOURCES'],
    S3Bucket: BUCKET,
    S3Prefix: 'spotinst_eco',
    S3Region: 'us-east-1',
    AdditionalArtifacts: ['ATHENA'],
    ReportVersioning: 'OVERWRITE_REPORT',
  };
  await cur.send(new PutReportDefinitionCommand({ ReportDefinition }));
  simulator.clock.advance(24 * HOUR);
  const Key = `spotinst_eco/${BUCKET}/crawler-cfn.yml`;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  const TemplateBody = (await Body?.transformToString()) ?? '';
  const Capabilities = ['CAPABILITY_IAM' as const];
  await cloudformation.send(new CreateStackCommand({ StackName: 'SpotEcoStack', TemplateBody, Capabilities }));
  simulator.clock.advance(HOUR);
});

const crawler = async () => (await glue.send(new GetCrawlerCommand({ Name: CRAWLER }))).Crawler;
const schedule = (Schedule = Daily) => glue.send(new UpdateCrawlerScheduleCommand({ CrawlerName: CRAWLER, Schedule }));

describe("the crawler of a report's stack", () => {
  test('has crawled once, has no schedule, and has found the table', async () => {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'SpotEcoStack' }));
    expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
    expect(await crawler()).toMatchObject({
      State: 'READY',
      DatabaseName: DATABASE,
      LastCrawl: { Status: 'SUCCEEDED' },
    });
    expect(await crawler()).not.toHaveProperty('Schedule');
    const { TableList } = await glue.send(new GetTablesCommand({ DatabaseName: DATABASE }));
    expect(TableList?.map(({ Name }) => Name).sort()).toEqual(['cost_and_usage_data_status', 'spotinst_cur_report']);
  });

  test('can not be changed while it runs, but scheduled', async () => {
    await glue.send(new StartCrawlerCommand({ Name: CRAWLER }));
    expect(await crawler()).toMatchObject({ State: 'RUNNING' });
    const update = glue.send(new UpdateCrawlerCommand({ Name: CRAWLER, Schedule: Daily }));
    await expect(update).rejects.toMatchObject({ name: 'CrawlerRunningException' });
    await schedule();
    expect((await crawler())?.Schedule).toEqual({ ScheduleExpression: Daily, State: 'SCHEDULED' });
    simulator.clock.advance(4000);
    expect(await crawler()).toMatchObject({ State: 'READY' });
  });

  test('crawls at midnight once it is scheduled', async () => {
    await schedule();
    simulator.clock.advance(24 * HOUR);
    expect((await crawler())?.LastCrawl?.StartTime?.toISOString()).toBe('2026-11-24T00:00:00.000Z');
  });

  test('takes no schedule that is none, and tells what it lacks', async () => {
    await expect(schedule('every day')).rejects.toMatchObject({ name: 'InvalidInputException' });
    await expect(schedule('cron(0 0 * * * *)')).rejects.toMatchObject({ name: 'InvalidInputException' });
    const start = new StartCrawlerScheduleCommand({ CrawlerName: CRAWLER });
    await expect(glue.send(start)).rejects.toMatchObject({ name: 'NoScheduleException' });
    await schedule();
    await expect(glue.send(start)).rejects.toMatchObject({ name: 'SchedulerRunningException' });
    await glue.send(new StopCrawlerScheduleCommand({ CrawlerName: CRAWLER }));
    expect((await crawler())?.Schedule?.State).toBe('NOT_SCHEDULED');
    const other = new GetCrawlerCommand({ Name: 'other' });
    await expect(glue.send(other)).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  });
});

describe("Spot's link", () => {
  test('comes 48 hours after the crawler is scheduled', async () => {
    simulator.clock.advance(100 * HOUR);
    expect(simulator.link(ACME)).toBeUndefined();
    await schedule();
    simulator.clock.advance(47 * HOUR);
    expect(simulator.link(ACME)).toBeUndefined();
    simulator.clock.advance(HOUR);
    expect(simulator.link(ACME)).toBe(
      'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/create/review' +
        '?templateURL=https%3A%2F%2Fspot-connect-templates.s3.us-east-1.amazonaws.com%2Fextractor%2Fspot-extractor.yaml' +
        '&stackName=SpotExtractor&param_CURPrefixName=spotinst_eco&param_CustomerName=customer-111122223333' +
        '&param_LambdaFunctionBucket=spot-connect-code&param_LambdaFunctionKey=extractor%2Fextractor.zip' +
        '&param_S3OutputBucket=spot-connect-output',
    );
  });

  test('leads to a template that makes the extractor', async () => {
    await schedule();
    simulator.clock.advance(48 * HOUR);
    const fragment = new URLSearchParams(simulator.link(ACME)?.split('?').at(-1));
    const TemplateURL = fragment.get('templateURL') ?? '';
    const { Parameters } = await cloudformation.send(new GetTemplateSummaryCommand({ TemplateURL }));
    expect(Parameters?.map(({ ParameterKey }) => ParameterKey).sort()).toEqual([
      'AccountList',
      'CURBucketName',
      'CURPrefixName',
      'CustomerName',
      'LambdaFunctionBucket',
      'LambdaFunctionKey',
      'S3OutputBucket',
    ]);
    const filled = [...fragment].flatMap(([key, value]) =>
      key.startsWith('param_') ? [{ ParameterKey: key.slice('param_'.length), ParameterValue: value }] : [],
    );
    await cloudformation.send(
      new CreateStackCommand({
        StackName: 'SpotExtractor',
        TemplateURL,
        Parameters: [...filled, { ParameterKey: 'CURBucketName', ParameterValue: BUCKET }],
        Capabilities: ['CAPABILITY_IAM'],
      }),
    );
    simulator.clock.advance(HOUR);
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'SpotExtractor' }));
    expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
  });
});
