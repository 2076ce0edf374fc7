import { describe, expect, test } from 'vitest';
import { stackStatuses } from '../../../src/simulator/scenes/stack-statuses.ts';
import { known, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const adopting = { yes: true, flags: { ...known, bucket: 'spotinst-cur-report' } };
const scheduled = ['glue:UpdateCrawlerSchedule'];
/** The second step: the first one is told elsewhere. */
const step = (screen: string) => screen.slice(screen.indexOf('Step 2 of 3'));

describe("a stack of the report's that somebody else is at", () => {
  test.each([
    ['stack-updating', /UPDATE_IN_PROGRESS/],
    ['stack-update-rolling-back', /UPDATE_ROLLBACK_IN_PROGRESS/],
    ['stack-importing', /IMPORT_IN_PROGRESS/],
  ])('%s: is waited for, then adopted', async (scene, status) => {
    const { run, state } = rehearse(scene);
    const { screen, exitCode, writes } = await run.setup(adopting);
    await shows(scene, step(screen));
    expect(screen).toMatch(status);
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: scheduled });
    expect((await state())?.provenance['crawler-stack']).toMatchObject({ origin: 'found' });
  });

  test.each([
    ['stack-rolling-back', 'aws cloudformation delete-stack', ['cloudformation:CreateStack', ...scheduled]],
    ['stack-import-rolling-back', 'aws cloudformation describe-stack-resources', scheduled],
  ])('%s: is waited for, and explained when that ends badly', async (scene, command, then) => {
    const story = rehearse(scene);
    const { screen, exitCode, writes } = await story.run.setup(adopting);
    await shows(scene, step(screen));
    expect(screen).toContain('ROLLBACK_IN_PROGRESS');
    expect(screen).toContain(command);
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    story.mend();
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: then });
  });
});

describe("a stack of the report's that somebody else has changed", () => {
  test.each(['stack-updated', 'stack-update-rolled-back', 'stack-imported'])('%s: is adopted', async (scene) => {
    const { run, state } = rehearse(scene);
    const { screen, exitCode, writes } = await run.setup(adopting);
    await shows(scene, step(screen));
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: scheduled });
    expect((await state())?.provenance['crawler-stack']).toMatchObject({ origin: 'found' });
  });

  test.each([
    ['stack-update-failed', 'aws cloudformation rollback-stack'],
    ['stack-import-rolled-back', 'aws cloudformation describe-stack-resources'],
    ['stack-import-rollback-failed', 'aws cloudformation describe-stack-resources'],
  ])('%s: is explained, and left to whoever changed it', async (scene, command) => {
    const story = rehearse(scene);
    const { screen, exitCode, writes } = await story.run.setup(adopting);
    await shows(scene, step(screen));
    expect(screen).toContain(command);
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
    story.mend();
    expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: scheduled });
  });
});

tells(stackStatuses);
