import { expect, test } from 'vitest';
import { reach, rehearse } from '../support/rehearsal.ts';

test('after 72 hours status and resume advise a reminder, and handover writes it', async () => {
  const rehearsal = rehearse('spot-is-late');
  await reach(rehearsal, 'waiting-for-link', { 'spot-org-id': ['60012345', '60012346'], contact: 'jo@spot.io' });
  const { run, advance } = rehearsal;
  advance(71);
  expect((await run.status()).screen).not.toContain('--reminder');
  advance(2);
  expect(rehearsal.link()).toBe('');
  expect((await run.status()).screen).toContain('spot-cur handover acme --reminder');
  const resumed = await run.resume({ yes: true });
  await expect(resumed.screen).toMatchFileSnapshot('screens/link-overdue.txt');
  const { screen, exitCode, writes } = await run.handover({ reminder: true });
  await expect(screen).toMatchFileSnapshot('screens/reminder.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
});

test('the reminder is a draft with the same file, and JSON', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link', { contact: 'jo@spot.io' });
  rehearsal.advance(73);
  const eml = (await rehearsal.run.handover({ reminder: true, format: 'eml' })).stdout;
  expect(eml).toContain('To: jo@spot.io\r\n');
  expect(eml).toMatch(/^Subject: Reminder: Connect AWS account 111122223333/m);
  const message = await rehearsal.message();
  expect(eml.replaceAll('\r\n', '')).toContain(Buffer.from(message?.attachment.content ?? []).toString('base64'));
  const document = JSON.parse((await rehearsal.run.handover({ reminder: true, json: true })).stdout);
  expect(document).toMatchObject({
    kind: 'reminder',
    to: 'jo@spot.io',
    eml: '(rehearsal) reminder.eml',
    attachment: { sha256: message?.attachment.sha256 },
    overdue: true,
  });
  expect(document.body).toContain(message?.attachment.sha256);
  // The message itself is still the one that was sent.
  expect((await rehearsal.message())?.eml).toBe('(rehearsal) message.eml');
});

test('before the message is marked as sent there is nothing to remind of', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'your-turn');
  const { exitCode, screen } = await rehearsal.run.handover({ reminder: true });
  expect(exitCode).toBe(2);
  expect(screen).toContain('spot-cur resume acme --sent');
});

test('a reminder of a message that has changed since would be wrong', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  await rehearsal.damage((state) => ({ ...state, answers: { ...state.answers, 'spot-org-id': ['60099999'] } }));
  const { exitCode, screen } = await rehearsal.run.handover({ reminder: true });
  expect(exitCode).toBe(2);
  expect(screen).toContain('The message has changed since it was sent on Tue, 24 Nov 2026');
});

test('nobody is reminded of a link that has come', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'ready');
  const { exitCode, screen } = await rehearsal.run.handover({ reminder: true });
  expect(exitCode).toBe(2);
  expect(screen).toContain("Spot's link has come already");
});

test('a reminder within the 72 hours is written, and called early', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(20);
  const { exitCode, screen } = await rehearsal.run.handover({ reminder: true });
  expect(exitCode).toBe(0);
  expect(screen).toContain('you may be early');
});

test('a reminder of a message that is written anew makes no sense', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  const before = await rehearsal.message();
  const { exitCode, problem } = await rehearsal.run.handover({ reminder: true, fresh: true });
  expect(exitCode).toBe(2);
  expect(problem?.message).toContain('exclude each other');
  expect(await rehearsal.message()).toBe(before);
});
