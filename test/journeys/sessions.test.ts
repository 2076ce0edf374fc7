import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { inspectingProxy, privateCa } from '../support/inspecting-proxy.ts';
import { type PseudoTerminal, spawn } from '../support/pseudo-terminal.ts';
import { acme, msp, type SimulatedAws, simulatedAws } from '../support/simulated-aws.ts';
import { answers, bare, binary, engineerOf, journey, run } from '../support/spot-cur.ts';

const shared = async (home: string, name: string, content: string): Promise<void> => {
  await mkdir(join(home, '.aws/sso/cache'), { recursive: true });
  await writeFile(join(home, '.aws', name), content);
};

/** Keys of a session as a portal hands them out, pasted into the shared file. */
const paste = (home: string, token: string) =>
  shared(
    home,
    'credentials',
    `[acme]\naws_access_key_id = ${acme}\naws_secret_access_key = simulated\naws_session_token = ${token}\n`,
  );

const setup = ['setup', 'acme', ...answers, '--profile', 'acme'];
const atTerminal = (args: readonly string[], env: Readonly<Record<string, string | undefined>>) =>
  spawn(process.execPath, [binary, ...args], { env, cols: 100, rows: 40 });

const agree = async (terminal: PseudoTerminal) => {
  await terminal.waitFor('❯ Yes, go on', 30_000);
  terminal.press('enter');
  await terminal.waitFor('Do this in account', 30_000);
  terminal.type('y');
  terminal.press('enter');
};
const asksForRenewal = 'Press Enter once that is done';

/** What AWS took, each as often as it did. */
const taken = async (aws: SimulatedAws) =>
  (await aws.calls())
    .filter(({ mutating, status, operation }) => mutating && status < 300 && operation !== 'AssumeRole')
    .map(({ operation }) => operation);
const everythingOnce = ['CreateBucket', 'PutPublicAccessBlock', 'PutBucketPolicy', 'PutReportDefinition'];

const stateOf = async (home: string) => JSON.parse(await readFile(join(home, '.spot-cur/customers/acme.json'), 'utf8'));

describe.concurrent('a session that ends in the middle of a write', { timeout: 90_000 }, () => {
  journey('its keys are pasted anew, and the same call is made again', async ({ home, expect }) => {
    const aws = await simulatedAws('session-ends-in-write');
    await paste(home, 'first');
    const terminal = atTerminal(setup, { ...bare(home), AWS_ENDPOINT_URL: aws.url });
    await agree(terminal);
    await terminal.waitFor(asksForRenewal, 30_000);
    expect(terminal.transcript()).toContain('The AWS session has expired');
    expect(terminal.transcript().replace(/\s+/g, ' ')).toContain('aws sts get-caller-identity --profile acme');
    expect(await taken(aws)).toEqual(everythingOnce.slice(0, 3));
    // Too early: the old keys are still there.
    terminal.press('enter');
    await terminal.waitFor(/Press Enter once[\s\S]*Press Enter once/, 30_000);
    await paste(home, 'second');
    terminal.press('enter');
    expect((await terminal.exit).code, terminal.transcript()).toBe(0);
    expect(terminal.transcript()).toContain('it goes on where it was');
    expect(await taken(aws)).toEqual(everythingOnce);
    await aws.end();
  });

  journey('Ctrl-C there leaves at once, with everything saved', async ({ home, expect }) => {
    const aws = await simulatedAws('session-ends-in-write');
    await paste(home, 'first');
    const env = { ...bare(home), AWS_ENDPOINT_URL: aws.url };
    const terminal = atTerminal(setup, env);
    await agree(terminal);
    await terminal.waitFor(asksForRenewal, 30_000);
    terminal.press('ctrl-c');
    expect((await terminal.exit).code).toBe(130);
    expect(terminal.transcript()).toContain('Interrupted. Everything done so far is saved');
    expect(terminal.transcript()).not.toContain('Finishing the write');
    await paste(home, 'second');
    const resumed = await run(['resume', '--yes'], { env });
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await taken(aws)).toEqual(everythingOnce);
    await aws.end();
  });

  journey('unattended it is exit code 4, and resume finishes', async ({ home, expect }) => {
    const aws = await simulatedAws('session-ends-in-write');
    await paste(home, 'first');
    const env = { ...bare(home), AWS_ENDPOINT_URL: aws.url };
    const ended = await run([...setup, '--yes'], { env });
    expect(ended.code, ended.stderr).toBe(4);
    const { journal } = await stateOf(home);
    expect(journal.map(({ outcome }: { readonly outcome: string }) => outcome)).toEqual([
      'done',
      'done',
      'done',
      'failed',
    ]);
    expect((await run(['resume', '--yes'], { env })).code).toBe(4);
    await paste(home, 'second');
    const resumed = await run(['resume', '--yes'], { env });
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await taken(aws)).toEqual(everythingOnce);
    await aws.end();
  });

  journey('keys in the environment are not asked for, as they can’t change', async ({ home, expect }) => {
    const aws = await simulatedAws('session-ends-in-write');
    const env = { ...engineerOf(home, aws.url), AWS_SESSION_TOKEN: 'first' };
    const terminal = atTerminal(['setup', 'acme', ...answers], env);
    await agree(terminal);
    expect((await terminal.exit).code).toBe(4);
    expect(terminal.transcript()).not.toContain(asksForRenewal);
    expect(terminal.transcript().replace(/\s+/g, ' ')).toContain('set AWS_ACCESS_KEY_ID');
    await aws.end();
  });

  journey('single sign-on: aws sso login in another window is enough', async ({ home, expect }) => {
    const aws = await simulatedAws('session-ends-in-write');
    const session = (sessionToken: string) => ({
      accessKeyId: acme,
      secretAccessKey: 'simulated',
      sessionToken,
      expiration: Date.now() + 3_600_000,
    });
    const proxy = await inspectingProxy({
      behind: aws.url,
      signedIn: { yesterday: session('first'), today: session('second') },
    });
    await shared(
      home,
      'config',
      `[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-central-1
[profile acme]
sso_session = corp
sso_account_id = ${acme}
sso_role_name = Billing
`,
    );
    const signIn = (accessToken: string) =>
      shared(
        home,
        `sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`,
        JSON.stringify({ accessToken, expiresAt: new Date(Date.now() + 3_600_000) }),
      );
    await signIn('yesterday');
    const env = { ...bare(home), HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: privateCa };
    const terminal = atTerminal(setup, env);
    await agree(terminal);
    await terminal.waitFor(asksForRenewal, 30_000);
    expect(terminal.transcript()).toContain('Sign in again: aws sso login --profile acme');
    await signIn('today');
    terminal.press('enter');
    expect((await terminal.exit).code, terminal.transcript()).toBe(0);
    expect(await taken(aws)).toEqual(everythingOnce);
    await Promise.all([proxy.close(), aws.end()]);
  });
});

