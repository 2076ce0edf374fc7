import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, type ExpectStatic } from 'vitest';
import { awsCli, awsCliInstalled } from '../support/aws-cli.ts';
import { acme, type SimulatedAws } from '../support/simulated-aws.ts';
import { answers, documentOf, engineerOf, journey, start } from '../support/spot-cur.ts';

const boto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0;
if (!boto3) process.stderr.write('boto3 is not installed: what it sees after a journey is not looked at.\n');

const name = 'spotinst-cur-report';
/** What the procedure demands of the report (aws-facts §3). */
const definition = {
  ReportName: name,
  TimeUnit: 'HOURLY',
  Format: 'Parquet',
  Compression: 'Parquet',
  AdditionalSchemaElements: ['RESOURCES'],
  S3Bucket: name,
  S3Prefix: 'spotinst_eco',
  S3Region: 'us-east-1',
  AdditionalArtifacts: ['ATHENA'],
  RefreshClosedReports: true,
  ReportVersioning: 'OVERWRITE_REPORT',
};
const shut = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const daily = { ScheduleExpression: 'cron(0 0 * * ? *)', State: 'SCHEDULED' };
const condition = {
  StringLike: { 'aws:SourceArn': `arn:aws:cur:us-east-1:${acme}:definition/*` },
  StringEquals: { 'aws:SourceAccount': acme },
};
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'billingreports.amazonaws.com' },
      Action: ['s3:GetBucketAcl', 's3:GetBucketPolicy'],
      Resource: `arn:aws:s3:::${name}`,
      Condition: condition,
    },
    {
      Effect: 'Allow',
      Principal: { Service: 'billingreports.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${name}/*`,
      Condition: condition,
    },
  ],
};

/** What other people's clients read once a connection is made. */
interface Seen {
  readonly policy: string;
  readonly block: unknown;
  readonly reports: readonly unknown[];
  readonly stacks: readonly { readonly StackName: string; readonly StackStatus: string }[];
  readonly resources: readonly { readonly ResourceType: string; readonly ResourceStatus: string }[];
  readonly schedule: unknown;
}

const expectConnected = (seen: Seen, expect: ExpectStatic) => {
  expect(JSON.parse(seen.policy)).toMatchObject(policy);
  expect(seen.block).toEqual(shut);
  expect(seen.reports).toHaveLength(1);
  expect(seen.reports[0]).toMatchObject(definition);
  expect(seen.stacks.map(({ StackName, StackStatus }) => [StackName, StackStatus]).sort()).toEqual([
    ['SpotEcoStack', 'CREATE_COMPLETE'],
    ['SpotExtractor', 'CREATE_COMPLETE'],
  ]);
  expect(seen.resources).toHaveLength(11);
  expect(new Set(seen.resources.map(({ ResourceStatus }) => ResourceStatus))).toEqual(new Set(['CREATE_COMPLETE']));
  expect(seen.schedule).toEqual(daily);
};

const seenByCli = async (home: string, { url }: SimulatedAws): Promise<Seen> => {
  const { ask: aws, end } = awsCli(acme, home, () => Number(new URL(url).port));
  const seen = {
    policy: (await aws('s3api', 'get-bucket-policy', '--bucket', name)).Policy,
    block: (await aws('s3api', 'get-public-access-block', '--bucket', name)).PublicAccessBlockConfiguration,
    reports: (await aws('cur', 'describe-report-definitions')).ReportDefinitions,
    stacks: (await aws('cloudformation', 'describe-stacks')).Stacks,
    resources: (await aws('cloudformation', 'describe-stack-resources', '--stack-name', 'SpotEcoStack')).StackResources,
    schedule: (await aws('glue', 'get-crawler', '--name', `AWSCURCrawler-${name}`)).Crawler.Schedule,
  };
  end();
  return seen;
};

