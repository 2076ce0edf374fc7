import { mayDeliver } from './services/cur/permission.ts';
import { bucketNamed, writeObject } from './services/s3/store.ts';
import { crawlerTemplate } from './templates/crawler.ts';
import type { CrawledReport } from './templates/crawler-roles.ts';
import type { DeliveryStatus, Report, World } from './world.ts';

/** From the creation of a report to its first delivery: AWS says up to a day. */
const FIRST_DELIVERY_MS = (23 * 60 + 10) * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Brings the deliveries of all reports up to `now` (ms). Nothing changes between two requests, so whatever the policy and
 * the bucket are when this runs, they were at each delivery that has become due since: the newest stands for all.
 */
export const settleDeliveries = (world: World, now: number): void => {
  for (const account of Object.values(world.accounts)) {
    for (const report of account.reports) {
      const first = report.created + FIRST_DELIVERY_MS;
      if (now < first) continue;
      const due = first + Math.floor((now - first) / DAY_MS) * DAY_MS;
      if (due > (report.delivery?.attempted ?? 0)) deliver(world, account.id, report, due);
    }
  }
};

/** Where a report's files go and what they are called, read from its definition. */
export const placeOf = ({ definition }: Report): CrawledReport => {
  const { S3Bucket, S3Prefix, ReportName } = definition;
  const name = String(ReportName);
  return { bucket: String(S3Bucket), name, folder: `${String(S3Prefix)}/${name}` };
};

const deliver = (world: World, account: string, report: Report, due: number): void => {
  const files = placeOf(report);
  const status = outcome(world, account, files.bucket);
  const delivered = status === 'SUCCESS' ? due : report.delivery?.delivered;
  report.delivery = { attempted: due, status, ...(delivered !== undefined && { delivered }) };
  const bucket = bucketNamed(world, files.bucket);
  if (status !== 'SUCCESS' || !bucket) return;
  const remark = world.accounts[account]?.crawlerFileChanges ? `# ${new Date(due).toISOString()}\n` : '';
  for (const [key, content] of Object.entries(contents(files, account, due, remark))) {
    writeObject(bucket, key, content, { now: due });
  }
};

const outcome = (world: World, account: string, name: string): DeliveryStatus => {
  const bucket = bucketNamed(world, name);
  if (!bucket) return 'ERROR_NO_BUCKET';
  if (bucket.owner !== account) return 'ERROR_PERMISSIONS';
  return !bucket.kmsClosed && mayDeliver(bucket.policy, { account, bucket: name }) ? 'SUCCESS' : 'ERROR_PERMISSIONS';
};

/** `remark` ends the crawler file: what makes a delivery's file another one. */
const contents = (files: CrawledReport, account: string, due: number, remark: string): Record<string, string> => {
  const { folder, name, bucket } = files;
  const day = new Date(due);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  const period = `${compact(Date.UTC(year, month))}-${compact(Date.UTC(year, month + 1))}`;
  const data = `${folder}/${name}/year=${year}/month=${month + 1}/${name}-00001.snappy.parquet`;
  const manifest = {
    assemblyId: `${due}`,
    account,
    bucket,
    reportName: name,
    reportKeys: [data],
    compression: 'Parquet',
  };
  return {
    [`${folder}/crawler-cfn.yml`]: crawlerTemplate(files) + remark,
    [`${folder}/${period}/${name}-Manifest.json`]: JSON.stringify(manifest, undefined, 2),
    [`${folder}/${period}/${name}-create-table.sql`]: tableStatement(files),
    [data]: PARQUET,
    [`${folder}/cost_and_usage_data_status/cost_and_usage_data_status.parquet`]: PARQUET,
  };
};

/** Not a readable Parquet file: only its marks at both ends, so that it is recognised as one. */
const PARQUET = 'PAR1 stands in for billing data PAR1';

/** `20261101` of ms. */
const compact = (ms: number): string => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '');

const tableStatement = ({ bucket, folder, name }: CrawledReport): string =>
  [
    `CREATE EXTERNAL TABLE ${name.replaceAll('-', '_')} (`,
    '  line_item_usage_account_id STRING,',
    '  line_item_resource_id STRING,',
    '  line_item_unblended_cost DOUBLE',
    ')',
    'PARTITIONED BY (year STRING, month STRING)',
    'STORED AS PARQUET',
    `LOCATION 's3://${bucket}/${folder}/${name}/'`,
    '',
  ].join('\n');
