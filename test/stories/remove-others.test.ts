import { describe, expect, test } from 'vitest';
import { sharedBucket, stuckRole, theirNotification } from '../support/killed-removal.ts';
import { reach, rehearse } from '../support/rehearsal.ts';

const goes = { confirm: 'acme' };

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
