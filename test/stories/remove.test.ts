import { describe, expect, test } from 'vitest';
import { bucketNamed, writeObject } from '../../src/simulator/services/s3/store.ts';
import { sharedBucket, theirStatement } from '../support/killed-removal.ts';
import { known, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';
import { ctrlC } from '../support/scripted-terminal.ts';

const bucketName = 'spotinst-cur-report';
const folder = `spotinst_eco/${bucketName}`;
const goes = { confirm: 'acme' };

const connected = async (): Promise<Rehearsal> => {
  const story = rehearse();
  await reach(story, 'ready');
  story.advance(1);
  return story;
};

const bucketIn = ({ world }: Rehearsal) => {
  const bucket = bucketNamed(world, bucketName);
  if (!bucket) throw new Error('There is no bucket.');
  return bucket;
};

const put = (story: Rehearsal, key: string) =>
  writeObject(bucketIn(story), key, 'text', { now: story.simulator.clock.now() });

describe('a removal is agreed to', () => {
  test('by nobody in a dry run, which shows what goes and what stays', async () => {
    const { run, state } = await connected();
    const before = await state();
    const { screen, writes, exitCode } = await run.remove({ dryRun: true });
    await expect(screen).toMatchFileSnapshot('screens/remove-dry-run.txt');
    expect({ writes, exitCode }).toEqual({ writes: [], exitCode: 0 });
    expect(await state()).toEqual(before);
  });

  test('by typing the very name, and by nothing else', async () => {
    const { run, account } = await connected();
    const declined = await run.remove({ says: { confirm: 'yes' } });
    expect(declined).toMatchObject({ exitCode: 1, writes: [] });
    expect(declined.screen).toContain('Nothing was changed.');
    expect(await run.remove({ says: { confirm: ctrlC } })).toMatchObject({ exitCode: 130, writes: [] });
    const { screen, exitCode, writes } = await run.remove({ says: { confirm: 'acme' } });
    await expect(screen).toMatchFileSnapshot('screens/remove.txt');
    expect(exitCode).toBe(0);
    expect(writes).toEqual([
      'cloudformation:DeleteStack',
      'cloudformation:DeleteStack',
      'cur:DeleteReportDefinition',
      's3:DeleteBucketPolicy',
    ]);
    const { reports, roles, functions, databases, crawlers } = account();
    expect([reports, roles, functions, databases, crawlers].flat()).toEqual([]);
  });

  test('by --confirm where nobody can be asked, never by --yes', async () => {
    const { run } = await connected();
    const unasked = await run.remove({ yes: true });
    expect(unasked).toMatchObject({ exitCode: 2, writes: [] });
    expect(unasked.screen).toContain('--confirm acme');
    const wrong = await run.remove({ confirm: 'acne' });
    expect(wrong).toMatchObject({ exitCode: 2, writes: [] });
    expect(wrong.screen).toContain('--confirm names "acne"');
    expect((await run.remove(goes)).exitCode).toBe(0);
  });

  test('of no connection at all', async () => {
    const { run } = rehearse();
    const { exitCode, screen } = await run.remove(goes);
    expect(exitCode).toBe(2);
    expect(screen).toContain('There is no connection named acme.');
    expect((await run.remove({ customer: undefined })).screen).toContain('There is no connection to take back.');
  });
});

describe('what stays', () => {
  test('is all that was there before, named with why; only what was set on it goes back', async () => {
    const story = rehearse('crawler-scheduled-otherwise');
    await story.run.setup({ yes: true, flags: known });
    await story.run.resume({ yes: true });
    const [crawler] = story.account().crawlers;
    expect(crawler?.schedule).toMatchObject({ expression: 'cron(0 0 * * ? *)', state: 'SCHEDULED' });
    const { screen, exitCode, writes } = await story.run.remove(goes);
    await expect(screen).toMatchFileSnapshot('screens/remove-adopted.txt');
    expect({ exitCode, writes }).toEqual({
      exitCode: 0,
      writes: ['glue:UpdateCrawlerSchedule', 'glue:StopCrawlerSchedule'],
    });
    expect(crawler?.schedule).toMatchObject({ expression: 'cron(30 9 ? * MON *)', state: 'NOT_SCHEDULED' });
    expect(story.account().reports).toHaveLength(1);
  });

  test('are the statements and notifications of others', async () => {
    const story = await connected();
    sharedBucket(story);
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    const { policy, notifications } = bucketIn(story);
    expect(JSON.parse(policy ?? '')).toEqual({ Version: '2012-10-17', Statement: [theirStatement] });
    expect(notifications).toMatch(/s3:ObjectRemoved.*<Id>theirs<\/Id>/);
    expect(notifications).not.toContain('AWSCURInitializer');
  });

  test('is a report that somebody has changed since, with all that it needs', async () => {
    const story = await connected();
    const [report] = story.account().reports;
    if (report) report.definition.RefreshClosedReports = false;
    const { exitCode, screen, writes } = await story.run.remove({ ...goes, deleteData: true });
    await expect(screen).toMatchFileSnapshot('screens/remove-changed-report.txt');
    expect({ exitCode, writes }).toEqual({
      exitCode: 0,
      writes: ['cloudformation:DeleteStack', 'cloudformation:DeleteStack'],
    });
    expect(bucketIn(story).policy).toContain('SpotCurDeliver');
  });

  test("is the policy that somebody else's report in the same bucket is delivered by", async () => {
    const story = await connected();
    story.stage().report({ ReportName: 'finops', S3Prefix: 'finops' }, 0);
    const { exitCode, screen } = await story.run.remove({ ...goes, deleteData: true });
    expect(exitCode).toBe(0);
    expect(screen.replace(/\s+/g, ' ')).toContain('the report finops, which stays, is delivered there');
    expect(story.account().reports.map(({ definition }) => definition.ReportName)).toEqual(['finops']);
    expect(bucketIn(story).policy).toContain('SpotCurDeliver');
    expect(Object.keys(bucketIn(story).objects).filter((key) => key.startsWith(folder))).toEqual([]);
  });

  test('is a schedule that somebody has set since', async () => {
    const story = rehearse('crawler-scheduled-otherwise');
    await story.run.setup({ yes: true, flags: known });
    const [crawler] = story.account().crawlers;
    if (crawler) crawler.schedule = { expression: 'cron(0 6 * * ? *)', state: 'SCHEDULED', changed: 0 };
    const { writes, screen } = await story.run.remove(goes);
    expect(writes).toEqual([]);
    expect(screen.replace(/\s+/g, ' ')).toContain('somebody has changed it since this connection set it');
  });

  test('is everything where the state was lost and found again', async () => {
    const story = await connected();
    story.loseState();
    await story.run.setup({ yes: true, flags: known });
    const { exitCode, writes, screen } = await story.run.remove(goes);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
    await expect(screen).toMatchFileSnapshot('screens/remove-found-again.txt');
  });
});

describe('the billing data', () => {
  test('goes in pages of a thousand, in all its versions, with unfinished uploads, then the bucket', async () => {
    const story = await connected();
    const bucket = bucketIn(story);
    bucket.versioning = 'Enabled';
    for (let month = 1; month <= 1_100; month += 1) put(story, `${folder}/${bucketName}/year=2026/part-${month}`);
    put(story, `${folder}/crawler-cfn.yml`);
    bucket.uploads = [{ key: `${folder}/half`, uploadId: 'begun', initiated: 0 }];
    const { exitCode, screen, writes } = await story.run.remove({ ...goes, deleteData: true });
    expect(exitCode, screen).toBe(0);
    expect(screen).toMatch(/1106 objects of .* and one unfinished upload/s);
    expect(screen).toContain(': 1000 of 1106');
    expect(writes.filter((each) => each === 's3:DeleteObjects')).toHaveLength(3);
    expect(bucketNamed(story.world, bucketName)).toBeUndefined();
  });

  test('can go later than all the rest', async () => {
    const story = await connected();
    await story.run.remove(goes);
    const { exitCode, screen, writes } = await story.run.remove({ ...goes, deleteData: true });
    await expect(screen).toMatchFileSnapshot('screens/remove-data-later.txt');
    expect(exitCode).toBe(0);
    expect(writes).toEqual(['s3:DeleteObjects', 's3:DeleteObjects', 's3:DeleteBucket']);
  });

  test('of others in the bucket stays, and the bucket with it', async () => {
    const story = await connected();
    put(story, 'finops/budget.csv');
    const { exitCode, screen } = await story.run.remove({ ...goes, deleteData: true });
    expect(exitCode).toBe(0);
    expect(screen.replace(/\s+/g, ' ')).toContain('it holds "finops/budget.csv", which no report of this connection');
    expect(Object.keys(bucketIn(story).objects).sort()).toEqual([
      'aws-programmatic-access-test-object',
      'finops/budget.csv',
    ]);
  });

  test('goes from a bucket that was there before, which stays', async () => {
    const story = rehearse();
    story.stage().bucket(bucketName);
    await reach(story, 'your-turn');
    put(story, 'before.txt');
    const { exitCode, screen } = await story.run.remove({ ...goes, deleteData: true });
    expect(exitCode, screen).toBe(0);
    expect(Object.keys(bucketIn(story).objects).sort()).toEqual(['aws-programmatic-access-test-object', 'before.txt']);
    expect(bucketIn(story).policy).toBeUndefined();
  });

  test('that an object lock keeps is named, and the same command goes on once it ends', async () => {
    const story = await connected();
    const bucket = bucketIn(story);
    const [key = ''] = Object.keys(bucket.objects).filter((each) => each.startsWith(folder));
    const locked = bucket.objects[key];
    if (locked) bucket.objects[key] = { ...locked, lockedUntil: story.simulator.clock.now() + 3_600_000 };
    const stopped = await story.run.remove({ ...goes, deleteData: true });
    expect(stopped.exitCode).toBe(1);
    expect(stopped.screen.replace(/\s+/g, ' ')).toContain('An object lock keeps it until its retention ends');
    expect(Object.keys(bucket.objects).filter((each) => each.startsWith(folder))).toEqual([key]);
    story.advance(2);
    expect((await story.run.remove({ ...goes, deleteData: true })).exitCode).toBe(0);
    expect(bucketNamed(story.world, bucketName)).toBeUndefined();
  });

  test('that may not be deleted is named with what is denied', async () => {
    const story = await connected();
    story.stage().deny({ action: 's3:DeleteObjectVersion', explicit: true });
    const { exitCode, screen } = await story.run.remove({ ...goes, deleteData: true });
    expect(exitCode).toBe(5);
    expect(screen.replace(/\s+/g, ' ')).toContain('spot-cur policy acme --phase remove --delete-data');
    expect(screen.replace(/\s+/g, ' ')).toContain('s3:DeleteObjectVersion');
  });
});
