import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { reach, rehearse } from '../support/rehearsal.ts';

const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
const expired = { code: 'ExpiredToken', message: 'The security token included in the request is expired', status: 403 };

describe('what is printed', () => {
  test('the text, with all that a person needs to send it', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'your-turn', { 'spot-org-id': ['60012345', '60012346'], contact: 'jo@spot.io' });
    const { screen, exitCode } = await rehearsal.run.handover();
    await expect(screen).toMatchFileSnapshot('screens/handover.txt');
    expect(exitCode).toBe(0);
  });

  test('the draft, byte for byte as it is written', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'your-turn');
    const { stdout } = await rehearsal.run.handover({ format: 'eml' });
    const draft = Buffer.from((await rehearsal.message())?.draft ?? []);
    expect(stdout).toBe(draft.toString('latin1'));
    expect(stdout.split('\r\n').join('')).not.toMatch(/[\r\n]/);
    expect(stdout).toContain('X-Unsent: 1\r\n');
    expect(stdout).not.toMatch(/^To:/im);
  });

  test('JSON, with what was sent and when the link is due', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting-for-link', { 'spot-org-id': ['60012345', '60012346'], contact: 'jo@spot.io' });
    const written = await rehearsal.message();
    const document = JSON.parse((await rehearsal.run.handover({ json: true })).stdout);
    expect(document).toEqual({
      schema: 'spot-cur/handover@1',
      customer: 'acme',
      kind: 'message',
      to: 'jo@spot.io',
      subject: 'Connect AWS account 111122223333 to Spot: Cost and Usage Report and crawler',
      body: written?.body,
      eml: written?.eml,
      text: written?.text,
      attachment: { path: written?.attachment.path, sha256: sha256(rehearsal.account().stacks[0]?.template ?? '') },
      sentAt: expect.stringMatching(/^2026-11-24T.*Z$/),
      expectedBy: expect.stringMatching(/^2026-11-27T.*Z$/),
      overdue: false,
      answered: false,
      delivery: { state: 'same' },
    });
    rehearsal.advance(72.1);
    expect(JSON.parse((await rehearsal.run.handover({ json: true })).stdout).overdue).toBe(true);
  });
});

describe('the draft in the mail program', () => {
  test('is opened', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'your-turn');
    const { screen, exitCode } = await rehearsal.run.handover({ open: true });
    expect({ exitCode, opened: rehearsal.opened }).toEqual({ exitCode: 0, opened: ['(rehearsal) message.eml'] });
    expect(screen).toContain('Your mail program shows the draft. When it is sent: spot-cur resume acme --sent');
  });

  test('can not be opened everywhere, which is said with what to do instead', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'your-turn');
    const windowless = 'this is a remote machine (SSH)';
    const { screen, exitCode, stdout } = await rehearsal.run.handover({ open: true, windowless });
    await expect(screen).toMatchFileSnapshot('screens/handover-windowless.txt');
    expect(exitCode).toBe(1);
    // The message is handed over all the same.
    expect(stdout).toBe((await rehearsal.message())?.body);
    const asked = await rehearsal.run.handover({ open: true, windowless, json: true });
    expect(JSON.parse(asked.stdout)).toMatchObject({ opened: false, notOpened: windowless });
  });

  test('is opened only when that is asked for', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting-for-link');
    await rehearsal.run.handover();
    await rehearsal.run.handover({ reminder: true });
    expect(rehearsal.opened).toEqual([]);
    await rehearsal.run.handover({ reminder: true, open: true });
    expect(rehearsal.opened).toEqual(['(rehearsal) reminder.eml']);
  });
});

