import { expect, test } from 'vitest';
import { type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';
import { ctrlC, type Script } from '../support/scripted-terminal.ts';

const answers = { 'spot-org-id': '60012345', 'msp-account': '999988887777' };

test.each<[string, Script, readonly string[]]>([
  ['the first question', { 'spot-org-id': ctrlC }, []],
  ['the second question', { 'spot-org-id': '60012345', 'msp-account': ctrlC }, ['spot-org-id']],
  ['the one screen', { ...answers, correct: ctrlC }, ['spot-org-id', 'msp-account']],
  [
    'a correction',
    { ...answers, correct: ['prefix', 'contact'], prefix: 'acme_eco', contact: ctrlC },
    ['spot-org-id', 'msp-account', 'prefix'],
  ],
  ['the plan', { ...answers, correct: '(go on)', yes: ctrlC }, ['spot-org-id', 'msp-account', 'prefix', 'contact']],
])('Ctrl-C at %s of a setup keeps what was typed, and resume goes on there', async (_, says, kept) => {
  const { run, state, account } = rehearse();
  const left = await run.setup({ says });
  expect(left).toMatchObject({ exitCode: 130, writes: [] });
  const saved = (await state())?.answers ?? {};
  for (const id of kept) expect(saved).toHaveProperty(id);
  const rest = Object.fromEntries(Object.entries(answers).filter(([id]) => !(id in saved)));
  const asked = Object.keys(saved).length > 5 ? {} : { correct: '(go on)' };
  const command = kept.length === 0 ? run.setup : run.resume;
  const { exitCode } = await command({ says: { ...rest, ...asked, yes: true } });
  expect(exitCode).toBe(0);
  expect(account().reports.length).toBe(1);
});

const goesOn = async (rehearsal: Rehearsal, says: Script) => {
  const before = await rehearsal.state();
  const left = await rehearsal.run.resume({ says });
  expect(left).toMatchObject({ exitCode: 130, writes: [] });
  expect((await rehearsal.state())?.notes).toEqual(before?.notes);
};

test('Ctrl-C at the plan for the crawler writes nothing', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  await goesOn(rehearsal, { yes: ctrlC });
  expect((await rehearsal.run.resume({ says: { yes: true, sent: true, link: '' } })).exitCode).toBe(0);
});

test('Ctrl-C when asked whether the message was sent takes nothing down', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'your-turn');
  await goesOn(rehearsal, { sent: ctrlC });
  expect((await rehearsal.run.resume({ says: { sent: true, link: '' } })).exitCode).toBe(0);
});

test('Ctrl-C when asked for the link, and at each prompt after it, loses nothing', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  await goesOn(rehearsal, { link: ctrlC });
  await goesOn(rehearsal, { link: rehearsal.link(), correct: ctrlC });
  expect((await rehearsal.state())?.answers.link).toBe(rehearsal.link());
  await goesOn(rehearsal, { correct: '(go on)', yes: ctrlC });
  const { exitCode, screen } = await rehearsal.run.resume({ says: { yes: true } });
  expect(exitCode).toBe(0);
  expect(screen).toContain('All three steps are done');
});
