import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { acme, msp } from '../support/simulated-aws.ts';
import { bare, documentOf, engineerOf, journey, run } from '../support/spot-cur.ts';

const role = `arn:aws:iam::${acme}:role/SpotSetup`;
const setup = ['setup', 'acme', '--yes', '--spot-org-id', '60012345'];

/** Writes the shared files as the AWS CLI has them. */
const shared = async (home: string, config: string): Promise<void> => {
  await mkdir(join(home, '.aws'), { recursive: true });
  await writeFile(join(home, '.aws/config'), config);
  const keys = (name: string, id: string) =>
    `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = simulated\n`;
  await writeFile(join(home, '.aws/credentials'), keys('msp', msp) + keys('direct', acme));
};

describe.concurrent("the MSP's account", { timeout: 60_000 }, () => {
  journey('is proposed from the source_profile of the profile’s role', async ({ home, aws, expect }) => {
    await shared(home, `[profile acme]\nrole_arn = ${role}\nsource_profile = msp\nendpoint_url = ${aws.url}\n`);
    const ended = await run([...setup, '--profile', 'acme'], { env: bare(home) });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain(`--msp-account ${msp}`);
  });

  journey('is proposed from the credential_source of the profile’s role', async ({ home, aws, expect }) => {
    await shared(home, `[profile acme]\nrole_arn = ${role}\ncredential_source = Environment\n`);
    const ended = await run([...setup, '--profile', 'acme'], { env: engineerOf(home, aws.url, msp) });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain(`--msp-account ${msp}`);
  });

  journey('is proposed where AWS_PROFILE names the profile', async ({ home, aws, expect }) => {
    await shared(home, `[profile acme]\nrole_arn = ${role}\nsource_profile = msp\n`);
    const env = { ...bare(home), AWS_PROFILE: 'acme', AWS_ENDPOINT_URL: aws.url };
    const ended = await run(setup, { env });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain(`--msp-account ${msp}`);
  });

  journey('is asked for at a terminal with where it comes from', async ({ home, aws, atTerminal, expect }) => {
    await shared(home, `[profile acme]\nrole_arn = ${role}\nsource_profile = msp\n`);
    const env = { ...bare(home), AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const terminal = atTerminal(['setup', 'acme', '--spot-org-id', '60012345', '--profile', 'acme'], { env });
    const screen = await terminal.waitFor('Is this right?');
    expect(screen.replace(/\s+/g, ' ')).toContain(`${msp} (the role was assumed from the profile msp)`);
    expect((await aws.writes()).length).toBe(0);
  });

  journey('has to be named where no role is assumed, before AWS is asked', async ({ home, aws, expect }) => {
    await shared(home, '');
    const env = { ...bare(home), AWS_ENDPOINT_URL: aws.url };
    const ended = await run([...setup, '--json', '--profile', 'direct'], { env });
    expect(ended.code).toBe(2);
    expect(documentOf(ended)).toMatchObject({ error: { code: 'usage' } });
    expect(ended.stdout).toContain('--msp-account');
    expect(await aws.calls()).toEqual([]);
  });

  journey('is not proposed when the role is assumed within the customer’s account', async ({ home, aws, expect }) => {
    await shared(home, `[profile acme]\nrole_arn = ${role}\nsource_profile = direct\n`);
    const env = { ...bare(home), AWS_ENDPOINT_URL: aws.url };
    const ended = await run([...setup, '--json', '--profile', 'acme'], { env });
    expect(ended.code, ended.stdout).toBe(2);
    expect(ended.stdout).toContain('--msp-account');
    expect(await aws.writes()).toEqual([]);
  });
});