describe.concurrent('the session of an assumed role', { timeout: 90_000 }, () => {
  const role = ['--role-arn', `arn:aws:iam::${acme}:role/SpotSetup`];
  const device = ['--mfa-serial', `arn:aws:iam::${msp}:mfa/engineer`];
  const assumed = async (aws: SimulatedAws) =>
    (await aws.calls()).filter(({ operation }) => operation === 'AssumeRole').length;

  journey('begins anew by itself when an hour is over', async ({ home, aws, expect }) => {
    const terminal = atTerminal(['setup', 'acme', ...answers, ...role], engineerOf(home, aws.url, msp));
    await terminal.waitFor('❯ Yes, go on', 30_000);
    terminal.press('enter');
    await terminal.waitFor('Do this in account', 30_000);
    await aws.advance({ hours: 2 });
    terminal.type('y');
    terminal.press('enter');
    expect((await terminal.exit).code, terminal.transcript()).toBe(0);
    expect(terminal.transcript()).not.toContain(asksForRenewal);
    expect(await assumed(aws)).toBe(2);
    expect(await taken(aws)).toEqual(everythingOnce);
  });

  journey('takes one MFA code a run, and another one only for another session', async ({ home, aws, expect }) => {
    const code = /Code of the MFA device/g;
    const env = engineerOf(home, aws.url, msp);
    const once = atTerminal(['setup', 'acme', ...answers, ...role, ...device], env);
    await once.waitFor('Code of the MFA device', 30_000);
    once.type('123456');
    once.press('enter');
    await agree(once);
    expect((await once.exit).code, once.transcript()).toBe(0);
    expect(once.transcript()).not.toContain('123456');
    expect(await assumed(aws)).toBe(1);
    expect(await taken(aws)).toEqual(everythingOnce);

    await aws.advance({ hours: 24 });
    const twice = atTerminal(['resume', 'acme'], env);
    await twice.waitFor('Code of the MFA device', 30_000);
    twice.type('234567');
    twice.press('enter');
    await twice.waitFor('Do this in account', 30_000);
    expect(await assumed(aws)).toBe(2);
    await aws.advance({ hours: 2 });
    twice.type('y');
    twice.press('enter');
    await twice.waitFor(/Code of the MFA device[\s\S]*Code of the MFA device[^\n]*$/m, 30_000);
    twice.type('345678');
    twice.press('enter');
    await twice.waitFor('Have you sent the message', 60_000);
    twice.press('enter');
    expect((await twice.exit).code, twice.transcript()).toBe(0);
    expect(await assumed(aws)).toBe(3);
    expect(twice.transcript().match(code)?.length).toBe(2);
  });

  journey('takes one code for a table of many', async ({ home, aws, expect }) => {
    const env = engineerOf(home, aws.url, msp);
    const roles = { one: acme, other: '222233334444' };
    for (const [customer, account] of Object.entries(roles)) {
      const arn = `arn:aws:iam::${account}:role/SpotSetup`;
      const words = ['setup', customer, '--yes', ...answers, '--report-name', `cur-of-${customer}`, '--role-arn', arn];
      const made = atTerminal([...words, ...device], env);
      await made.waitFor('Code of the MFA device', 30_000);
      made.type('123456');
      made.press('enter');
      expect((await made.exit).code, made.transcript()).toBe(0);
    }
    const table = atTerminal(['status', '--json'], env);
    await table.waitFor('Code of the MFA device', 30_000);
    table.type('234567');
    table.press('enter');
    expect((await table.exit).code, table.transcript()).toBe(4);
    expect(table.transcript()).toMatch(/"name": "one"[^}]*"waiting"/);
    expect(table.transcript()).toMatch(/"name": "other"[^}]*"unknown"[^}]*Look at it alone/);
  });

  journey('can’t be had unattended where it takes a code', async ({ home, aws, expect }) => {
    const ended = await run(['setup', 'acme', '--yes', ...answers, ...role, ...device], {
      env: engineerOf(home, aws.url, msp),
    });
    expect(ended.code).toBe(4);
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain('asks for a code of the MFA device');
    expect(await assumed(aws)).toBe(0);
  });
});
