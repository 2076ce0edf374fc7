import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { messages } from '../../../src/simulator/scenes/messages.ts';

import { reach, rehearse } from '../../support/rehearsal.ts';
import { shows, tells } from '../../support/scene-stories.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('crawler-file-changes: what was mailed is what stands, and status says that AWS delivers another file', async () => {
  const story = rehearse('crawler-file-changes');
  await reach(story, 'waiting-for-link');
  const attached = (await story.message())?.attachment.sha256;
  story.advance(25);
  expect(await story.run.resume({ yes: true })).toMatchObject({ exitCode: 0, writes: [] });
  const { screen, exitCode, writes } = await story.run.status();
  await shows('crawler-file-changes', screen);
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(sha256(story.account().stacks[0]?.template ?? '')).toBe(attached);
  story.advance(24);
  const { exitCode: last } = await story.run.resume({ yes: true, flags: { link: story.link() } });
  expect(last).toBe(0);
  expect((await story.run.status({ json: true })).stdout).toContain('"ready"');
});

test('spot-is-late: after 72 hours the walk advises a reminder, and goes on once the link has come', async () => {
  const story = rehearse('spot-is-late');
  await reach(story, 'waiting-for-link');
  story.advance(73);
  const { screen, exitCode, writes } = await story.run.resume({ yes: true });
  await shows('spot-is-late', screen);
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  const reminder = await story.run.handover({ reminder: true });
  expect(reminder.stdout).toContain('Could you send the link');
  story.advance(2);
  await story.run.resume({ yes: true, flags: { link: story.link() } });
  expect((await story.run.status({ json: true })).stdout).toContain('"ready"');
});

tells(messages);
