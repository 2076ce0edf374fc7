import { expect, test } from 'vitest';
import { known, reach, rehearse } from '../support/rehearsal.ts';

test('--account of another customer does not outrank the account of the connection', async () => {
  const rehearsal = rehearse();
  const other = '222222222222';
  await reach(rehearsal, 'waiting');
  const { exitCode, problem, writes } = await rehearsal.run.resume({
    yes: true,
    as: other,
    flags: { account: other },
  });
  expect({ exitCode, code: problem?.code, writes }).toEqual({ exitCode: 1, code: 'wrong-account', writes: [] });
  expect((await rehearsal.state())?.answers.account).toBeUndefined();
});

test('answers that a hand has changed are refused before any call, naming file, field and rule', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  await rehearsal.damage((state) => ({ ...state, answers: { ...state.answers, bucket: '../Bad' } }));
  const before = rehearsal.world.calls.length;
  for (const run of [rehearsal.run.resume, rehearsal.run.status, rehearsal.run.handover]) {
    const { exitCode, problem } = await run();
    expect({ exitCode, code: problem?.code }).toEqual({ exitCode: 1, code: 'state' });
    expect(problem?.message).toContain('acme.json');
    expect(problem?.advice[0]).toMatch(/^bucket "\.\.\/Bad": a bucket name has/);
  }
  expect(rehearsal.world.calls.length).toBe(before);
});

test('what AWS, or what stands in for it, answers about Billing Transfer never stops the walk', async () => {
  const { run, refuse } = rehearse();
  refuse('organizations:ListOutboundResponsibilityTransfers', { code: 'Oddity', message: '', status: 500 });
  const { exitCode, screen } = await run.setup({ yes: true, flags: known });
  expect(exitCode).toBe(0);
  expect(screen).toContain('! Whether billing has been transferred could not be checked');
});
