import { describe, expect, test } from 'vitest';
import { known, reach, rehearse } from '../support/rehearsal.ts';

describe('spot-cur history', () => {
  test('tells each change, newest last, with who, what and how it ended', async () => {
    const story = rehearse();
    await story.run.setup({ yes: true, flags: known });
    story.advance(24);
    story.refuse('glue:UpdateCrawlerSchedule', {
      code: 'InvalidInputException',
      message: 'No \u001b[31msuch\u202e crawler',
    });
    await story.run.resume({ yes: true });
    story.relent();
    story.advance(3);
    const before = story.calls().length;
    const { screen, exitCode } = await story.run.history();
    await expect(screen).toMatchFileSnapshot('screens/history.txt');
    expect(exitCode).toBe(0);
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThan(100);
    expect(story.calls().length).toBe(before);
  });

  test('tells of an attempt whose outcome nobody knows', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    await story.damage((state) => {
      const journal = state.journal.map(({ outcome: _, ended: __, ...entry }, index) =>
        index === 0 ? entry : { ...entry, outcome: 'done' as const },
      );
      return { ...state, journal };
    });
    const { screen } = await story.run.history();
    expect(screen).toContain('outcome not known');
    const { customers } = JSON.parse((await story.run.history({ json: true })).stdout);
    expect(customers[0].changes[0]).toMatchObject({ outcome: 'unknown' });
  });

  test('tells when an attempt without answer was begun again', async () => {
    const story = rehearse();
    story.world.faults.push({ operation: 's3:CreateBucket', kind: 'reset-before', after: 0, times: 3 });
    expect((await story.run.setup({ yes: true, flags: known })).exitCode).not.toBe(0);
    story.advance(5 / 60);
    expect((await story.run.setup({ yes: true })).exitCode).toBe(0);
    const { screen } = await story.run.history();
    expect(screen.replace(/\s+/g, ' ')).toContain('no answer came at first; begun again Mon, 23 Nov 2026, 09:05 UTC');
    const { customers } = JSON.parse((await story.run.history({ json: true })).stdout);
    expect(customers[0].changes[0]).toMatchObject({ again: '2026-11-23T09:05:00.000Z', outcome: 'done' });
  });

  test('is one document with --json', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    const document = JSON.parse((await story.run.history({ json: true })).stdout);
    expect(document).toMatchObject({
      schema: 'spot-cur/history@1',
      customers: [{ name: 'acme', accountId: '111122223333' }],
    });
    expect(document.customers[0].changes[0]).toEqual({
      time: '2026-11-23T09:00:00.000Z',
      ended: '2026-11-23T09:00:00.000Z',
      who: 'arn:aws:iam::111122223333:user/engineer',
      summary: 'Create the S3 bucket spotinst-cur-report in us-east-1',
      change: 'bucket:spotinst-cur-report',
      action: 's3:CreateBucket',
      resource: 'arn:aws:s3:::spotinst-cur-report',
      outcome: 'done',
      requestId: expect.any(String),
      tool: '1.0.0-test',
    });
  });

  test('reads journals of before, which say less', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    await story.damage((state) => ({
      ...state,
      journal: state.journal.map(({ action: _, arn: __, ...entry }) => entry),
    }));
    const { screen } = await story.run.history();
    expect(screen).toContain('bucket spotinst-cur-report');
    expect(screen).not.toContain('s3:CreateBucket');
  });

  test('tells of all connections when none is named', async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    await story.run.setup({ customer: 'beta', as: '444455556666', yes: true, flags: { ...known, bucket: 'beta-cur' } });
    const { stdout } = await story.run.history({ customer: undefined });
    expect(stdout).toMatch(/^acme {2}account 111122223333$/m);
    expect(stdout).toMatch(/^beta {2}account 444455556666$/m);
  });

  test('of no connection says so', async () => {
    const { run } = rehearse();
    expect((await run.history({ customer: undefined })).screen).toContain('There is no connection yet.');
    expect(JSON.parse((await run.history({ customer: undefined, json: true })).stdout)).toEqual({
      schema: 'spot-cur/history@1',
      customers: [],
    });
    expect(await run.history()).toMatchObject({ exitCode: 2 });
  });
});
