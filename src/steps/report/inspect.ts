import type { Aws } from '../../aws/aws.ts';
import type { BucketStanding } from '../../aws/buckets.ts';
import { type Glance, glance, glanceAside } from '../../aws/glance.ts';
import type { ObjectHead } from '../../aws/objects.ts';
import type { Report } from '../../aws/reports.ts';
import type { Payer } from './payer.ts';
import type { Settings } from './settings.ts';

export interface Seen {
  readonly payer: Payer;
  readonly report: Report | undefined;
  readonly standing: BucketStanding;
  /** What can be told of the bucket once it is ours. */
  readonly bucket: SeenBucket | undefined;
}

export interface SeenBucket {
  readonly policy: string | undefined;
  readonly blocksPublicAccess: Glance<boolean>;
  /** The crawler file, by its canonical key or the newest below the report's prefix. */
  readonly crawlerFile: Glance<ObjectHead | undefined>;
  /** AWS's own write test, which tells when the report was made. */
  readonly writeTest: Glance<ObjectHead | undefined>;
}

/** True while AWS delivers: then the bucket policy does, whatever it looks like. */
export const delivers = ({ report, standing }: Seen): boolean =>
  report?.lastStatus === 'SUCCESS' && standing.kind === 'ours';

export const inspectPayer = async (aws: Aws, now: number): Promise<Payer> => {
  const [organization, transfer] = await Promise.all([
    glance(aws.organizations.find()),
    glanceAside(aws.organizations.findBillingTransfer(now)),
  ]);
  return { organization, transfer };
};

export const inspect = async (aws: Aws, settings: Settings, now: number): Promise<Seen> => {
  const reports = aws.reports.list();
  const standing = () =>
    aws.buckets.standing(settings.bucket, settings.account, async () =>
      (await reports).some((report) => report.S3Bucket === settings.bucket),
    );
  const [payer, all, whose] = await Promise.all([inspectPayer(aws, now), reports, standing()]);
  return {
    payer,
    report: all.find((report) => report.ReportName === settings.reportName),
    standing: whose,
    bucket: whose.kind === 'ours' ? await inspectBucket(aws, settings) : undefined,
  };
};

const inspectBucket = async (aws: Aws, { bucket, prefix, reportName: name }: Settings): Promise<SeenBucket> => {
  const [policy, blocksPublicAccess, crawlerFile, writeTest] = await Promise.all([
    aws.buckets.findPolicy(bucket),
    glance(aws.buckets.blocksPublicAccess(bucket)),
    glance(findCrawlerFile(aws, bucket, `${prefix}/${name}/`)),
    glance(aws.objects.find(bucket, 'aws-programmatic-access-test-object')),
  ]);
  return { policy, blocksPublicAccess, crawlerFile, writeTest };
};

const findCrawlerFile = async (aws: Aws, bucket: string, folder: string): Promise<ObjectHead | undefined> =>
  (await aws.objects.find(bucket, `${folder}crawler-cfn.yml`)) ??
  (await aws.objects.findNewest(bucket, folder, '/crawler-cfn.yml'));
