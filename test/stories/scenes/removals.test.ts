import { describe, expect, test } from 'vitest';
import { removals } from '../../../src/simulator/scenes/removals.ts';
import { reach, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const goes = { confirm: 'acme' };

describe('an account with trouble that is met when a connection is taken back', () => {
  test.each([
    ['remove-denied', 5],
    ['remove-stack-stuck', 1],
  ])('%s: is told, and the same command finishes it once that is mended', async (scene, exitCode) => {
    const story = rehearse(scene);
    await reach(story, 'ready');
    const stopped = await story.run.remove(goes);
    await shows(scene, stopped.screen);
    expect(stopped.exitCode).toBe(exitCode);
    story.stage().allow();
    const { exitCode: end, screen } = await story.run.remove(goes);
    expect(end, screen).toBe(0);
    const { reports, roles } = story.account();
    expect([...reports, ...roles]).toEqual([]);
  });
});

tells(removals);
