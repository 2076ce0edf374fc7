import { describe, expect, test } from 'vitest';
import { stacks } from '../../../src/simulator/scenes/stacks.ts';

import { known, type Rehearsal, reach, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const bucket = 'spotinst-cur-report';
/** Unattended, with the bucket named: agrees to adopting what is there. */
const adopting = { yes: true, flags: { ...known, bucket } };

/** From the first step on, without the names that AWS makes up: what is checked before has stories of its own. */
const steps = (screen: string) =>
  screen.slice(screen.indexOf('Step 1 of 3')).replace(/(AWSCURInitializer)-[A-Z0-9]{12}/g, '$1-<suffix>');

/** Comes to the crawler's stack: a day after setup, or at once where somebody has had the report delivered already. */
const toTheStack = async (story: Rehearsal) => {
  if (story.account().reports.length > 0) return story.run.setup(adopting);
  await reach(story, 'waiting');
  story.advance(24);
  return story.run.resume({ yes: true });
};

/** Ends with the crawler scheduled: what comes next is a person's turn. */
const goesOn = async (story: Rehearsal) => {
  const flags = story.mend();
  const { exitCode, screen, writes } = await story.run.resume({ yes: true, flags });
  expect(screen).toContain('Now the message has to be sent');
  expect(exitCode).toBe(0);
  return writes;
};

const created = ['cloudformation:CreateStack', 'glue:UpdateCrawlerSchedule'];

describe('a crawler stack that fails', () => {
  test.each([
    ['runtime-retired', 'aws s3 rm s3://'],
    ['lake-formation', 'aws lakeformation grant-permissions'],
    ['stack-denied', 'spot-cur policy acme'],
  ])('in %s is explained with a command, and created again once that is mended', async (scene, command) => {
    const story = rehearse(scene);
    const { screen, exitCode, writes } = await toTheStack(story);
    await shows(scene, steps(screen));
    expect(screen).toContain(command);
    expect(exitCode).toBe(1);
    expect(writes).toEqual(['cloudformation:CreateStack']);
    expect(await goesOn(story)).toEqual(created);
  });

  test('of a retired runtime is not created again from the same file', async () => {
    const story = rehearse('runtime-retired');
    await toTheStack(story);
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 1, writes: [] });
  });

  test('of a new role is deleted and created once more in the same run', async () => {
    const { screen, exitCode, writes } = await toTheStack(rehearse('role-not-assumable'));
    await shows('role-not-assumable', steps(screen));
    expect(exitCode).toBe(0);
    expect(writes).toEqual(['cloudformation:CreateStack', ...created]);
  });

  test('of a new role again is left at that', async () => {
    const story = rehearse('role-not-assumable');
    story.stage().failStack({ logicalId: 'AWSStartCURCrawler', reason: 'Service is unable to assume provided role' });
    const { exitCode, writes, screen } = await toTheStack(story);
    expect(exitCode).toBe(1);
    expect(writes).toEqual(['cloudformation:CreateStack', 'cloudformation:CreateStack']);
    expect(screen).toContain('spot-cur resume acme');
  });
});

describe('what is in the way of the crawler stack', () => {
  test.each([
    ['crawler-exists', 'aws glue delete-crawler'],
    ['database-exists', 'aws glue delete-database'],
    ['concurrency-low', 'aws service-quotas request-service-quota-increase'],
    ['stack-name-taken', '--stack-name SpotEcoStack-2'],
    ['stack-rollback-complete', 'aws cloudformation delete-stack'],
    ['stack-create-failed', 'aws cloudformation delete-stack'],
    ['stack-rollback-failed', 'aws cloudformation delete-stack'],
    ['stack-review-leftover', 'aws cloudformation delete-stack'],
  ])('in %s stops it before anything is written', async (scene, command) => {
    const story = rehearse(scene);
    const { screen, exitCode, writes } = await toTheStack(story);
    await shows(scene, steps(screen));
    expect(screen).toContain(command);
    expect(exitCode).toBe(1);
    expect(writes).toEqual([]);
    expect(await goesOn(story)).toEqual(created);
  });

  test('a stack that is in trouble of its own is left to whoever changed it', async () => {
    const story = rehearse('stack-update-rollback-failed');
    const { screen, exitCode, writes } = await toTheStack(story);
    await shows('stack-update-rollback-failed', steps(screen));
    expect(screen).toContain('aws cloudformation continue-update-rollback');
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(await goesOn(story)).toEqual(['glue:UpdateCrawlerSchedule']);
  });
});

