import { expect, test } from 'vitest';
import { known, type Phase, reach, rehearse } from '../support/rehearsal.ts';

const phases: readonly Phase[] = ['waiting', 'your-turn', 'waiting-for-link', 'ready'];

test.each(phases)('while it is %s, each command run once more writes nothing', async (phase) => {
  const rehearsal = rehearse();
  await reach(rehearsal, phase);
  // Long enough for nothing to be thought of as slow to show.
  rehearsal.advance(0.1);
  const { run } = rehearsal;
  const before = await rehearsal.state();
  const already = rehearsal.mutatingCalls().length;
  for (const command of [run.setup, run.resume, run.status]) {
    const { exitCode, writes } = await command({ yes: true });
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  }
  expect(rehearsal.mutatingCalls().length).toBe(already);
  expect(await rehearsal.state()).toEqual(before);
});

test.each(phases)('while it is %s, a lost state costs typing and nothing else', async (phase) => {
  const rehearsal = rehearse();
  await reach(rehearsal, phase);
  rehearsal.advance(0.1);
  rehearsal.loseState();
  const { exitCode, writes } = await rehearsal.run.setup({ yes: true, flags: known });
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  const { provenance = {} } = (await rehearsal.state()) ?? {};
  expect(Object.values(provenance).every(({ origin }) => origin === 'found')).toBe(true);
  expect(Object.keys(provenance)).toEqual(
    {
      waiting: ['bucket', 'report'],
      'your-turn': ['bucket', 'report', 'crawler-stack', 'crawler-schedule'],
      'waiting-for-link': ['bucket', 'report', 'crawler-stack', 'crawler-schedule'],
      ready: ['bucket', 'report', 'crawler-stack', 'crawler-schedule', 'extractor-stack'],
    }[phase],
  );
});

test('with the state lost at the end, the screen says that all is done', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'ready');
  rehearsal.advance(0.1);
  rehearsal.loseState();
  const { screen } = await rehearsal.run.setup({ yes: true, flags: known });
  await expect(screen).toMatchFileSnapshot('screens/state-lost-when-ready.txt');
});

test.each(phases)('while it is %s, a dry run makes no call that writes and saves nothing', async (phase) => {
  const rehearsal = rehearse();
  const { run, advance, link } = rehearsal;
  const dry = async (start: Parameters<typeof run.resume>[0]) => {
    const before = JSON.stringify([await rehearsal.state(), await rehearsal.message()]);
    const { exitCode, writes } = await run.resume({ ...start, dryRun: true });
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
    expect(JSON.stringify([await rehearsal.state(), await rehearsal.message()])).toBe(before);
  };
  await reach(rehearsal, phase);
  await dry({});
  await dry({ sent: true, flags: phase === 'ready' ? {} : { contact: 'jo@spot.io' } });
  advance(49);
  if (link()) await dry({ flags: { link: link() } });
});

test('a dry run that is blocked names what can be typed: nothing is saved that could be resumed', async () => {
  const { run, stage } = rehearse('report-fits');
  // What the look ahead does without, and the walk does not.
  stage().deny({ action: 's3:GetObject' });
  const { screen, exitCode } = await run.setup({ yes: true, dryRun: true, flags: known });
  expect(exitCode).toBe(1);
  expect(screen.replace(/\n\| /g, ' ')).toMatch(/dry run: nothing was written, and the connection is not saved yet/);
  expect(screen).toContain('  spot-cur setup acme');
  expect(screen).not.toContain('Everything done so far is saved');
});

test('a dry run of a setup shows the plan, asks AWS only, and leaves no connection', async () => {
  const { run, state, world } = rehearse();
  const { screen, exitCode, writes } = await run.setup({ dryRun: true, flags: known });
  await expect(screen).toMatchFileSnapshot('screens/dry-run.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(await state()).toBeUndefined();
  expect(Object.keys(world.buckets)).not.toContain('spotinst-cur-report');
});

test('who declines the plan loses nothing but the walk', async () => {
  const { run, state } = rehearse();
  const declined = await run.setup({
    says: { 'spot-org-id': '60012345', 'msp-account': '999988887777', correct: '(go on)', yes: false },
  });
  await expect(declined.screen).toMatchFileSnapshot('screens/declined.txt');
  expect(declined).toMatchObject({ exitCode: 1, writes: [] });
  expect((await state())?.answers).toMatchObject({ 'spot-org-id': ['60012345'], 'msp-account': '999988887777' });
  const resumed = await run.resume({ says: { yes: true } });
  expect(resumed.exitCode).toBe(0);
  expect(resumed.writes).toContain('cur:PutReportDefinition');
});
