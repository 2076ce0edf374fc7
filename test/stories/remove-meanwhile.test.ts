import { describe, expect, test } from 'vitest';
import { sharedBucket, theirNotification } from '../support/killed-removal.ts';
import { typingWhile } from '../support/meanwhile.ts';
import { reach, rehearse } from '../support/rehearsal.ts';

const goes = { confirm: 'acme' };

describe('what happens while the name is typed', () => {
  test('to the notifications keeps the stack that would empty them, and the next run keeps a copy', async () => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    const bucket = sharedBucket(story);
    const newer = theirNotification.replaceAll('theirs', 'newer').replaceAll('Removed:*', 'Restore:*');
    const terminal = typingWhile(() => {
      bucket.notifications += newer;
    });
    const stopped = await story.run.remove({ terminal });
    expect(stopped).toMatchObject({ exitCode: 1, writes: [] });
    expect(stopped.problem?.message).toContain('has got a notification since this plan was made');
    expect(stopped.problem?.advice).toEqual(['Look at the plan again: spot-cur remove acme']);
    const { exitCode, screen } = await story.run.remove(goes);
    expect(exitCode, screen).toBe(0);
    expect(bucket.notifications).toContain('theirs');
    expect(bucket.notifications).toContain('newer');
  });
});
