import { expect, test } from 'vitest';
import { changeSets } from '../../../src/simulator/scenes/change-sets.ts';
import { deployed, goingOn, thirdStep, withTheLink } from '../../support/at-the-link.ts';
import { shows, tells } from '../../support/scene-stories.ts';

test('template-unread: CloudFormation can not read it, which is told in its words', async () => {
  const { story, run, screen } = await withTheLink('template-unread');
  await shows('template-unread', screen);
  expect(run).toMatchObject({ exitCode: 1, writes: [] });
  expect(screen).toContain('S3 error: Access Denied');
  story.mend();
  expect(await goingOn(story)).toMatchObject({ exitCode: 0, writes: deployed });
});

test('template-closed-meanwhile: the change set is refused, and the cause is found', async () => {
  const { story, run, screen } = await withTheLink('template-closed-meanwhile');
  await shows('template-closed-meanwhile', screen);
  expect(run).toMatchObject({ exitCode: 1, writes: ['cloudformation:CreateChangeSet'] });
  expect(screen.replace(/\s+/g, ' ')).toContain('CloudFormation may not read a file in S3');
  story.mend();
  expect(await goingOn(story)).toMatchObject({ exitCode: 0, writes: deployed });
});

test('template-not-shown: it was sent the very bytes, so it goes on', async () => {
  const { run, screen } = await withTheLink('template-not-shown');
  await shows('template-not-shown', screen);
  expect(run).toMatchObject({ exitCode: 0, writes: deployed });
  expect(screen.replace(/\s+/g, ' ')).toContain('The endpoint does not show what it deploys.');
});

test('template-large-not-shown: what was read once more can not be compared, so it is cleaned up', async () => {
  const { story, run, screen } = await withTheLink('template-large-not-shown');
  await shows('template-large-not-shown', screen);
  expect(run.exitCode).toBe(1);
  expect(run.writes).toEqual([
    'cloudformation:CreateChangeSet',
    'cloudformation:DeleteChangeSet',
    'cloudformation:DeleteStack',
  ]);
  story.mend();
  expect(await goingOn(story)).toMatchObject({ exitCode: 0, writes: deployed });
});

test('template-transformed: what the transform makes of it is compared too, once somebody answers for it', async () => {
  const { story, run, screen } = await withTheLink('template-transformed');
  await shows('template-transformed', screen);
  expect(run).toMatchObject({ exitCode: 7, writes: [] });
  story.mend();
  const accepted = await goingOn(story);
  await shows('template-transformed-accepted', thirdStep(accepted));
  expect(accepted).toMatchObject({ exitCode: 0, writes: deployed });
  expect(story.calls().filter((call) => call === 'cloudformation:GetTemplate').length).toBeGreaterThanOrEqual(2);
});

tells(changeSets);
