import { describe, expect, test } from 'vitest';
import { known, reach, rehearse } from '../support/rehearsal.ts';

test('the message names everything that Spot needs', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'your-turn', { 'spot-org-id': ['60012345', '60012346'], contact: 'jo@spot.io' });
  const written = await rehearsal.message();
  await expect(written?.body).toMatchFileSnapshot('screens/message.txt');
  const { stdout } = await rehearsal.run.handover();
  expect(stdout).toBe(written?.body);
  // The bytes that are attached are the ones that were deployed.
  expect(Buffer.from(written?.attachment.content ?? []).toString()).toBe(rehearsal.account().stacks[0]?.template);
});

test('handover writes the message again where it is gone, and changes nothing in AWS', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'your-turn');
  const first = await rehearsal.message();
  rehearsal.loseMessage();
  const { exitCode, stdout, writes } = await rehearsal.run.handover();
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(stdout).toBe(first?.body);
  expect((await rehearsal.message())?.body).toBe(first?.body);
});

test('an answer that changes the message makes it be sent again', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  const { run } = rehearsal;
  const { screen, exitCode, writes } = await run.resume({
    flags: { 'spot-org-id': ['60012345', '60099999'] },
    says: { yes: true, sent: false },
  });
  await expect(screen).toMatchFileSnapshot('screens/message-changed.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect((await rehearsal.message())?.body).toContain('60012345, 60099999');
  rehearsal.advance(0.1);
  const sent = await run.resume({ sent: true });
  expect(sent.screen).toContain('Spot prepares the extractor');
});

describe('what Spot was told', () => {
  test.each([
    ['spot-org-id', '60099999'],
    ['msp-account', '777766665555'],
    ['contact', 'jo@spot.io'],
  ])('%s: changed before the link has come, it voids the message, and "sent" is asked again', async (id, value) => {
    const story = rehearse();
    await reach(story, 'waiting-for-link', { contact: 'max@spot.io' });
    const { screen, exitCode } = await story.run.resume({ yes: true, flags: { [id]: value } });
    expect(exitCode).toBe(0);
    expect(screen.replace(/\s+/g, ' ')).toContain(
      'The message that was sent to Spot is void by that. A new one is written, and has to be sent.',
    );
    expect(screen).toContain('spot-cur resume acme --sent');
  });

  test('is said of a message that was only written, too', async () => {
    const story = rehearse();
    await reach(story, 'your-turn');
    const { screen } = await story.run.resume({ yes: true, flags: { 'spot-org-id': '60099999' } });
    expect(screen).toContain('do not send the one before');
  });

  test.each([
    ['spot-org-id', '60099999', '60012345'],
    ['msp-account', '777766665555', '999988887777'],
    ['contact', 'jo@spot.io', 'max@spot.io'],
  ])('%s is refused once the link has come, and the same value is none', async (id, value, before) => {
    const story = rehearse();
    await reach(story, 'ready', { contact: 'max@spot.io' });
    const refused = await story.run.resume({ yes: true, flags: { [id]: value } });
    expect(refused).toMatchObject({ exitCode: 2, writes: [] });
    expect(refused.problem?.message).toBe(
      `--${id} "${value}" is refused: Spot was told "${before}", and has made the link for it.`,
    );
    expect(await story.run.resume({ yes: true, flags: { [id]: before } })).toMatchObject({ exitCode: 0, writes: [] });
  });

  test('is not changed in the very run that brings the link', async () => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    story.advance(49);
    const flags = { link: story.link(), 'spot-org-id': '60099999' };
    expect(await story.run.resume({ yes: true, flags })).toMatchObject({ exitCode: 2, writes: [] });
  });
});

test('--sent is not taken for a message that the same run has written', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(24);
  const { screen, exitCode } = await rehearsal.run.resume({ yes: true, sent: true });
  expect(exitCode).toBe(0);
  expect(screen).toContain('--sent was not taken down');
  expect((await rehearsal.state())?.notes.sent).toBeUndefined();
});

test('a link that is given early says that the message was sent, and the extractor comes at once', async () => {
  const rehearsal = rehearse();
  const { run, advance } = rehearsal;
  await reach(rehearsal, 'your-turn');
  await run.resume({ yes: true, sent: true });
  advance(49);
  const link = rehearsal.link();
  rehearsal.loseState();
  const { exitCode, screen } = await run.setup({ yes: true, flags: { ...known, link } });
  expect(exitCode).toBe(0);
  expect(screen).toContain('All three steps are done');
});

test('a link is kept from the first day on, and used once its turn has come', async () => {
  const other = rehearse();
  await reach(other, 'waiting-for-link');
  other.advance(49);
  const link = other.link();
  const { run, advance, account, state } = rehearse();
  expect((await run.setup({ yes: true, flags: { ...known, link } })).exitCode).toBe(0);
  expect((await state())?.answers.link).toBe(link);
  advance(24);
  const { exitCode } = await run.resume({ yes: true });
  expect(exitCode).toBe(0);
  expect(account().stacks.map(({ name }) => name)).toEqual(['SpotEcoStack', 'SpotExtractor']);
});

test('at a terminal the link is asked for during the wait, and a wrong one is explained', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting-for-link');
  rehearsal.advance(49);
  const wrong = 'https://example.com/#/stacks/create/review?templateURL=x';
  const { screen, exitCode } = await rehearsal.run.resume({
    says: { link: [wrong, rehearsal.link()], correct: '(go on)', yes: true },
  });
  expect(exitCode).toBe(0);
  expect(screen).toContain('instead of console.aws.amazon.com');
  expect(screen).toContain('All three steps are done');
});
