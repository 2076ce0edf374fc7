import { describe, expect, test } from 'vitest';
import { bucketNamed, writeObject } from '../../src/simulator/services/s3/store.ts';
import { sharedBucket, theirNotification } from '../support/killed-removal.ts';
import { typingWhile } from '../support/meanwhile.ts';
import { known, type Rehearsal, reach, reachPrepared, rehearse } from '../support/rehearsal.ts';

const bucketName = 'spotinst-cur-report';
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
    await reachPrepared(story);
    const stack = story.account().stacks.find(({ name }) => name === 'SpotExtractor');
    const terminal = typingWhile(() => stack && story.stage().become(stack, 'CREATE_COMPLETE'));
    const { exitCode, writes, problem } = await story.run.remove({ terminal });
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    expect(problem?.message).toContain('It is not empty any more, and was not deleted.');
  });
});

describe('one agreement covers what its plan held', () => {
  /** A connection in whose bucket something of somebody else's lies, until the first stack is deleted. */
  const untilDeletion = async (): Promise<Rehearsal> => {
    const story = rehearse();
    await reach(story, 'ready');
    story.advance(1);
    const bucket = bucketNamed(story.world, bucketName);
    if (bucket) writeObject(bucket, 'finops/budget.csv', 'text', { now: story.simulator.clock.now() });
    const { handle } = story.simulator;
    story.simulator.handle = (request) => {
      const answer = handle(request);
      if (story.calls().at(-1) === 'cloudformation:DeleteStack') delete bucket?.objects['finops/budget.csv'];
      return answer;
    };
    return story;
  };

  test('and a bucket that stayed by it is not deleted in the same run', async () => {
    const story = await untilDeletion();
    const { exitCode, screen, writes, stdout } = await story.run.remove({ ...goes, deleteData: true, json: true });
    expect(screen).toContain('it holds "finops/budget.csv"');
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: ['cloudformation:DeleteStack'] });
    const reason =
      'The plan holds more by now than was agreed to: the bucket spotinst-cur-report. Nothing of that was done.';
    expect(JSON.parse(stdout)).toMatchObject({ state: 'blocked', reason, next: 'spot-cur remove acme --delete-data' });
    expect(bucketNamed(story.world, bucketName)).toBeDefined();

    const again = await story.run.remove({ ...goes, deleteData: true });
    expect(again.exitCode, again.screen).toBe(0);
    expect(again.screen).toContain('Delete the bucket spotinst-cur-report');
    expect(bucketNamed(story.world, bucketName)).toBeUndefined();
  });

  test('and at a terminal the new plan is shown and agreed to anew, whatever --confirm said', async () => {
    for (const said of ['acme', 'no']) {
      const story = await untilDeletion();
      const { exitCode, screen } = await story.run.remove({ ...goes, deleteData: true, says: { confirm: said } });
      expect(screen).toContain('! The plan holds more by now than was agreed to');
      expect(screen.match(/^Plan$/gm)).toHaveLength(2);
      expect(exitCode).toBe(said === 'acme' ? 0 : 1);
      expect(screen.includes('Nothing else was changed.')).toBe(said === 'no');
      expect(bucketNamed(story.world, bucketName) === undefined).toBe(said === 'acme');
    }
  });
});
