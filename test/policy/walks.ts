import type { Phase } from '../../src/policy/grant.ts';
import { known, type Rehearsal, type Run, rehearse } from '../support/rehearsal.ts';
import { allow, printed } from './given.ts';
import { removals } from './removals.ts';

/** How a walk lets each phase run: with what its policy allows, or with everything allowed. */
export type Guard = (story: Rehearsal, phase: Phase, deleteData?: boolean) => Promise<void>;

/** Each phase has what its own policy allows and nothing else. */
export const guarded: Guard = async (story, phase, deleteData = false) =>
  allow(story, await printed(story, phase, phase === 'setup' ? {} : linkOf(story), deleteData));

/** Somebody who may do all. */
export const unguarded: Guard = async () => {};

const linkOf = (story: Rehearsal): Record<string, string> => (story.link() ? { link: story.link() } : {});

/** A walk through a world of its own, and the runs that the user sees. */
export interface Walk {
  readonly told: string;
  walk(story: Rehearsal, guard: Guard): Promise<readonly Run[]>;
}

/** A status by its own policy at every rest, then the way to the link by that of setup. */
const toTheLink = async (story: Rehearsal, guard: Guard): Promise<Run[]> => {
  const { run, advance } = story;
  const runs: Run[] = [];
  await guard(story, 'setup');
  runs.push(await run.setup({ yes: true, flags: known }));
  await guard(story, 'status');
  runs.push(await run.status());
  advance(24);
  runs.push(await run.status());
  await guard(story, 'setup');
  runs.push(await run.resume({ yes: true }), await run.resume({ yes: true, sent: true }));
  await guard(story, 'status');
  runs.push(await run.status());
  advance(49);
  return runs;
};

const withLink = (story: Rehearsal) => ({ yes: true, flags: { link: story.link() } });

/** A bare bucket of this account, to which nothing was delivered yet. */
const emptyBucket = (story: Rehearsal) => story.stage().bucket('spotinst-cur-report');

