import { describe, expect, test } from 'vitest';
import { bucketNamed, writeObject } from '../../src/simulator/services/s3/store.ts';
import { sharedBucket, stuckRole, theirNotification } from '../support/killed-removal.ts';
import { typingWhile } from '../support/meanwhile.ts';
import { type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

const goes = { confirm: 'acme' };
const bucketName = 'spotinst-cur-report';
const folder = `spotinst_eco/${bucketName}`;

describe('the notifications of others', () => {
  test.each([1, 2])('come back although the deletion that emptied them has failed %i times', async (times) => {
    const story = rehearse();
    await reach(story, 'ready');
    story.advance(1);
    const bucket = sharedBucket(story);
    story.account().stackFaults = Array(times).fill(stuckRole);
    for (let run = 1; run <= times; run += 1) {
      expect((await story.run.remove(goes)).exitCode).toBe(1);
      expect(bucket.notifications ?? '').not.toContain('theirs');
    }
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(bucket.notifications).toContain('theirs');
  });

  test('come back with those that came in between', async () => {
    const story = rehearse();
    await reach(story, 'ready');
    const bucket = sharedBucket(story);
    story.account().stackFaults = [stuckRole];
    await story.run.remove(goes);
    bucket.notifications = theirNotification.replaceAll('theirs', 'newer').replaceAll('Removed:*', 'Restore:*');
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(bucket.notifications).toMatch(/<Id>newer<.*<Id>theirs<|<Id>theirs<.*<Id>newer</);
  });
});

describe('the billing data of others', () => {
  const tookBack = async (): Promise<Rehearsal> => {
    const story = rehearse();
    await reach(story, 'ready');
    story.advance(1);
    expect((await story.run.remove(goes)).exitCode).toBe(0);
    story.advance(24);
    return story;
  };
  const put = (story: Rehearsal, key: string) => {
    const bucket = bucketNamed(story.world, bucketName);
    if (bucket) writeObject(bucket, key, 'text', { now: story.simulator.clock.now() });
  };
  const keys = ({ world }: Rehearsal) => Object.keys(bucketNamed(world, bucketName)?.objects ?? {});

  test.each([
    ['in the very place of the report that was taken back', { S3Prefix: 'spotinst_eco' }, folder],
    ['with slashes around its prefix', { S3Prefix: '/spotinst_eco/' }, folder],
    ['below it', { ReportName: 'finops', S3Prefix: folder }, `${folder}/finops`],
    ['around it', { ReportName: 'spotinst_eco', S3Prefix: '' }, 'spotinst_eco'],
  ])('stays where a report delivers it %s', async (_where, settings, theirs) => {
    const story = await tookBack();
    story.stage().report(settings, 0);
    put(story, `${theirs}/theirs.parquet`);
    const before = keys(story);
    const { exitCode, screen, writes } = await story.run.remove({ ...goes, deleteData: true });
    expect({ exitCode, writes }, screen).toEqual({ exitCode: 0, writes: [] });
    expect(keys(story)).toEqual(before);
    const { ReportName = bucketName } = settings as { ReportName?: string };
    expect(screen.replace(/\s+/g, ' ')).toContain(`the report ${ReportName}, which stays, delivers to s3://`);
  });

  test('is no obstacle beside it', async () => {
    const story = await tookBack();
    story.stage().report({ ReportName: `${bucketName}-2` }, 0);
    put(story, `${folder}-2/theirs.parquet`);
    const { exitCode, screen } = await story.run.remove({ ...goes, deleteData: true });
    expect(exitCode, screen).toBe(0);
    expect(keys(story).filter((key) => key.startsWith('spotinst_eco/'))).toEqual([`${folder}-2/theirs.parquet`]);
  });

  test('stays where the report was made while the name was typed', async () => {
    const story = await tookBack();
    const before = keys(story);
    const terminal = typingWhile(() => story.stage().report({}, 0));
    const { exitCode, writes, problem } = await story.run.remove({ terminal, deleteData: true });
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(problem?.message).toContain('and did not when this plan was made');
    expect(keys(story)).toEqual(before);
  });

  test('stays where nobody may see which reports there are', async () => {
    const story = await tookBack();
    story.stage().deny({ action: 'cur:DescribeReportDefinitions' });
    const { exitCode, writes } = await story.run.remove({ ...goes, deleteData: true });
    expect({ exitCode, writes }).toEqual({ exitCode: 5, writes: [] });
  });
});

test('what is no delivery in the folder of the report is named before it goes', async () => {
  const story = rehearse();
  await reach(story, 'ready');
  story.advance(1);
  const bucket = bucketNamed(story.world, bucketName);
  if (!bucket) throw new Error('There is no bucket.');
  writeObject(bucket, `spotinst_eco/${bucketName}/finance.txt`, 'x', { now: story.simulator.clock.now() });
  const { screen } = await story.run.remove({ dryRun: true, deleteData: true });
  expect(screen.replace(/\s+/g, ' ')).toContain(
    'looks like a delivery of AWS, and all of it is deleted: "spotinst_eco/spotinst-cur-report/finance.txt".',
  );
  const usual = rehearse();
  await reach(usual, 'ready');
  usual.advance(24 * 40);
  expect((await usual.run.remove({ dryRun: true, deleteData: true })).screen).not.toContain('looks like');
});

test('an extractor stack of which only the answer was lost is deleted with its change set', async () => {
  const story = rehearse();
  await reach(story, 'waiting-for-link');
  story.advance(49);
  const operation = 'cloudformation:CreateChangeSet';
  story.world.faults.push({ operation, kind: 'reset-after', after: 0, times: 1 });
  story.world.faults.push({ operation, kind: 'reset-before', after: 0, times: 4 });
  await story.run.resume({ yes: true, flags: { link: story.link() } });
  expect(story.account().stacks.at(-1)?.name).toBe('SpotExtractor');
  expect((await story.state())?.notes).not.toHaveProperty('extractor-stack-id');
  const { exitCode, screen } = await story.run.remove({ confirm: 'acme' });
  expect(exitCode, screen).toBe(0);
  expect(screen).toContain('Delete the empty stack SpotExtractor');
  expect(screen).not.toContain('Spot gets no rows');
  expect(story.account().stacks.at(-1)?.timeline.at(-1)?.status).toBe('DELETE_COMPLETE');
});
