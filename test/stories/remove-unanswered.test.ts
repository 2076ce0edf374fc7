import { describe, expect, test } from 'vitest';
import { bucketNamed, writeObject } from '../../src/simulator/services/s3/store.ts';
import { sharedBucket } from '../support/killed-removal.ts';
import { type Phase, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

const bucketName = 'spotinst-cur-report';
const folder = `spotinst_eco/${bucketName}`;
const goes = { confirm: 'acme', deleteData: true };
const nothing = { outcome: 'failed', error: 'No answer came, and nothing came of it.' };

/** A removal of which one call got no answer, and never arrived, unless it did. */
const unanswered = async (operation: string, kind: 'reset-before' | 'reset-after', phase: Phase = 'waiting') => {
  const story = rehearse();
  await reach(story, phase);
  story.advance(phase === 'waiting' ? 25 : 1);
  sharedBucket(story);
  story.world.faults.push({ operation, kind, after: 0, times: 99 });
  expect((await story.run.remove(goes)).exitCode).not.toBe(0);
  story.world.faults.splice(0);
  const open = (await story.state())?.journal.filter(({ outcome }) => !outcome) ?? [];
  expect(open).toHaveLength(1);
  // Longer than AWS may take to show what it was asked for.
  story.advance(0.1);
  return { story, change: open[0]?.change };
};

const put = (story: Rehearsal, key: string) => {
  const bucket = bucketNamed(story.world, bucketName);
  if (bucket) writeObject(bucket, key, 'text', { now: story.simulator.clock.now() });
};

const toldOf = async (story: Rehearsal, change: string | undefined) =>
  (await story.state())?.journal.filter((entry) => entry.change === change);

describe('what became of a call that got no answer, the journal tells', () => {
  test.each([
    ['cur:DeleteReportDefinition', 'waiting'],
    ['s3:PutBucketPolicy', 'waiting'],
    ['s3:PutBucketNotificationConfiguration', 'ready'],
    ['s3:DeleteObjects', 'waiting'],
    ['cloudformation:DeleteStack', 'ready'],
  ] as const)('%s: by what is gone', async (operation, phase) => {
    const { story, change } = await unanswered(operation, 'reset-after', phase);
    expect((await story.run.remove(goes)).exitCode).toBe(0);
    expect(await toldOf(story, change)).toMatchObject([{ outcome: 'done' }]);
  });

  test('of a report that stays after all', async () => {
    const { story, change } = await unanswered('cur:DeleteReportDefinition', 'reset-before', 'ready');
    const [report] = story.account().reports;
    if (report) report.definition.RefreshClosedReports = false;
    await story.run.remove(goes);
    expect(story.account().reports).toHaveLength(1);
    expect(await toldOf(story, change)).toMatchObject([nothing]);
    expect((await story.run.history()).screen).toContain('nothing came of it');
  });

  test('of a policy that somebody needs by now', async () => {
    const { story, change } = await unanswered('s3:PutBucketPolicy', 'reset-before');
    story.stage().report({ ReportName: 'finops', S3Prefix: 'finops' }, 0);
    await story.run.remove(goes);
    expect(bucketNamed(story.world, bucketName)?.policy).toContain('SpotCurDeliver');
    expect(await toldOf(story, change)).toMatchObject([nothing]);
  });

  test('of a schedule that somebody has changed', async () => {
    const story = rehearse('crawler-scheduled-otherwise');
    await story.run.setup({ yes: true, flags: { 'spot-org-id': '60012345', 'msp-account': '999988887777' } });
    await story.run.resume({ yes: true });
    story.world.faults.push({ operation: 'glue:UpdateCrawlerSchedule', kind: 'reset-before', after: 0, times: 99 });
    await story.run.remove(goes);
    story.world.faults.splice(0);
    const [crawler] = story.account().crawlers;
    Object.assign(crawler?.schedule ?? {}, { expression: 'cron(15 3 * * ? *)' });
    const { writes } = await story.run.remove(goes);
    expect(writes).toEqual([]);
    const change = `removal:crawler-schedule:${crawler?.name}`;
    expect(await toldOf(story, change)).toMatchObject([nothing]);
  });

  test('of billing data of which there is more by now', async () => {
    const { story, change } = await unanswered('s3:DeleteObjects', 'reset-before');
    put(story, `${folder}/late.parquet`);
    expect((await story.run.remove(goes)).exitCode).toBe(0);
    expect(change).toMatch(/^removal:billing-data:/);
    expect(await toldOf(story, change)).toMatchObject([
      { outcome: 'failed', error: 'No answer came, and not all of it was done.' },
    ]);
  });

  test('of a bucket in which somebody has put something', async () => {
    const { story, change } = await unanswered('s3:DeleteBucket', 'reset-before');
    put(story, 'theirs.txt');
    await story.run.remove(goes);
    expect(change).toBe(`removal:bucket:${bucketName}`);
    expect(await toldOf(story, change)).toMatchObject([nothing]);
  });
});