export const walks: readonly Walk[] = [
  {
    told: 'from the first setup to the last stack',
    async walk(story, guard) {
      const runs = await toTheLink(story, guard);
      await guard(story, 'extractor');
      runs.push(await story.run.resume(withLink(story)));
      await guard(story, 'status');
      return [...runs, await story.run.status()];
    },
  },
  {
    told: 'the doctor looks, for a role and for a user',
    async walk(story, guard) {
      await guard(story, 'setup');
      const user = await story.run.doctor({ customer: undefined });
      story.stage().role('Setup', '/msp/');
      return [user, await story.run.doctor({ customer: undefined })];
    },
  },
  {
    told: "the bucket is another account's",
    async walk(story, guard) {
      story.stage().bucket('spotinst-cur-report', { owner: '444455556666' });
      await guard(story, 'setup');
      return [await story.run.setup({ yes: true, flags: { ...known, bucket: 'spotinst-cur-report' } })];
    },
  },
  {
    told: 'an existing report does not refresh closed months',
    async walk(story, guard) {
      emptyBucket(story);
      story.stage().report({ RefreshClosedReports: false });
      await guard(story, 'setup');
      return [await story.run.setup({ yes: true, flags: known })];
    },
  },
  {
    told: 'the crawler stack fails and is rolled back, then is made again',
    async walk(story, guard) {
      const { run, advance } = story;
      await guard(story, 'setup');
      const runs = [await run.setup({ yes: true, flags: known })];
      advance(24);
      story.account().stackFaults = [{ logicalId: 'AWSPutS3CURNotification', reason: 'Throttled' }];
      runs.push(await run.resume({ yes: true }));
      await guard(story, 'status');
      runs.push(await run.status());
      await guard(story, 'setup');
      runs.push(await run.resume({ yes: true }));
      story.loseState();
      await guard(story, 'status');
      return [...runs, await run.status({ customer: undefined })];
    },
  },
  {
    told: 'a corpse of the crawler stack is deleted',
    async walk(story, guard) {
      const { run, advance } = story;
      await guard(story, 'setup');
      const runs = [await run.setup({ yes: true, flags: known })];
      advance(24);
      story.account().stackFaults = [
        { logicalId: 'AWSStartCURCrawler', reason: 'Service is unable to assume provided role' },
        { logicalId: 'AWSCURDatabase', reason: 'Throttled', status: 'DELETE_FAILED' },
      ];
      return [...runs, await run.resume({ yes: true }), await run.resume({ yes: true })];
    },
  },
  {
    told: 'the state is lost once the crawler stack stands',
    async walk(story, guard) {
      const runs = await toTheLink(story, guard);
      story.loseState();
      await guard(story, 'setup');
      return [...runs, await story.run.setup({ yes: true, flags: known })];
    },
  },
  {
    told: 'the schedule is set but not in force',
    async walk(story, guard) {
      const runs = await toTheLink(story, guard);
      const [crawler] = story.account().crawlers;
      if (crawler?.schedule) crawler.schedule.state = 'NOT_SCHEDULED';
      await guard(story, 'setup');
      return [...runs, await story.run.resume({ yes: true })];
    },
  },
  {
    told: 'the notifications that the crawler stack replaced are put back',
    async walk(story, guard) {
      const { run, advance } = story;
      const queue = 'arn:aws:sqs:us-east-1:111122223333:others';
      await guard(story, 'setup');
      const runs = [await run.setup({ yes: true, flags: known })];
      const bucket = story.world.buckets['spotinst-cur-report'];
      if (bucket)
        bucket.notifications = `<QueueConfiguration><Id>theirs</Id><Queue>${queue}</Queue><Event>s3:ObjectRemoved:*</Event></QueueConfiguration>`;
      advance(24);
      const accepts = { yes: true, flags: { 'accept-notification': ['theirs'] } };
      runs.push(await run.resume(accepts), await run.resume({ yes: true, restoreNotifications: true }));
      return runs;
    },
  },
  {
    told: 'the extractor stack fails and is rolled back, then is made again',
    async walk(story, guard) {
      const runs = await toTheLink(story, guard);
      story.account().stackFaults = [{ logicalId: 'DailyRulePermission', reason: 'Throttled' }];
      await guard(story, 'extractor');
      runs.push(await story.run.resume(withLink(story)));
      await guard(story, 'status');
      runs.push(await story.run.status());
      await guard(story, 'extractor');
      return [...runs, await story.run.resume({ yes: true })];
    },
  },
  {
    told: 'a corpse of the extractor stack is deleted',
    async walk(story, guard) {
      const runs = await toTheLink(story, guard);
      story.account().stackFaults = [
        { logicalId: 'DailyRulePermission', reason: 'Throttled' },
        { logicalId: 'ExtractorRole', reason: 'Throttled', status: 'DELETE_FAILED' },
      ];
      await guard(story, 'extractor');
      return [...runs, await story.run.resume(withLink(story)), await story.run.resume({ yes: true })];
    },
  },
  {
    told: "a prepared change set is left, and Spot's template changes",
    async walk(story, guard) {
      const runs = await toTheLink(story, guard);
      await guard(story, 'extractor');
      story.refuse('cloudformation:ExecuteChangeSet', { code: 'ServiceUnavailable', message: '', status: 503 });
      runs.push(await story.run.resume(withLink(story)));
      story.relent();
      await guard(story, 'status');
      runs.push(await story.run.status());
      for (const object of Object.values(story.world.buckets['spot-connect-templates']?.objects ?? {}))
        Object.assign(object, { content: Buffer.from(`${atob(object.content)}# A new one.\n`).toString('base64') });
      await guard(story, 'extractor');
      return [...runs, await story.run.resume({ yes: true })];
    },
  },
  ...removals,
];

/** Walks in a world of its own. */
export const walked = async ({ walk }: Walk, guard: Guard): Promise<{ runs: readonly Run[]; story: Rehearsal }> => {
  const story = rehearse();
  return { runs: await walk(story, guard), story };
};
