import { expect, test } from 'vitest';
import { acme, known, reach, rehearse } from '../support/rehearsal.ts';

const payer = '444455556666';
const unreadable = {
  code: 'AccessDeniedException',
  message: `User: arn:aws:iam::${acme}:user/engineer is not authorized to perform: organizations:DescribeOrganization`,
};

test('a member account is refused, naming the management account', async () => {
  const { run, account } = rehearse();
  account().organization = { id: 'o-acme', managementAccount: payer };
  const { screen, exitCode, writes } = await run.setup({ yes: true, flags: known });
  await expect(screen).toMatchFileSnapshot('screens/member-account.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});

test('an account that leaves its own organization for another is refused later on too', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.account().organization = { id: 'o-acme', managementAccount: payer };
  expect(await rehearsal.run.resume({ yes: true })).toMatchObject({ exitCode: 1, writes: [] });
});

test('a standalone account is fine, with a note', async () => {
  const { run, account } = rehearse();
  delete account().organization;
  const { exitCode } = await run.setup({ yes: true, flags: known });
  expect(exitCode).toBe(0);
  const { stdout } = await run.status();
  expect(stdout).toContain(`✔ Account ${acme}: a standalone account, in no organization.`);
});

test('where the organization may not be seen, the user vouches for the account by typing its id', async () => {
  const { run, refuse, state } = rehearse();
  refuse('organizations:DescribeOrganization', unreadable);
  const { screen, exitCode } = await run.setup({
    flags: known,
    says: { account: ['1111', acme], correct: '(go on)', yes: true },
  });
  await expect(screen).toMatchFileSnapshot('screens/vouching.txt');
  expect(exitCode).toBe(0);
  expect((await state())?.answers.account).toBe(acme);
});

test('who vouches for another account than the one at hand is stopped', async () => {
  const { run, refuse } = rehearse();
  refuse('organizations:DescribeOrganization', unreadable);
  const { exitCode, writes } = await run.setup({
    flags: known,
    says: { account: payer, correct: '(go on)' },
  });
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});

test('without a user, --account vouches', async () => {
  const { run, refuse } = rehearse();
  refuse('organizations:DescribeOrganization', unreadable);
  const missing = await run.setup({ yes: true, flags: known });
  expect(missing).toMatchObject({ exitCode: 2, writes: [] });
  expect(missing.screen).toContain('--account');
  expect(await run.setup({ yes: true, flags: { ...known, account: acme } })).toMatchObject({ exitCode: 0 });
});

test('a Billing Transfer in force stops the walk', async () => {
  const { run, account } = rehearse();
  account().billingTransfers = [
    { Id: 'rt-1', Name: 'to the holding', Type: 'BILLING', Status: 'ACCEPTED', StartTimestamp: 1_600_000_000 },
  ];
  const { screen, exitCode, writes } = await run.setup({ yes: true, flags: known });
  await expect(screen).toMatchFileSnapshot('screens/billing-transfer.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});

test('a Billing Transfer that may not be seen is a warning, and one that has ended is nothing', async () => {
  const { run, refuse, account } = rehearse();
  account().billingTransfers = [
    { Id: 'rt-1', Name: 'past', Type: 'BILLING', Status: 'ACCEPTED', StartTimestamp: 1, EndTimestamp: 2 },
  ];
  expect((await run.setup({ dryRun: true, flags: known })).screen).not.toContain('transfer');
  refuse('organizations:ListOutboundResponsibilityTransfers', { code: 'AccessDeniedException', message: 'no' });
  const { exitCode, screen } = await run.setup({ yes: true, flags: known });
  expect(exitCode).toBe(0);
  expect(screen).toContain('! Whether billing has been transferred could not be checked');
});

test('credentials of another account are refused', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  const { screen, exitCode, writes } = await rehearsal.run.resume({ as: payer });
  await expect(screen).toMatchFileSnapshot('screens/wrong-account.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  expect(await rehearsal.run.setup({ customer: 'other', as: payer, flags: { ...known, account: acme } })).toMatchObject(
    {
      exitCode: 1,
      writes: [],
    },
  );
});

test('real and simulated worlds never mix', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  const before = rehearsal.calls().length;
  const { screen, exitCode } = await rehearsal.run.resume({ endpoint: 'http://127.0.0.1:4600' });
  await expect(screen).toMatchFileSnapshot('screens/wrong-endpoint.txt');
  expect(exitCode).toBe(1);
  expect(rehearsal.calls().length).toBe(before);
});

test('a custom endpoint is named in the plan', async () => {
  const { run } = rehearse();
  const { screen } = await run.setup({ dryRun: true, endpoint: 'http://127.0.0.1:4600', flags: known });
  expect(screen).toContain('Not AWS itself: http://127.0.0.1:4600');
});
