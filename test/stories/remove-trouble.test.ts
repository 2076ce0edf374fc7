import { describe, expect, test } from 'vitest';
import { bucketNamed } from '../../src/simulator/services/s3/store.ts';
import { sharedBucket, stuckRole, theirNotification } from '../support/killed-removal.ts';
import { acme, type Rehearsal, reach, reachPrepared, rehearse } from '../support/rehearsal.ts';

const bucketName = 'spotinst-cur-report';
const goes = { confirm: 'acme' };

const connected = async (): Promise<Rehearsal> => {
  const story = rehearse();
  await reach(story, 'ready');
  story.advance(1);
  return story;
};

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('in the middle of a removal', () => {
  test('a denied call is named; status and resume say that it is not finished; the same command finishes it', async () => {
    const story = await connected();
    const { run } = story;
    story.stage().deny({ action: 'cur:DeleteReportDefinition' });
    const stopped = await run.remove(goes);
    expect(stopped.exitCode).toBe(5);
    expect(flat(stopped.screen)).toContain('cur:DeleteReportDefinition');
    story.advance(1);

    const status = await run.status();
    await expect(status.screen).toMatchFileSnapshot('screens/remove-unfinished-status.txt');
    const resumed = await run.resume({ yes: true });
    expect(resumed).toMatchObject({ exitCode: 1, writes: [] });
    expect(flat(resumed.screen)).toContain('Finish it: spot-cur remove acme');

    story.stage().allow();
    const { exitCode, writes, screen } = await run.remove(goes);
    await expect(screen).toMatchFileSnapshot('screens/remove-finished.txt');
    expect({ exitCode, writes }).toEqual({
      exitCode: 0,
      writes: ['cur:DeleteReportDefinition', 's3:DeleteBucketPolicy'],
    });
  });

  test('what AWS refuses is explained as anywhere, but for the command that goes on', async () => {
    const story = await connected();
    story.refuse('cloudformation:DeleteStack', {
      code: 'TokenAlreadyExistsException',
      message: 'Token was used for another operation',
    });
    const { screen } = await story.run.remove({ ...goes, deleteData: true });
    expect(flat(screen)).toContain(
      'The next run looks how that ended, and goes on: spot-cur remove acme --delete-data',
    );
    expect(screen).not.toContain('spot-cur resume');
  });

  test('a bucket that is deleted and still shown is waited for, and not looked into', async () => {
    const story = await connected();
    story.world.faults.push({ operation: 's3:DeleteBucket', kind: 'slow-to-show', after: 0, times: 1, reads: 5 });
    const { exitCode, screen } = await story.run.remove({ ...goes, deleteData: true });
    expect(exitCode, screen).toBe(0);
    expect(bucketNamed(story.world, bucketName)).toBeUndefined();
  });

  test('a setup keeps the connection after all, and makes again what is gone', async () => {
    const story = await connected();
    story.stage().deny({ action: 'cur:DeleteReportDefinition' });
    await story.run.remove(goes);
    story.stage().allow();
    const { screen } = await story.run.setup({ yes: true });
    expect(screen).toContain('it is kept, and what is gone is');
    expect(story.account().stacks.at(-1)?.timeline.at(-1)?.status).toBe('CREATE_COMPLETE');
    expect((await story.state())?.notes).not.toHaveProperty('removing');
    expect((await story.run.status()).screen).not.toContain('taken back');
  });

  test('a session that ends is renewed by nobody here, and the same command goes on', async () => {
    const story = await connected();
    story.stage().endSession(30);
    const stopped = await story.run.remove(goes);
    expect(stopped.exitCode).toBe(4);
    delete story.account().sessionEnd;
    expect((await story.run.remove(goes)).exitCode).toBe(0);
    expect(story.account().reports).toEqual([]);
  });

  test('a policy that somebody has changed since the plan was made is looked at anew', async () => {
    const story = await connected();
    const { handle } = story.simulator;
    let looks = 0;
    story.simulator.handle = (request) => {
      const looksAtPolicy =
        request.method === 'GET' && 'policy' in request.query && story.account().reports.length === 0;
      if (looksAtPolicy) looks += 1;
      // Between the plan's look and the one before the write.
      if (looksAtPolicy && looks === 2) sharedBucket(story);
      return handle(request);
    };
    const stopped = await story.run.remove(goes);
    expect(stopped.exitCode).toBe(1);
    expect(flat(stopped.screen)).toContain('Look at the plan again: spot-cur remove acme');
    const { exitCode, writes } = await story.run.remove(goes);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['s3:PutBucketPolicy'] });
    expect(bucketNamed(story.world, bucketName)?.policy).toContain('Theirs');
  });
});

