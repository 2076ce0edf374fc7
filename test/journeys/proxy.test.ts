import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { directHost, type InspectingProxy, inspectingProxy, privateCa } from '../support/inspecting-proxy.ts';
import { acme, msp } from '../support/simulated-aws.ts';
import { answers, bare, journey, run } from '../support/spot-cur.ts';

const keys = { AWS_ACCESS_KEY_ID: acme, AWS_SECRET_ACCESS_KEY: 'simulated' };
/** The whole environment behind a proxy, without a word on endpoints: whoever ignores the proxy gets no answer. */
const behind = (home: string, proxy: InspectingProxy, more: Readonly<Record<string, string>> = keys) => ({
  ...bare(home),
  HTTPS_PROXY: proxy.url,
  NODE_EXTRA_CA_CERTS: privateCa,
  ...more,
});
const hosts = ({ tunnels }: InspectingProxy) => [...new Set(tunnels)].sort();
const setup = ['setup', 'acme', '--yes', ...answers];

describe.concurrent('behind a proxy that inspects TLS', { timeout: 90_000 }, () => {
  journey('every call of the whole way goes through it', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url });
    const env = behind(home, proxy);
    for (const [words, hours] of [
      [['doctor'], 0],
      [setup, 24],
      [['resume', '--yes'], 0],
      [['resume', '--yes', '--sent'], 49],
      [['status', '--json'], 0],
    ] as const) {
      const ended = await run(words, { env });
      expect(ended.code, `${words[0]}: ${ended.stdout}${ended.stderr}`).toBe(0);
      if (hours > 0) await aws.advance({ hours });
    }
    const link = await run(['resume', '--yes', '--link', await aws.link()], { env });
    expect(link.code, link.stderr).toBe(0);
    expect(hosts(proxy)).toEqual([
      'cloudformation.us-east-1.amazonaws.com',
      'cur.us-east-1.amazonaws.com',
      'glue.us-east-1.amazonaws.com',
      'iam.amazonaws.com',
      'lakeformation.us-east-1.amazonaws.com',
      'lambda.us-east-1.amazonaws.com',
      'organizations.us-east-1.amazonaws.com',
      'spot-connect-templates.s3.us-east-1.amazonaws.com',
      'spotinst-cur-report.s3.us-east-1.amazonaws.com',
      'sts.us-east-1.amazonaws.com',
    ]);
    expect((await aws.calls()).length).toBe(proxy.requests.length);
    await proxy.close();
  });

  journey('so do the calls that assume a role, by option and by profile', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url });
    const role = `arn:aws:iam::${acme}:role/SpotSetup`;
    await mkdir(join(home, '.aws'));
    await writeFile(join(home, '.aws/config'), `[profile acme]\nrole_arn = ${role}\nsource_profile = msp\n`);
    await writeFile(
      join(home, '.aws/credentials'),
      `[msp]\naws_access_key_id = ${msp}\naws_secret_access_key = simulated\n`,
    );
    for (const words of [
      ['--profile', 'msp', '--role-arn', role, '--external-id', 'msp-4711'],
      ['--profile', 'acme'],
    ]) {
      const before = (await aws.calls()).length;
      const ended = await run([...setup, '--dry-run', ...words], { env: behind(home, proxy, {}) });
      expect(ended.code, ended.stderr).toBe(0);
      const calls = (await aws.calls()).slice(before);
      expect(calls.filter(({ operation }) => operation === 'AssumeRole')).toMatchObject([{ account: msp }]);
    }
    expect((await aws.calls()).length).toBe(proxy.requests.length);
    await proxy.close();
  });

  journey('so does single sign-on, in a region of its own', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({
      behind: aws.url,
      signedIn: {
        token: {
          accessKeyId: acme,
          secretAccessKey: 'simulated',
          sessionToken: 'sso',
          expiration: Date.now() + 3_600_000,
        },
      },
    });
    await mkdir(join(home, '.aws/sso/cache'), { recursive: true });
    await writeFile(
      join(home, '.aws/config'),
      `[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-central-1
[profile acme]
sso_session = corp
sso_account_id = ${acme}
sso_role_name = Billing
region = eu-west-1
`,
    );
    const cached = join(home, '.aws/sso/cache', `${createHash('sha1').update('corp').digest('hex')}.json`);
    const token = { startUrl: 'https://example.awsapps.com/start', region: 'eu-central-1', accessToken: 'token' };
    await writeFile(cached, JSON.stringify({ ...token, expiresAt: new Date(Date.now() + 3_600_000) }));
    const words = [...setup, '--dry-run', '--profile', 'acme'];
    const ended = await run(words, { env: behind(home, proxy, {}) });
    expect(ended.code, ended.stderr).toBe(0);
    expect(proxy.tunnels[0]).toBe('portal.sso.eu-central-1.amazonaws.com');
    expect(hosts(proxy)).toContain('sts.us-east-1.amazonaws.com');

    // The token of an hour ago, with nobody to ask.
    await writeFile(cached, JSON.stringify({ ...token, expiresAt: new Date(Date.now() - 3_600_000) }));
    const over = await run(words, { env: behind(home, proxy, {}) });
    expect(over.code).toBe(4);
    expect(over.stderr).toContain('Sign in again: aws sso login --profile acme');
    await proxy.close();
  });

  journey('without its certificate authority, that is what is explained', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url });
    const ended = await run(setup, { env: { ...behind(home, proxy), NODE_EXTRA_CA_CERTS: undefined } });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('The certificate that answered is not trusted');
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain('NODE_EXTRA_CA_CERTS=/path/to/ca.pem spot-cur');
    expect(await aws.calls()).toEqual([]);
    await proxy.close();
  });

  journey('NO_PROXY leads past it, and nothing else does', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url });
    const direct = await directHost(aws.url);
    const env = { ...behind(home, proxy), AWS_ENDPOINT_URL_STS: direct.url };
    const past = await run([...setup, '--dry-run'], { env: { ...env, NO_PROXY: 'example.com,localhost' } });
    expect(past.code, past.stderr).toBe(0);
    expect(direct.heard.length).toBeGreaterThan(0);
    expect(hosts(proxy).filter((host) => /localhost|sts/.test(host))).toEqual([]);
    expect(hosts(proxy)).toContain('cur.us-east-1.amazonaws.com');
    const before = direct.heard.length;
    await run([...setup, '--dry-run'], { env });
    expect(proxy.tunnels).toContain(new URL(direct.url).host);
    expect(direct.heard.length).toBe(before);
    await Promise.all([proxy.close(), direct.close()]);
  });

  journey('a proxy without a scheme is one in plain http', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url });
    const env = { ...behind(home, proxy), HTTPS_PROXY: new URL(proxy.url).host };
    const ended = await run([...setup, '--dry-run'], { env });
    expect(ended.code, ended.stderr).toBe(0);
    const wrong = await run([...setup, '--dry-run'], { env: { ...env, HTTPS_PROXY: 'socks5://127.0.0.1:1' } });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('HTTPS_PROXY=http://proxy.example:8080');
    await proxy.close();
  });

  journey('a user name and a password are sent to it and shown to nobody', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url, credentials: 'engineer:hunter2' });
    const { host } = new URL(proxy.url);
    const given = (credentials: string) => ({ ...behind(home, proxy), HTTPS_PROXY: `http://${credentials}@${host}` });
    const well = await run([...setup, '--dry-run', '--verbose'], { env: given('engineer:hunter2') });
    expect(well.code, well.stderr).toBe(0);
    expect(well.stdout + well.stderr).not.toContain('hunter2');

    const badly = await run(setup, { env: given('engineer:secret99') });
    expect(badly.code).toBe(1);
    const said = badly.stderr.replace(/\s+/g, ' ');
    expect(said).toContain(`The proxy ${host} that HTTPS_PROXY names does not let the request through`);
    expect(said).toContain('407');
    expect(said).toContain('HTTPS_PROXY=http://user:password@proxy.example:8080 spot-cur');
    expect(badly.stdout + badly.stderr).not.toContain('secret99');
    await proxy.close();
  });

  for (const refuses of ['502 Bad Gateway', '403 Forbidden'])
    journey(`${refuses} is the proxy's answer, not AWS's`, async ({ home, aws, expect }) => {
      const proxy = await inspectingProxy({ behind: aws.url, refuses });
      const ended = await run([...setup, '--json'], { env: behind(home, proxy) });
      expect(ended.code).toBe(1);
      expect(ended.stdout).toContain(`${new URL(proxy.url).host} that HTTPS_PROXY names`);
      expect(ended.stdout).toContain(refuses);
      await proxy.close();
    });

  journey('a proxy that is not there is named', async ({ home, aws, expect }) => {
    const proxy = await inspectingProxy({ behind: aws.url });
    await proxy.close();
    const ended = await run(setup, { env: behind(home, proxy) });
    expect(ended.code).toBe(1);
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain(
      `AWS can't be reached through the proxy ${new URL(proxy.url).host} that HTTPS_PROXY names`,
    );
  });
});
