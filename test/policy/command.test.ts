import { describe, expect, test } from 'vitest';
import { acme, reach, rehearse } from '../support/rehearsal.ts';

const noConnection = { customer: undefined };

describe('spot-cur policy', () => {
  test('prints what a read-only role needs, and how to attach it', async () => {
    const { run } = rehearse();
    const { exitCode, screen } = await run.policy({ ...noConnection, phases: ['status'], flags: { account: acme } });
    expect(exitCode).toBe(0);
    await expect(screen).toMatchFileSnapshot('screens/status.txt');
  });

  test('prints what setup needs', async () => {
    const { run } = rehearse();
    const { stdout } = await run.policy({ ...noConnection, phases: ['setup'], flags: { account: acme } });
    await expect(stdout).toMatchFileSnapshot('screens/setup.txt');
  });

  test('needs neither connection nor credentials nor AWS, and says what it lacks then', async () => {
    const { run, calls } = rehearse();
    const { exitCode, screen, stdout } = await run.policy(noConnection);
    expect(exitCode).toBe(0);
    expect(calls()).toEqual([]);
    expect(stdout).toContain('arn:aws:iam::*:role/SpotEcoStack-*');
    await expect(screen.replace(/^\| .*\n/gm, '')).toMatchFileSnapshot('screens/all-without-link.txt');
  });

  test("takes the extractor's part from the template of the link", async () => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    story.advance(49);
    const flags = { link: story.link() };
    const before = story.calls().length;
    const { exitCode, screen } = await story.run.policy({ phases: ['extractor'], flags });
    expect(exitCode).toBe(0);
    expect(story.calls().slice(before)).toEqual(['s3:GetObject']);
    await expect(screen).toMatchFileSnapshot('screens/extractor.txt');
  });

  test("goes by the connection's names, role and link once they are saved", async () => {
    const story = rehearse();
    await reach(story, 'ready', { bucket: 'acme-cur', prefix: 'spot', 'stack-name': 'Acme' });
    await story.damage((state) => ({ ...state, access: { roleArn: `arn:aws:iam::${acme}:role/msp/Setup` } }));
    const { stdout, screen } = await story.run.policy();
    for (const name of ['s3:::acme-cur/spot/acme-cur/*', 'stack/Acme/*', 'role/Acme-*', 'role/SpotExtractor-*'])
      expect(stdout).toContain(name);
    expect(stdout).toContain(`"arn:aws:iam::${acme}:role/msp/Setup"`);
    expect(screen).toContain('--role-name Setup');
    expect(JSON.parse(stdout).Version).toBe('2012-10-17');
  });

  test('several phases come as one policy, in the order of the work', async () => {
    const { run } = rehearse();
    const { stdout } = await run.policy({ ...noConnection, phases: ['setup', 'status'] });
    const sids = JSON.parse(stdout).Statement.map(({ Sid }: { Sid: string }) => Sid);
    expect(sids.filter((sid: string) => /^Status/.test(sid)).length).toBeGreaterThan(5);
    expect(sids.filter((sid: string) => /^SetupRead/.test(sid))).toEqual([]);
  });

  test('of a role that is given is narrowed to its account', async () => {
    const { run } = rehearse();
    const flags = { 'role-arn': `arn:aws:iam::${acme}:role/msp/Setup` };
    const { stdout, screen } = await run.policy({ ...noConnection, phases: ['setup'], flags });
    expect(stdout).toContain(`arn:aws:cloudformation:us-east-1:${acme}:stack/SpotEcoStack/*`);
    expect(stdout).not.toContain(':*:');
    expect(screen).toContain(`in account ${acme}`);
    const elsewhere = { ...noConnection, flags: { ...flags, account: '999988887777' } };
    expect(await run.policy(elsewhere)).toMatchObject({ exitCode: 1, problem: { code: 'wrong-account' } });
  });

  test("names what the table lacks of the extractor's template", async () => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    story.advance(49);
    story.stage().offer(`Parameters: { CURBucketName: { Type: String } }
Resources:
  Graph: { Type: AWS::Neptune::DBCluster }
  Topic: { Type: AWS::SNS::Topic }
`);
    const { screen, exitCode } = await story.run.policy({ phases: ['extractor'], flags: { link: story.link() } });
    expect(exitCode).toBe(0);
    expect(screen.replace(/\s+/g, ' ')).toContain(
      "The extractor's template creates AWS::Neptune::DBCluster, and what that takes is not known here: add the rights to create, read and delete it by hand.",
    );
  });
});

describe('what it refuses', () => {
  const refused = async (start: Parameters<ReturnType<typeof rehearse>['run']['policy']>[0]) => {
    const story = rehearse();
    const { exitCode, screen, stdout } = await story.run.policy(start);
    expect(stdout).toBe('');
    return { exitCode, screen: screen.replace(/\s+/g, ' ') };
  };

  test('phases that are none, all at once, naming the four', async () => {
    const { exitCode, screen } = await refused({ ...noConnection, phases: ['Setup', 'all'], flags: { account: '1' } });
    expect(exitCode).toBe(2);
    expect(screen).toContain("3 answers are missing or can't be right");
    expect(screen).toContain('--phase "Setup": a phase is status, setup, extractor or remove. Example: --phase status');
    expect(screen).toContain('--phase "all"');
    expect(screen).toContain('--account "1"');
  });

  test('a customer that there is not', async () => {
    const { exitCode, screen } = await refused({ customer: 'nobody' });
    expect(exitCode).toBe(2);
    expect(screen).toContain('There is no connection named nobody.');
  });

  test("another account than the connection's", async () => {
    const story = rehearse();
    await reach(story, 'waiting');
    const { exitCode, screen } = await story.run.policy({ flags: { account: '999988887777' } });
    expect(exitCode).toBe(1);
    expect(screen.replace(/\s+/g, ' ')).toContain(`acme is the connection of account ${acme}, and --account names`);
  });

  test('a hostile link', async () => {
    const { exitCode, screen } = await refused({ ...noConnection, flags: { link: 'https://evil.example/#/stacks' } });
    expect(exitCode).toBe(2);
    expect(screen).toContain('evil.example');
  });

  test('a template that is larger than CloudFormation takes', async () => {
    const story = rehearse();
    await reach(story, 'waiting-for-link');
    story.advance(49);
    story.stage().offer(`# ${'x'.repeat(1024 * 1024)}`);
    const run = await story.run.policy({ phases: ['extractor'], flags: { link: story.link() } });
    expect(run).toMatchObject({ exitCode: 1, problem: { message: expect.stringContaining('larger than 1 MiB') } });
  });

  test('a report name that no bucket can bear', async () => {
    const { exitCode, screen } = await refused({ ...noConnection, flags: { 'report-name': 'No_Bucket' } });
    expect(exitCode).toBe(2);
    expect(screen).toContain('--report-name');
  });
});