const python = `
import boto3, json
of = lambda service: boto3.client(service, region_name='us-east-1')
s3, stacks = of('s3'), of('cloudformation')
print(json.dumps({
  'policy': s3.get_bucket_policy(Bucket='${name}')['Policy'],
  'block': s3.get_public_access_block(Bucket='${name}')['PublicAccessBlockConfiguration'],
  'reports': of('cur').describe_report_definitions()['ReportDefinitions'],
  'stacks': stacks.describe_stacks()['Stacks'],
  'resources': stacks.describe_stack_resources(StackName='SpotEcoStack')['StackResources'],
  'schedule': of('glue').get_crawler(Name='AWSCURCrawler-${name}')['Crawler']['Schedule'],
}, default=str))`;

const seenByBoto3 = async (home: string, { url }: SimulatedAws): Promise<Seen> => {
  const { code, stdout, stderr } = await start('python3', ['-c', python], { env: engineerOf(home, url) }).ended;
  if (code !== 0) throw new Error(`boto3 ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
};

/** What a status or run document says of its only connection. */
const stateIn = (document: Record<string, unknown>) =>
  (document.customers as readonly { readonly state: string; readonly step: string }[]).map(({ state, step }) => [
    state,
    step,
  ])[0];

describe('the whole journey, a process at a time', { timeout: 120_000 }, () => {
  journey(
    'connects an account, and a command that is run again writes nothing',
    async ({ home, aws, spotCur, expect }) => {
      /** Runs every command a second time. */
      const again = async (phase: string, link: readonly string[] = []) => {
        const before = (await aws.writes()).length;
        for (const words of [
          ['setup', 'acme', '--yes', ...answers],
          ['resume', 'acme', '--yes', ...link],
          ['status', 'acme'],
        ]) {
          const { code, stderr } = await spotCur(...words);
          expect(code, `${phase}: ${words.join(' ')}\n${stderr}`).toBe(0);
          expect((await aws.writes()).slice(before), `${phase}: ${words.join(' ')}`).toEqual([]);
        }
      };

      const setup = await spotCur('setup', 'acme', '--yes', '--json', ...answers);
      expect(setup.code, setup.stderr).toBe(0);
      expect(documentOf(setup).schema).toBe('spot-cur/run@1');
      expect(stateIn(documentOf(setup))).toEqual(['waiting', 'report']);
      expect(await aws.writes()).toEqual([
        's3:CreateBucket',
        's3:PutPublicAccessBlock',
        's3:PutBucketPolicy',
        'cur:PutReportDefinition',
      ]);
      await again('before the first report');

      await aws.advance({ hours: 25 });
      const linked = await spotCur('resume', 'acme', '--yes', '--json');
      expect(stateIn(documentOf(linked))).toEqual(['your-turn', 'athena']);
      const mail = await readFile(`${home}/.spot-cur/messages/acme/message.eml`, 'utf8');
      for (const word of ['60012345', '999988887777', acme, name, 'SpotEcoStack', 'crawler-cfn.yml'])
        expect(mail).toContain(word);
      const handover = await spotCur('handover', '--json');
      await again('before the message is sent');
      expect((await spotCur('handover', '--json')).stdout).toBe(handover.stdout);

      const sent = await spotCur('resume', 'acme', '--sent', '--json');
      expect(stateIn(documentOf(sent))).toEqual(['waiting', 'athena']);
      await again('before the link', ['--sent']);

      await aws.advance({ hours: 49 });
      const link = ['--link', await aws.link()];
      const done = await spotCur('resume', 'acme', '--yes', ...link);
      expect(done.code, done.stderr).toBe(0);
      expect(done.stderr).toContain('All three steps are done.');
      await again('when all is done', link);

      const status = await spotCur('status', '--json', '--exit-code');
      expect(status.code).toBe(0);
      expect(stateIn(documentOf(status))).toEqual(['ready', 'done']);
      if (awsCliInstalled) expectConnected(await seenByCli(home, aws), expect);
      if (boto3) expectConnected(await seenByBoto3(home, aws), expect);
    },
  );
});
