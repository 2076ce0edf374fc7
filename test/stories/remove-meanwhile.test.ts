import { describe, expect, test } from 'vitest';
import { sharedBucket, theirNotification } from '../support/killed-removal.ts';
import { typingWhile } from '../support/meanwhile.ts';
import { known, reach, rehearse } from '../support/rehearsal.ts';

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

  test('to the report keeps it', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    const [report] = story.account().reports;
    const terminal = typingWhile(() => {
      if (report) report.definition.AdditionalSchemaElements = ['RESOURCES', 'SPLIT_COST_ALLOCATION_DATA'];
    });
    const { exitCode, writes, problem } = await story.run.remove({ terminal });
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(problem?.message).toContain('Somebody has changed the report spotinst-cur-report since this plan was made');
    expect((await story.state())?.journal.at(-1)).toMatchObject({ outcome: 'failed' });
    expect((await story.run.remove(goes)).screen).toContain('The report spotinst-cur-report: somebody has changed it');
    expect(story.account().reports).toHaveLength(1);
  });

  test.each([
    ['another one', { expression: 'cron(15 3 * * ? *)' }],
    ['none', { state: 'NOT_SCHEDULED' as const }],
  ])('to the schedule of a crawler that was found, which is %s by then, keeps that', async (_what, now) => {
    const story = rehearse('crawler-scheduled-otherwise');
    await story.run.setup({ yes: true, flags: known });
    await story.run.resume({ yes: true });
    const [crawler] = story.account().crawlers;
    const terminal = typingWhile(() => Object.assign(crawler?.schedule ?? {}, now));
    const { exitCode, writes, problem } = await story.run.remove({ terminal });
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(problem?.message).toContain('Somebody has changed the schedule of the crawler');
    expect(crawler?.schedule).toMatchObject(now);
  });

  test('to a change set, which somebody executes, keeps the stack', async () => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    story.advance(49);
    story.refuse('cloudformation:ExecuteChangeSet', { code: 'ServiceUnavailable', message: '', status: 503 });
    await story.run.resume({ yes: true, flags: { link: story.link() } });
    story.relent();
    const stack = story.account().stacks.find(({ name }) => name === 'SpotExtractor');
    const terminal = typingWhile(() => stack && story.stage().become(stack, 'CREATE_COMPLETE'));
    const { exitCode, writes, problem } = await story.run.remove({ terminal });
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(problem?.message).toContain('It is not empty any more, and was not deleted.');
  });
});
