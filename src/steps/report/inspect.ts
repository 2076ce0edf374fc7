import type { Attempt } from '../../attempt.ts';
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
  /** The account's other reports. */
  readonly others: readonly Report[];
  readonly standing: BucketStanding;
  /** When the bucket was made, ms: looked at while an attempt to make it has got no answer. */
  readonly bucketMade?: Glance<number | undefined>;
  /** What can be told of the bucket once it is ours. */
  readonly bucket: SeenBucket | undefined;
}

export interface SeenBucket {
  readonly policy: string | undefined;
  readonly blocksPublicAccess: Glance<boolean>;
  /** Looked at until AWS delivers: the KMS key that the bucket encrypts with, undefined for S3's own encryption. */
  readonly defaultKey?: Glance<string | undefined>;
  /** Looked at until AWS delivers: who owns what AWS writes. */
  readonly ownership?: Glance<string>;
  /** Looked at while there is no report: what an overwrite report of this name has left in its place. */
  readonly leftover?: Glance<ObjectHead | undefined>;
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

export const inspect = async (
  aws: Aws,
  settings: Settings,
  { attempts, now }: { readonly attempts: readonly Attempt[]; readonly now: number },
): Promise<Seen> => {
  const { bucket } = settings;
  const attempted = attempts.some(({ change }) => change === `bucket:${bucket}`);
  const reports = aws.reports.list();
  const standing = () =>
    aws.buckets.standing(bucket, settings.account, async () =>
      (await reports).some((report) => report.S3Bucket === bucket),
    );
  const [payer, all, whose, bucketMade] = await Promise.all([
    inspectPayer(aws, now),
    reports,
    standing(),
    attempted ? glance(aws.buckets.findCreated(bucket)) : undefined,
  ]);
  const report = all.find(({ ReportName }) => ReportName === settings.reportName);
  return {
    payer,
    report,
    others: all.filter((other) => other !== report),
    standing: whose,
    ...(bucketMade && { bucketMade }),
    bucket: whose.kind === 'ours' ? await inspectBucket(aws, settings, report) : undefined,
  };
};

const inspectBucket = async (aws: Aws, settings: Settings, report: Report | undefined): Promise<SeenBucket> => {
  const { bucket, prefix, reportName } = settings;
  const folder = `${prefix}/${reportName}/`;
  const delivers = report?.lastStatus === 'SUCCESS';
  const [policy, blocksPublicAccess, file, writeTest, defaultKey, ownership, leftover] = await Promise.all([
    aws.buckets.findPolicy(bucket),
    glance(aws.buckets.blocksPublicAccess(bucket)),
    glance(findCrawlerFile(aws, bucket, folder)),
    glance(aws.objects.find(bucket, 'aws-programmatic-access-test-object')),
    delivers ? undefined : glanceAside(aws.buckets.findDefaultKey(bucket)),
    delivers ? undefined : glanceAside(aws.buckets.ownership(bucket)),
    report ? undefined : glance(aws.objects.findFirst(bucket, `${folder}${reportName}/year=`)),
  ]);
  return {
    policy,
    blocksPublicAccess,
    crawlerFile: file,
    writeTest,
    ...(defaultKey && { defaultKey }),
    ...(ownership && { ownership }),
    // Only an overwrite report leaves months of data, or a crawler file.
    ...(leftover && { leftover: leftover.known && !leftover.value ? file : leftover }),
  };
};

const findCrawlerFile = async (aws: Aws, bucket: string, folder: string): Promise<ObjectHead | undefined> =>
  (await aws.objects.find(bucket, `${folder}crawler-cfn.yml`)) ??
  (await aws.objects.findNewest(bucket, folder, '/crawler-cfn.yml'));
