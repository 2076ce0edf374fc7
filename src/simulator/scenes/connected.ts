import { settleDeliveries } from '../delivery.ts';
import { newStack } from '../services/cloudformation/new-stack.ts';
import { schedule, stackEntry } from '../services/cloudformation/run/timeline.ts';
import { bucketNamed, objectAt, writeObject } from '../services/s3/store.ts';
import { crawlerTemplate } from '../templates/crawler.ts';
import type { Bucket, GlueCrawler, Stack } from '../world.ts';
import { procedureName, type Stage } from './stage.ts';

const report = { bucket: procedureName, name: procedureName, folder: `spotinst_eco/${procedureName}` };

/** The crawler file of the procedure's report, as AWS delivers it. */
export const crawlerFile = crawlerTemplate(report);
const crawlerFileKey = `${report.folder}/crawler-cfn.yml`;
export const crawlerName = `AWSCURCrawler-${procedureName}`;
export const crawlerDatabase = 'athenacurcfn_spotinst_cur_report';
/** What the procedure has the crawler's stack called. */
export const crawlerStackName = 'SpotEcoStack';

/** Bucket and report as somebody has made them by the procedure three days ago: AWS delivers. */
export const delivered = (stage: Stage): Bucket => {
  const { account, world, now } = stage;
  const statement = (Action: string | readonly string[], Resource: string) => ({
    Effect: 'Allow',
    Principal: { Service: 'billingreports.amazonaws.com' },
    Action,
    Resource,
    Condition: {
      StringLike: { 'aws:SourceArn': `arn:aws:cur:us-east-1:${account.id}:definition/*` },
      StringEquals: { 'aws:SourceAccount': account.id },
    },
  });
  const bucket = stage.bucket(procedureName, {
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        statement(['s3:GetBucketAcl', 's3:GetBucketPolicy'], `arn:aws:s3:::${procedureName}`),
        statement('s3:PutObject', `arn:aws:s3:::${procedureName}/*`),
      ],
    }),
  });
  stage.report();
  settleDeliveries(world, now);
  return bucket;
};

/** The same, with the crawler's stack that somebody else has made from AWS's file. */
export const crawled = (stage: Stage): { readonly stack: Stack; readonly crawler: GlueCrawler } => {
  delivered(stage);
  const stack = stage.stack(crawlerStackName, crawlerFile);
  const crawler = stage.account.crawlers.find(({ name }) => name === crawlerName);
  if (!crawler) throw new Error('The stack has made no crawler.');
  return { stack, crawler };
};

/** Has AWS's crawler file lie somewhere else, or be another one, until the next delivery. */
export const changeCrawlerFile = (
  { world, now }: Stage,
  change: (text: string) => string,
  key = crawlerFileKey,
): void => {
  const bucket = bucketNamed(world, procedureName);
  const found = bucket && objectAt(bucket, crawlerFileKey);
  if (!bucket || !found) return;
  delete bucket.objects[crawlerFileKey];
  writeObject(bucket, key, change(Buffer.from(found.content, 'base64').toString('utf8')), { now });
};

/** A stack that begins with a change set which nobody has executed: it holds nothing. */
export const underReview = ({ account, now }: Stage, name: string): Stack => {
  const began = now - 3_600_000;
  const stack = newStack(account, { name, now: began });
  schedule(stack, [stackEntry(stack, began, 'REVIEW_IN_PROGRESS', { reason: 'User Initiated' })]);
  return stack;
};

/** Somebody deletes a stack by hand; what it failed to delete stays behind. */
export const deleteByHand = ({ account }: Stage, name: string): void => {
  const index = account.stacks.findLastIndex((stack) => stack.name === name);
  if (index >= 0) account.stacks.splice(index, 1);
};