describe('a stack that can not be deleted', () => {
  test('ends the run with the cause; the next tries again, and the one after leaves it behind', async () => {
    const story = await connected();
    story.account().stackFaults = [stuckRole, stuckRole];
    const first = await story.run.remove(goes);
    await expect(first.screen).toMatchFileSnapshot('screens/remove-stack-stuck.txt');
    expect(first).toMatchObject({ exitCode: 1 });
    expect(first.writes.filter((each) => each.includes('DeleteStack'))).toHaveLength(2);
    const second = await story.run.remove(goes);
    expect(second).toMatchObject({ exitCode: 1, writes: ['cloudformation:DeleteStack'] });
    expect(flat(second.screen)).toContain('Or leave it behind, which the next run proposes: spot-cur remove acme');
    const third = await story.run.remove(goes);
    expect(third.exitCode, third.screen).toBe(0);
    expect(flat(third.screen)).toContain('Stays: AWSCURCrawlerComponentFunction (AWS::IAM::Role)');
    expect(story.account().reports).toEqual([]);
    expect(story.account().roles.map(({ name }) => name)).toEqual([expect.stringContaining('SpotEcoStack')]);
  });

  test('because CloudFormation may not, in the name of whoever asked', async () => {
    const story = await connected();
    story.stage().deny({ action: 'iam:DeleteRole' });
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode).toBe(1);
    expect(flat(screen)).toContain('iam:DeleteRole');
    expect(flat(screen)).toContain('spot-cur policy acme --phase remove');
    story.stage().allow();
    expect((await story.run.remove(goes)).exitCode).toBe(0);
  });

  test('because somebody protects it', async () => {
    const story = await connected();
    const message = 'Stack [SpotExtractor] cannot be deleted while TerminationProtection is enabled';
    story.refuse('cloudformation:DeleteStack', { code: 'ValidationError', message });
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode).toBe(1);
    expect(flat(screen)).toContain('--no-enable-termination-protection --stack-name SpotExtractor');
    story.relent();
    expect((await story.run.remove(goes)).exitCode).toBe(0);
  });

  test('is no obstacle once somebody has deleted it by hand, and what it wiped comes back all the same', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    const bucket = bucketNamed(story.world, bucketName);
    if (bucket) bucket.notifications = theirNotification;
    story.advance(25);
    await story.run.resume({ yes: true, flags: { 'accept-notification': ['theirs'] } });
    expect(bucket?.notifications).not.toContain('theirs');
    const { account } = story;
    account().stacks.splice(0);
    if (bucket) delete bucket.notifications;
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(bucket?.notifications).toContain('theirs');
  });
});

describe('notifications that can not be put back', () => {
  test('because S3 does not take them any more, are told once, and left in their copy by the next run', async () => {
    const story = await connected();
    sharedBucket(story);
    const message = 'Unable to validate the following destination configurations';
    story.refuse('s3:PutBucketNotificationConfiguration', { code: 'InvalidArgument', message });
    const stopped = await story.run.remove(goes);
    expect(stopped.exitCode).toBe(1);
    expect(flat(stopped.screen)).toContain('put them back by hand from (rehearsal) bucket-notifications-<id>.json');
    const { exitCode, screen, writes } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(writes).toEqual(['cur:DeleteReportDefinition', 's3:PutBucketPolicy']);
    expect(flat(screen)).toContain('S3 does not take it any more. It is kept in (rehearsal) bucket-notifications');
  });

  test('because another one stands in their place by now, are named, and the removal goes on', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    const bucket = bucketNamed(story.world, bucketName);
    if (bucket) bucket.notifications = theirNotification;
    story.advance(25);
    await story.run.resume({ yes: true, flags: { 'accept-notification': ['theirs'] } });
    story.account().stacks.splice(0);
    if (bucket) bucket.notifications = theirNotification.replaceAll('others', 'newer').replace('theirs', 'newer');
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(flat(screen)).toContain('another one stands for the same objects now');
    expect(bucket?.notifications).toContain('newer');
    expect(bucket?.notifications).not.toContain('theirs');
  });
});

describe('what is proven', () => {
  test('a stack whose id was never recorded is known by the token of its creation', async () => {
    const story = await connected();
    await story.damage((state) => {
      const { 'crawler-stack-id': _, ...notes } = state.notes;
      return { ...state, notes };
    });
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(story.account().crawlers).toEqual([]);
  });

  test('a stack of that name that somebody else has made meanwhile stays', async () => {
    const story = await connected();
    await story.damage((state) => {
      const { 'crawler-stack-id': _, ...notes } = state.notes;
      return { ...state, notes, journal: [] };
    });
    const { screen, exitCode } = await story.run.remove(goes);
    expect(exitCode).toBe(0);
    expect(flat(screen)).toContain('The stack SpotEcoStack: nothing that is recorded proves');
    expect(story.account().crawlers).toHaveLength(1);
  });

  test('a change set that was prepared and never executed goes, with the empty stack that it began', async () => {
    const story = rehearse();
    await reachPrepared(story);
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(flat(screen)).toContain('Delete the empty stack SpotExtractor with the change set');
    expect(story.account().stacks.map(({ timeline }) => timeline.at(-1)?.status)).toEqual([
      'DELETE_COMPLETE',
      'DELETE_COMPLETE',
    ]);
  });

  test('nothing goes while whose the bucket is can not be seen', async () => {
    const story = await connected();
    sharedBucket(story);
    story.stage().denyAll(['s3:ListBucket', 's3:ListAllMyBuckets']);
    const { exitCode, writes, screen } = await story.run.remove(goes);
    expect({ exitCode, writes }).toEqual({ exitCode: 5, writes: [] });
    expect(flat(screen)).toContain('Nothing was taken back');
  });

  test('nothing is ever asked of a bucket without naming its owner', async () => {
    const story = await connected();
    const bucket = bucketNamed(story.world, bucketName);
    expect(bucket?.owner).toBe(acme);
    const asked: string[] = [];
    const watched = rehearse(undefined, { from: story.moment() });
    const { handle } = watched.simulator;
    watched.simulator.handle = (request) => {
      if (request.method !== 'GET' && request.method !== 'HEAD' && /s3|^127/.test(request.host))
        asked.push(request.headers['x-amz-expected-bucket-owner'] ?? `none: ${request.method} ${request.path}`);
      return handle(request);
    };
    await watched.run.remove({ ...goes, deleteData: true });
    expect(new Set(asked)).toEqual(new Set([acme]));
  });
});
