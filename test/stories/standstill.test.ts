import { expect, test } from 'vitest';
import { type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';

/** Has Glue answer, whatever is done, that a schedule is on its way. */
const schedulesAreStuck = ({ simulator }: Rehearsal): void => {
  const { handle } = simulator;
  Object.assign(simulator, {
    handle: (request: Parameters<typeof handle>[0]) => {
      const answer = handle(request);
      if (!request.headers['x-amz-target']?.endsWith('GetCrawler')) return answer;
      const text = Buffer.from(answer.body).toString('utf8').replace('"State":"SCHEDULED"', '"State":"TRANSITIONING"');
      return { ...answer, body: Buffer.from(text) };
    },
  });
};

test('what is a matter of minutes is waited for as long as anything changes, and handed back when nothing does', async () => {
  const story = rehearse();
  await reach(story, 'waiting');
  story.advance(24);
  schedulesAreStuck(story);
  const began = story.simulator.clock.now();
  const { exitCode, screen } = await story.run.resume({ yes: true });
  expect(exitCode).toBe(0);
  expect(screen.replace(/\s+/g, ' ')).toContain('Nothing has changed for 15 minutes, so this run waits no longer');
  expect(screen).toContain('spot-cur resume acme');
  expect(story.simulator.clock.now() - began).toBeLessThan(40 * 60_000);
});