describe("what somebody else's failed stack leaves", () => {
  const atATerminal = async (yes: readonly boolean[], flag = false) => {
    const story = rehearse('stack-rollback-complete');
    await reach(story, 'waiting');
    story.advance(24);
    const sent = yes.length > 1 || (flag && yes[0]) ? { sent: false } : {};
    return story.run.resume({ yes: flag, says: { yes, ...(flag ? {} : sent) } });
  };

  test('is deleted by whoever agrees at a terminal', async () => {
    const { screen, exitCode, writes } = await atATerminal([true, true]);
    await shows('stack-rollback-complete-agreed', steps(screen));
    expect(exitCode).toBe(0);
    expect(writes).toEqual(['cloudformation:DeleteStack', ...created]);
  });

  test('stays where that is declined', async () => {
    const { screen, exitCode, writes } = await atATerminal([false]);
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(screen).toContain('Do this in account');
  });

  test('is asked about even with --yes, which then agrees to the rest', async () => {
    const { exitCode, writes } = await atATerminal([true], true);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['cloudformation:DeleteStack', ...created] });
  });

  test('is shown by a dry run, which writes nothing', async () => {
    const story = rehearse('stack-rollback-complete');
    await reach(story, 'waiting');
    story.advance(24);
    const { screen, exitCode, writes } = await story.run.resume({ dryRun: true });
    expect(screen).toContain('Delete the failed stack SpotEcoStack');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  });

  test('does not keep another stack name from being chosen', async () => {
    const story = rehearse('stack-rollback-complete');
    await toTheStack(story);
    const other = await story.run.resume({ yes: true, flags: { 'stack-name': 'SpotEcoStack-2' } });
    expect(other).toMatchObject({ exitCode: 0, writes: created });
  });
});

test('a failed stack of our own that can not be deleted leaves behind what the plan names', async () => {
  const story = rehearse('stack-delete-failed');
  expect((await toTheStack(story)).exitCode).toBe(1);
  const { screen, exitCode, writes } = await story.run.resume({ yes: true });
  await shows('stack-delete-failed', steps(screen));
  expect(screen).toContain('Stays: AWSCURCrawlerComponentFunction (AWS::IAM::Role)');
  expect(exitCode).toBe(0);
  expect(writes).toEqual(['cloudformation:DeleteStack', 'cloudformation:DeleteStack', ...created]);
});

test('a look at Lambda that is denied keeps no stack from being created', async () => {
  const story = rehearse();
  await reach(story, 'waiting');
  story.advance(24);
  story.refuse('lambda:GetAccountSettings', { code: 'AccessDeniedException', message: 'No.', status: 403 });
  expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: created });
});

test('after a failure, another name for the stack may be chosen', async () => {
  const story = rehearse();
  story.stage().failStack({ logicalId: 'AWSCURInitializer', reason: 'Something passing' });
  await toTheStack(story);
  const other = await story.run.resume({ yes: true, flags: { 'stack-name': 'Another' } });
  expect(other).toMatchObject({ exitCode: 0, writes: created });
});

describe('a stack that somebody else is at', () => {
  test("and that is this report's is waited for and adopted", async () => {
    const story = rehearse('stack-in-progress');
    const { screen, exitCode, writes } = await toTheStack(story);
    await shows('stack-in-progress', steps(screen));
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['glue:UpdateCrawlerSchedule'] });
    expect((await story.state())?.provenance['crawler-stack']).toMatchObject({ origin: 'found' });
  });

  test('and that is being deleted is waited for, and created anew', async () => {
    const { screen, exitCode, writes } = await toTheStack(rehearse('stack-deleting'));
    await shows('stack-deleting', steps(screen));
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
  });
});

