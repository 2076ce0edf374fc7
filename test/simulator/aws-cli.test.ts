import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { stageFor } from '../../src/simulator/scenes/stage.ts';
import { type Served, serve } from '../../src/simulator/server.ts';
import { documentedPolicy } from '../../src/simulator/services/cur/permission.ts';
import { accountOf } from '../../src/simulator/world.ts';
import { type AwsCli, awsCli, awsCliInstalled } from '../support/aws-cli.ts';

const ACME = '111122223333';
const BUCKET = 'spotinst-cur-report';
const KEY = `spotinst_eco/${BUCKET}/crawler-cfn.yml`;
const simulator = createSimulator();
let served: Served;
let folder = '';
let cli: AwsCli;
const aws: AwsCli['ask'] = (...words) => cli.ask(...words);

beforeAll(async () => {
  served = await serve(simulator, { port: 0 });
  folder = await mkdtemp(join(tmpdir(), 'spot-cur-'));
  cli = awsCli(ACME, folder, () => served.port);
});
afterAll(async () => {
  cli.end();
  await served.close();
  await rm(folder, { recursive: true });
});

describe.skipIf(!awsCliInstalled)('the AWS CLI', { timeout: 60_000 }, () => {
  test('learns who it is', async () => {
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: ACME });
    const role = ['--role-arn', `arn:aws:iam::${ACME}:role/Reader`, '--role-session-name', 'jo'];
    expect(await aws('sts', 'assume-role', ...role)).toMatchObject({
      Credentials: { AccessKeyId: expect.stringMatching(/^ASIA[0-9A-F]{16}$/) },
    });
    expect(await aws('organizations', 'describe-organization')).toMatchObject({
      Organization: { MasterAccountId: ACME },
    });
  });

  test('makes a bucket and a report, and fetches what is delivered', async () => {
    await aws('s3api', 'create-bucket', '--bucket', BUCKET);
    await aws('s3api', 'head-bucket', '--bucket', BUCKET);
    const put = ['cur', 'put-report-definition', '--report-definition'];
    const definition = [
      `ReportName=${BUCKET},TimeUnit=HOURLY,Format=Parquet,Compression=Parquet,AdditionalSchemaElements=RESOURCES`,
      `S3Bucket=${BUCKET},S3Prefix=spotinst_eco,S3Region=us-east-1,AdditionalArtifacts=ATHENA`,
      'RefreshClosedReports=true,ReportVersioning=OVERWRITE_REPORT',
    ].join(',');
    await expect(aws(...put, definition)).rejects.toThrow('Failed to verify customer bucket permission');

    const policy = documentedPolicy({ account: ACME, bucket: BUCKET });
    await aws('s3api', 'put-bucket-policy', '--bucket', BUCKET, '--policy', policy);
    expect(await aws('s3api', 'get-bucket-policy', '--bucket', BUCKET)).toEqual({ Policy: policy });
    await aws(...put, definition);
    simulator.clock.advance(24 * 3_600_000);
    const { ReportDefinitions } = await aws('cur', 'describe-report-definitions');
    expect(ReportDefinitions[0].ReportStatus).toMatchObject({ lastStatus: 'SUCCESS' });

    const { Contents } = await aws('s3api', 'list-objects-v2', '--bucket', BUCKET, '--prefix', 'spotinst_eco/');
    expect(Contents).toHaveLength(5);
    const file = join(folder, 'crawler-cfn.yml');
    await aws('s3api', 'get-object', '--bucket', BUCKET, '--key', KEY, file);
    expect(await readFile(file, 'utf8')).toContain('AWSCURCrawler');
    await expect(aws('s3api', 'head-object', '--bucket', BUCKET, '--key', 'none')).rejects.toThrow('404');
  });

  test('sends files, with its own chunks or without', async () => {
    const file = join(folder, 'file.txt');
    await writeFile(file, 'some text\n'.repeat(10_000));
    await aws(
      's3api',
      'put-object',
      '--bucket',
      BUCKET,
      '--key',
      'sent',
      '--body',
      file,
      '--checksum-algorithm',
      'CRC32',
    );
    await cli.run('s3', 'cp', file, `s3://${BUCKET}/copied`);
    for (const key of ['sent', 'copied']) {
      await aws('s3api', 'get-object', '--bucket', BUCKET, '--key', key, `${file}.back`);
      expect(await readFile(`${file}.back`, 'utf8')).toBe('some text\n'.repeat(10_000));
    }
    const objects = 'Objects=[{Key=sent},{Key=copied}]';
    await aws('s3api', 'delete-objects', '--bucket', BUCKET, '--delete', objects);
    expect(await cli.run('s3', 'ls', `s3://${BUCKET}`)).not.toContain('sent');
  });

  test('makes the crawler stack and schedules its crawler', async () => {
    const stack = ['--stack-name', 'SpotEcoStack'];
    const url = `https://${BUCKET}.s3.us-east-1.amazonaws.com/${KEY}`;
    await aws('cloudformation', 'create-stack', ...stack, '--template-url', url, '--capabilities', 'CAPABILITY_IAM');
    simulator.clock.advance(3_600_000);
    const { Stacks } = await aws('cloudformation', 'describe-stacks', ...stack);
    expect(Stacks[0].StackStatus).toBe('CREATE_COMPLETE');

    const crawler = `AWSCURCrawler-${BUCKET}`;
    const schedule = ['--crawler-name', crawler, '--schedule', 'cron(0 0 * * ? *)'];
    await aws('glue', 'update-crawler-schedule', ...schedule);
    const { Crawler } = await aws('glue', 'get-crawler', '--name', crawler);
    expect(Crawler.Schedule).toEqual({ ScheduleExpression: 'cron(0 0 * * ? *)', State: 'SCHEDULED' });
    const { TableList } = await aws('glue', 'get-tables', '--database-name', Crawler.DatabaseName);
    expect(TableList).toHaveLength(2);
    await expect(aws('glue', 'get-crawler', '--name', 'none')).rejects.toThrow('EntityNotFoundException');
    await expect(aws('glue', 'list-jobs')).rejects.toThrow("doesn't imitate glue:ListJobs");
  });

  test('asks what it may do, and how the account is guarded', async () => {
    const stage = stageFor(simulator.world, accountOf(simulator.world, ACME), simulator.clock.now());
    stage.deny({ action: 'iam:CreateRole', by: 'boundary' });
    const principal = ['--policy-source-arn', `arn:aws:iam::${ACME}:user/engineer`];
    const actions = ['--action-names', 's3:GetObject', 'iam:CreateRole', '--resource-arns', 'arn:aws:s3:::a', '*'];
    const { EvaluationResults } = await aws('iam', 'simulate-principal-policy', ...principal, ...actions);
    expect(EvaluationResults).toMatchObject([
      { EvalActionName: 's3:GetObject', EvalResourceName: 'arn:aws:s3:::a', EvalDecision: 'allowed' },
      { EvalResourceName: '*', EvalDecision: 'allowed' },
      { EvalActionName: 'iam:CreateRole', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
      { EvalDecision: 'implicitDeny' },
    ]);
    const nobody = ['--policy-source-arn', `arn:aws:iam::${ACME}:role/Nobody`, '--action-names', 's3:GetObject'];
    await expect(aws('iam', 'simulate-principal-policy', ...nobody)).rejects.toThrow('NoSuchEntity');
    expect(await aws('iam', 'get-user')).toMatchObject({ User: { UserName: 'engineer' } });
    expect(await aws('lambda', 'get-account-settings')).toMatchObject({ AccountLimit: { ConcurrentExecutions: 1000 } });
    stage.guardCatalog([`arn:aws:iam::${ACME}:role/Lake`]);
    expect(await aws('lakeformation', 'get-data-lake-settings')).toMatchObject({
      DataLakeSettings: { DataLakeAdmins: [{ DataLakePrincipalIdentifier: `arn:aws:iam::${ACME}:role/Lake` }] },
    });
  });

  test('is refused what the account denies, in words of the service', async () => {
    const stage = stageFor(simulator.world, accountOf(simulator.world, ACME), simulator.clock.now());
    stage.deny({ action: 'cloudformation:DescribeStacks', by: 'scp', explicit: true });
    await expect(aws('cloudformation', 'describe-stacks')).rejects.toThrow(
      /\(AccessDenied\) when calling the DescribeStacks operation: User: \S+ is not authorized to perform: cloudformation:DescribeStacks on resource: \* with an explicit deny in a service control policy/,
    );
    stage.allow();
    await aws('cloudformation', 'describe-stacks');
  });

  test('sees trouble at the wire as that of AWS and of the way there', async () => {
    const script = (kind: string) =>
      fetch(`http://127.0.0.1:${served.port}/_simulator/fault`, {
        method: 'POST',
        body: JSON.stringify({ operation: 'glue:ListCrawlers', kind }),
      });
    const list = () => aws('glue', 'list-crawlers');
    await script('throttled');
    await expect(list()).rejects.toThrow('(ThrottlingException)');
    await script('access-denied');
    await expect(list()).rejects.toThrow(/\(AccessDeniedException\).* is not authorized to perform: glue:ListCrawlers/);
    await script('reset-after');
    await expect(list()).rejects.toThrow(/Connection was closed|Connection reset|Could not connect|aborted/i);
    await script('truncated');
    await expect(list()).rejects.toThrow(/IncompleteRead|incomplete|connection broken|reset|closed/i);
    await list();
  });
});
