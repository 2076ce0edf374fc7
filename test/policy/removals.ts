import { crawled } from '../../src/simulator/scenes/connected.ts';
import { bucketNamed } from '../../src/simulator/services/s3/store.ts';
import { known, type Rehearsal, reach } from '../support/rehearsal.ts';
import type { Walk } from './walks.ts';

const bucketName = 'spotinst-cur-report';
const queue = 'arn:aws:sqs:us-east-1:111122223333:others';
const theirs = {
  Sid: 'Theirs',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/Analyst' },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucketName}/*`,
};

/** Others have come to use the bucket as well. */
const shared = (story: Rehearsal): void => {
  const bucket = bucketNamed(story.world, bucketName);
  if (!bucket) return;
  const policy = JSON.parse(bucket.policy ?? '{}');
  bucket.policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, theirs] });
  bucket.notifications += `<QueueConfiguration><Id>theirs</Id><Queue>${queue}</Queue><Event>s3:ObjectRemoved:*</Event></QueueConfiguration>`;
};

/** A crawler that somebody else has made, with another schedule, which was off. */
const scheduledOtherwise = async (story: Rehearsal, schedule?: string): Promise<void> => {
  const { crawler } = crawled(story.stage());
  if (schedule) crawler.schedule = { expression: schedule, state: 'NOT_SCHEDULED', changed: 0 };
  await story.run.setup({ yes: true, flags: known });
  // What was off is turned on in a second look.
  await story.run.resume({ yes: true });
};

const goes = { confirm: 'acme' };

/** Ways to take a connection back, each by the policy of remove. */
export const removals: readonly Walk[] = [
  {
    told: 'a connection is taken back, then its data',
    async walk(story, guard) {
      await reach(story, 'ready');
      await guard(story, 'remove');
      const runs = [await story.run.remove({ dryRun: true }), await story.run.remove(goes)];
      const bucket = bucketNamed(story.world, bucketName);
      if (bucket) bucket.uploads = [{ key: `spotinst_eco/${bucketName}/half`, uploadId: 'begun', initiated: 0 }];
      await guard(story, 'remove', true);
      return [...runs, await story.run.remove({ ...goes, deleteData: true })];
    },
  },
  {
    told: 'a connection is taken back from a bucket that others use',
    async walk(story, guard) {
      await reach(story, 'ready');
      shared(story);
      await guard(story, 'remove');
      return [await story.run.remove(goes)];
    },
  },
  {
    told: 'only the schedule of a crawler is taken back',
    async walk(story, guard) {
      await scheduledOtherwise(story, 'cron(30 9 ? * MON *)');
      await guard(story, 'remove');
      return [await story.run.remove(goes)];
    },
  },
  {
    told: 'a crawler that had no schedule gets none again',
    async walk(story, guard) {
      await scheduledOtherwise(story);
      await guard(story, 'remove');
      return [await story.run.remove(goes)];
    },
  },
  {
    told: "the bucket was deleted, and is another account's by now",
    async walk(story, guard) {
      await reach(story, 'waiting');
      story.stage().bucket(bucketName, { owner: '444455556666' });
      await guard(story, 'remove');
      return [await story.run.remove(goes)];
    },
  },
];
