import { expect, test } from 'vitest';
import { reach, rehearse } from '../support/rehearsal.ts';

const templates = 'spot-connect-templates';

/** The extractor's template with a statement of a stranger's in it. */
const tampered = async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  const [key = ''] = Object.keys(rehearsal.world.buckets[templates]?.objects ?? {});
  const object = rehearsal.world.buckets[templates]?.objects[key];
  if (!object) throw new Error('the template is not where it was');
  const text = Buffer.from(object.content, 'base64').toString();
  const at = text.lastIndexOf('Statement:\n') + 'Statement:\n'.length;
  const blanks = /^ */.exec(text.slice(at))?.[0] ?? '';
  const strange = [`- Effect: Allow`, `  Action: iam:CreateUser`, `  Resource: '*'`].map(
    (line) => `${blanks}${line}\n`,
  );
  const more = text.slice(0, at) + strange.join('') + text.slice(at);
  Object.assign(object, { content: Buffer.from(more).toString('base64') });
  return rehearsal;
};

test('a template that asks for more than an extractor needs raises an alarm, and nothing is deployed', async () => {
  const { run, link } = await tampered();
  const { screen, exitCode, writes } = await run.resume({ yes: true, flags: { link: link() } });
  await expect(screen).toMatchFileSnapshot('screens/review-alarm.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 7, writes: [] });
});

test('an alarm that was accepted by its id is told, and the stack is deployed', async () => {
  const { run, link } = await tampered();
  const { screen } = await run.resume({ yes: true, flags: { link: link() } });
  const ids = [...screen.matchAll(/--accept-risk\s+(\S+)/g)].map(([, id = '']) => id);
  expect(ids.length).toBeGreaterThan(0);
  const accepted = await run.resume({ yes: true, flags: { 'accept-risk': ids } });
  expect(accepted.exitCode).toBe(0);
  expect(accepted.screen).toContain('! Accepted: ');
});

test("an alarm of one template is not another's", async () => {
  const { run, link } = await tampered();
  const flags = { link: link(), 'accept-risk': ['iam-write.ExtractorRole.00000000'] };
  expect(await run.resume({ yes: true, flags })).toMatchObject({ exitCode: 7, writes: [] });
});

test('what a person confirmed at a terminal is no warning the next time, what --yes confirmed is', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  const first = await rehearsal.run.resume({
    flags: { link: rehearsal.link() },
    says: { correct: '(go on)', yes: true },
  });
  expect(first.screen).toContain('You have never confirmed');
  const notes = (await rehearsal.state())?.notes ?? {};
  expect(notes['confirmed-template-bucket']).toBe(templates);
  const unattended = rehearse();
  await reach(unattended, 'ready');
  expect((await unattended.state())?.notes['confirmed-template-bucket']).toBeUndefined();
});