describe('at any time', () => {
  test('before the report is delivered, what is missing is said', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting');
    const { exitCode, screen, writes } = await rehearsal.run.handover();
    await expect(screen).toMatchFileSnapshot('screens/handover-too-early.txt');
    expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  });

  test('before the answers are there, the questions are named', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting');
    await rehearsal.damage(({ answers: { 'spot-org-id': _, ...answers }, ...state }) => ({ ...state, answers }));
    const { exitCode, problem } = await rehearsal.run.handover();
    expect(exitCode).toBe(2);
    expect(problem?.message).toContain('These questions have no answer: Spot Org IDs.');
    expect(problem?.advice).toEqual(['Answer them: spot-cur resume acme']);
  });

  test('once the report is delivered, before anything else was done', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting');
    rehearsal.advance(24);
    const { exitCode, writes } = await rehearsal.run.handover();
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
    const attached = (await rehearsal.message())?.attachment.sha256;
    await rehearsal.run.resume({ yes: true });
    expect(sha256(rehearsal.account().stacks[0]?.template ?? '')).toBe(attached);
  });

  test('where a fact has changed since, and what was sent is void', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting-for-link');
    await rehearsal.damage((state) => ({ ...state, answers: { ...state.answers, contact: 'al@spot.io' } }));
    rehearsal.advance(5);
    const { screen, exitCode } = await rehearsal.run.handover();
    await expect(screen).toMatchFileSnapshot('screens/handover-changed.txt');
    expect(exitCode).toBe(0);
    expect(Buffer.from((await rehearsal.message())?.draft ?? []).toString()).toContain('To: al@spot.io\r\n');
    expect((await rehearsal.run.status()).screen).toContain('has to be sent again');
  });

  test('after it was sent, after 72 hours, and after the link has come', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting-for-link');
    rehearsal.advance(5);
    const sent = await rehearsal.run.handover();
    expect(sent.screen).toContain('This message was sent on Tue, 24 Nov 2026');
    expect(sent.screen).toContain("spot-cur resume acme --link '<link>'");
    rehearsal.advance(70);
    const late = await rehearsal.run.handover();
    expect(late.screen).toContain('\nspot-cur handover acme --reminder');
    await rehearsal.run.resume({ yes: true, flags: { link: rehearsal.link() } });
    const answered = await rehearsal.run.handover();
    expect(answered.exitCode).toBe(0);
    expect(answered.stdout).toBe(sent.stdout);
    expect(answered.screen).toContain('nothing has to be sent any more');
  });

  test('with credentials that have ended, from what is kept', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'your-turn');
    rehearsal.refuse('sts:GetCallerIdentity', expired);
    const { screen, exitCode, stdout } = await rehearsal.run.handover();
    await expect(screen).toMatchFileSnapshot('screens/handover-expired.txt');
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await rehearsal.message())?.body);
    // A new contact needs no credentials either.
    await rehearsal.damage((state) => ({ ...state, answers: { ...state.answers, contact: 'jo@spot.io' } }));
    expect(await rehearsal.run.handover()).toMatchObject({ exitCode: 0, writes: [] });
    expect((await rehearsal.state())?.notes.message).toBeDefined();
    // What is lost can't be written without AWS.
    rehearsal.loseMessage();
    expect(await rehearsal.run.handover()).toMatchObject({ exitCode: 4, stdout: '' });
  });

  test('while AWS keeps silent, after a little patience', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'your-turn');
    rehearsal.hang('s3:HeadObject');
    const { exitCode, screen, stdout } = await rehearsal.run.handover();
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await rehearsal.message())?.body);
    expect(screen.replace(/\s+/g, ' ')).toContain('AWS did not answer within 10 seconds');
  });

  test('but not with --account naming another one', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'your-turn');
    const { exitCode, screen } = await rehearsal.run.handover({ flags: { account: '444455556666' } });
    expect(exitCode).toBe(1);
    expect(screen).toContain('acme is the connection of account 111122223333');
  });
});

test('once everything is done, nobody is sent on', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'ready');
  const { screen, exitCode } = await rehearsal.run.handover();
  expect(exitCode).toBe(0);
  expect(screen).toContain('The extractor stands. How it is: spot-cur status acme');
  expect(screen).not.toContain('spot-cur resume');
  const reminded = await rehearsal.run.handover({ reminder: true });
  expect(reminded.problem?.advice).toEqual(['The extractor stands. How it is: spot-cur status acme']);
});