describe("the bucket's notifications", () => {
  const restoring = 's3:PutBucketNotificationConfiguration';
  const notified = (story: Rehearsal) => story.world.buckets[bucket]?.notifications ?? '';

  test('of others stop the stack until they are accepted by name; then they are put back beside its own', async () => {
    const story = rehearse('notifications-foreign');
    const first = await toTheStack(story);
    await shows('notifications-foreign', steps(first.screen));
    expect(first).toMatchObject({ exitCode: 1, writes: [] });
    const accepting = await story.run.resume({ yes: true, flags: { 'accept-notification': ['uploads'] } });
    expect(accepting).toMatchObject({ exitCode: 0, writes: created });
    expect(notified(story)).not.toContain('uploads');
    const restored = await story.run.resume({ yes: true, restoreNotifications: true });
    await shows('notifications-restored', steps(restored.screen));
    expect(restored).toMatchObject({ exitCode: 0, writes: [restoring] });
    expect(notified(story)).toMatch(/AWSCURInitializer(?:.|\n)*uploads|uploads(?:.|\n)*AWSCURInitializer/);
    expect(await story.run.resume({ yes: true, restoreNotifications: true })).toMatchObject({
      exitCode: 0,
      writes: [],
    });
  });

  test('that tell of the report too can not be put back: the clash is shown, and nothing is written', async () => {
    const story = rehearse('notifications-clash');
    const first = await toTheStack(story);
    await shows('notifications-clash', steps(first.screen));
    expect(await goesOn(story)).toEqual(created);
    const before = notified(story);
    const { screen, exitCode, writes } = await story.run.resume({ yes: true, restoreNotifications: true });
    await shows('notifications-clash-restoring', steps(screen));
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(notified(story)).toBe(before);
  });

  test('that nobody saved can not be put back, which is said', async () => {
    const story = rehearse('stack-in-progress');
    await toTheStack(story);
    const { screen, exitCode, writes } = await story.run.resume({ yes: true, restoreNotifications: true });
    expect(screen).toContain('none to put back');
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  });

  test('stay saved when the stack is created again, and its own entry is never taken for one', async () => {
    const story = rehearse('notifications-foreign');
    await toTheStack(story);
    await goesOn(story);
    // The stack goes, and leaves its entry behind.
    const left = notified(story);
    story.account().stacks.splice(0);
    for (const kind of ['crawlers', 'databases', 'tables'] as const) story.account()[kind].splice(0);
    const found = story.world.buckets[bucket];
    if (found) found.notifications = left.replace(/<QueueConfiguration>.*<\/QueueConfiguration>/s, '');
    const again = await story.run.resume({ yes: true });
    expect(again.exitCode, again.screen).toBe(0);
    expect(await story.run.resume({ yes: true, restoreNotifications: true })).toMatchObject({ writes: [restoring] });
    expect(notified(story)).toContain('uploads');
  });
});

describe('a crawler that stands', () => {
  test('and is scheduled otherwise is changed in place, from and to shown', async () => {
    const { screen, exitCode, writes } = await toTheStack(rehearse('crawler-scheduled-otherwise'));
    await shows('crawler-scheduled-otherwise', steps(screen));
    expect(screen).toContain('cron(30 9 ? * MON *) (NOT_SCHEDULED) -> cron(0 0 * * ? *)');
    expect({ exitCode, writes }).toEqual({
      exitCode: 0,
      writes: ['glue:UpdateCrawlerSchedule', 'glue:StartCrawlerSchedule'],
    });
  });

  test('and reads something else is explained field by field', async () => {
    const story = rehearse('crawler-changed');
    const { screen, exitCode, writes } = await toTheStack(story);
    await shows('crawler-changed', steps(screen));
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(await goesOn(story)).toEqual(['glue:UpdateCrawlerSchedule']);
  });

  test('and ran before there was data is no reason to wait', async () => {
    const story = rehearse('crawl-before-data');
    expect(await toTheStack(story)).toMatchObject({ exitCode: 0, writes: ['glue:UpdateCrawlerSchedule'] });
    const { stdout } = await story.run.status();
    await shows('crawl-before-data', stdout);
    expect(stdout).toContain('The crawler has not made the table yet.');
  });
});

describe('the crawler file', () => {
  test("is found below the month's folder too", async () => {
    const { screen, exitCode, writes } = await toTheStack(rehearse('crawler-file-dated'));
    await shows('crawler-file-dated', steps(screen));
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: created });
  });

  test('that AWS has changed since it was mailed is told with the plan, and the mailed one is deployed', async () => {
    const story = rehearse('crawler-file-changes');
    const account = story.account();
    account.stackFaults = [{ logicalId: 'AWSCURInitializer', reason: 'Something passing' }];
    await reach(story, 'waiting');
    story.advance(24);
    const failed = await story.run.resume({ yes: true });
    expect(failed.exitCode).toBe(1);
    const mailed = (await story.message())?.attachment.content;
    story.advance(24);
    const { screen, exitCode } = await story.run.resume({ yes: true });
    await shows('crawler-file-changed', steps(screen));
    expect(exitCode).toBe(0);
    expect(account.stacks.at(-1)?.template).toBe(Buffer.from(mailed ?? '').toString());
    story.advance(24);
    expect((await story.run.status()).stdout).toContain('the one that was mailed counts');
  });
});

test('no dry run writes in any of them', async () => {
  for (const scene of [
    'concurrency-low',
    'stack-review-leftover',
    'crawler-scheduled-otherwise',
    'notifications-clash',
  ]) {
    const story = rehearse(scene);
    if (story.account().reports.length === 0) {
      await reach(story, 'waiting');
      story.advance(24);
      expect(await story.run.resume({ dryRun: true }), scene).toMatchObject({ writes: [] });
    } else expect(await story.run.setup({ ...adopting, dryRun: true }), scene).toMatchObject({ writes: [] });
  }
});

tells(stacks);
