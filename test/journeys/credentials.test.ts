import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { acme, msp, simulatedAws } from '../support/simulated-aws.ts';
import { answers, bare, documentOf, engineerOf, journey, run } from '../support/spot-cur.ts';
import { type Wiretap, wiretap } from '../support/wiretap.ts';

const role = `arn:aws:iam::${acme}:role/SpotSetup`;

/** Writes the shared files as the AWS CLI has them. */
const shared = async (home: string, config: string): Promise<void> => {
  await mkdir(join(home, '.aws'), { recursive: true });
  await writeFile(join(home, '.aws/config'), config);
  await writeFile(
    join(home, '.aws/credentials'),
    `[msp]\naws_access_key_id = ${msp}\naws_secret_access_key = simulated\n`,
  );
};

/** Nobody listens there. */
const nobody = 'http://127.0.0.1:9';

const targets = ({ heard }: Wiretap) => heard.map(({ headers }) => String(headers['x-amz-target'] ?? ''));
const isCur = (target: string) => target.startsWith('AWSOrigamiServiceGatewayService.');
const accountOf = (document: Record<string, unknown>) =>
  (document.customers as readonly { readonly accountId: string }[])[0]?.accountId;

describe.concurrent('credentials and endpoints', { timeout: 60_000 }, () => {
  journey('without any, what there is to name is said, in words of our own', async ({ home, expect }) => {
    const env = { ...bare(home), AWS_EC2_METADATA_DISABLED: undefined, AWS_EC2_METADATA_SERVICE_ENDPOINT: nobody };
    for (const each of [bare(home), env]) {
      const { code, stderr } = await run(['doctor'], { env: each });
      expect(code, stderr).toBe(4);
      expect(stderr).not.toMatch(/METADATA|any providers/);
      expect(stderr.replace(/\s+/g, ' ')).toMatch(
        /no usable AWS credentials: no profile, .* Name yours with --profile/,
      );
    }
  });

  journey('a profile with a role, an endpoint and a services section', async ({ home, aws, expect }) => {
    const [all, cur] = [await wiretap(aws.url), await wiretap(aws.url)];
    await shared(
      home,
      `[profile acme]
role_arn = ${role}
source_profile = msp
endpoint_url = ${all.url}
services = elsewhere
region = eu-central-1
[services elsewhere]
cost_and_usage_report_service =
  endpoint_url = ${cur.url}
`,
    );
    const ended = await run(['setup', 'acme', '--yes', '--json', '--profile', 'acme', ...answers], { env: bare(home) });
    expect(ended.code, ended.stderr).toBe(0);
    expect(accountOf(documentOf(ended))).toBe(acme);
    expect(targets(cur).length).toBeGreaterThan(1);
    expect(targets(cur).every(isCur)).toBe(true);
    expect(targets(all).some(isCur)).toBe(false);
    const assumed = (await aws.calls()).filter(({ operation }) => operation === 'AssumeRole');
    expect(assumed).toMatchObject([{ account: msp }]);
    expect(new Set((await aws.calls()).slice(1).map(({ account }) => account))).toEqual(new Set([acme]));
    // The next run finds the profile in the state.
    const status = await run(['status', '--json'], { env: bare(home) });
    expect(status.code, status.stdout).toBe(0);
    for (const tap of [all, cur]) await tap.close();
  });

  journey('a role and an external id: its account, and the MSP’s account proposed', async ({ home, aws, expect }) => {
    const tap = await wiretap(aws.url);
    const env = engineerOf(home, tap.url, msp);
    const words = ['--role-arn', role, '--external-id', 'msp-4711', '--spot-org-id', '60012345'];
    const ended = await run(['setup', 'acme', '--yes', ...words], { env });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain(`acme: account ${acme}, as arn:aws:sts::${acme}:assumed-role/SpotSetup/spot-cur`);
    expect(ended.stderr).toContain(`--msp-account ${msp}`);
    const asked = tap.heard.map(({ body }) => new URLSearchParams(body)).filter((said) => said.has('ExternalId'));
    expect(asked.map((said) => [said.get('RoleArn'), said.get('ExternalId')])).toEqual([[role, 'msp-4711']]);
    // What is saved is how credentials are come by, which resume takes up.
    const status = await run(['status', '--json'], { env });
    expect(accountOf(documentOf(status))).toBe(acme);
    expect(status.code).toBe(0);
    await tap.close();
  });

  journey(
    'AWS_ENDPOINT_URL_COST_AND_USAGE_REPORT_SERVICE leads the report’s calls alone',
    async ({ home, aws, expect }) => {
      const [all, cur] = [await wiretap(aws.url), await wiretap(aws.url)];
      const AWS_ENDPOINT_URL_COST_AND_USAGE_REPORT_SERVICE = cur.url;
      const env = { ...engineerOf(home, all.url), AWS_ENDPOINT_URL_COST_AND_USAGE_REPORT_SERVICE };
      const ended = await run(['setup', 'acme', '--yes', ...answers], { env });
      expect(ended.code, ended.stderr).toBe(0);
      expect(targets(cur).every(isCur)).toBe(true);
      expect(targets(all).some(isCur)).toBe(false);
      expect(ended.stderr).toContain(cur.url);

      // Alone it leads to another world than the one of the state, which is found out before any call.
      const before = (await aws.calls()).length;
      const alone = { ...env, AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: 'http://127.0.0.1:9' };
      const refused = await run(['resume', '--yes', '--json'], { env: alone });
      expect(refused.code).toBe(1);
      expect(documentOf(refused)).toMatchObject({ schema: 'spot-cur/error@1', error: { code: 'wrong-account' } });
      expect(refused.stdout).toContain(cur.url);
      expect((await aws.calls()).length).toBe(before);
      for (const tap of [all, cur]) await tap.close();
    },
  );

  journey('real and simulated worlds never mix', async ({ home, aws, spotCur, expect }) => {
    await spotCur('setup', 'acme', '--yes', ...answers);
    const other = await simulatedAws();
    const env = engineerOf(home, other.url);
    for (const words of [['resume', '--yes'], ['setup', 'acme', '--yes', ...answers], ['status']]) {
      const ended = await run([...words, '--json'], { env });
      expect(ended.code, words[0]).toBe(1);
      expect(ended.stdout).toContain(aws.url);
    }
    expect(await other.calls()).toEqual([]);
    expect((await run(['status', '--endpoint-url', aws.url], { env })).code).toBe(0);
    await other.end();
  });

  journey('plain http beyond loopback is refused, wherever it comes from', async ({ home, expect }) => {
    const beyond = 'http://10.1.2.3:4600';
    await shared(home, `[profile acme]\nsource_profile = msp\nrole_arn = ${role}\nendpoint_url = ${beyond}\n`);
    const keys = { ...bare(home), AWS_ACCESS_KEY_ID: acme, AWS_SECRET_ACCESS_KEY: 'simulated' };
    const setup = ['setup', 'acme', '--yes', '--json', ...answers];
    const refused = [
      await run(setup, { env: { ...keys, AWS_ENDPOINT_URL: beyond } }),
      await run(setup, { env: { ...keys, AWS_ENDPOINT_URL_S3: beyond } }),
      await run([...setup, '--endpoint-url', beyond], { env: keys }),
      await run([...setup, '--profile', 'acme'], { env: bare(home) }),
    ];
    for (const ended of refused) {
      expect(ended.code, ended.stdout).toBe(2);
      expect(documentOf(ended)).toMatchObject({ schema: 'spot-cur/error@1', error: { code: 'usage' } });
      expect(ended.stdout).toContain('plain http');
    }
  });

  journey('everything happens in us-east-1, and AWS’s clock counts', async ({ home, aws, expect }) => {
    const tap = await wiretap(aws.url);
    const env = { ...engineerOf(home, tap.url), AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
    const now = await aws.advance({ hours: 1_000 });
    const ended = await run(['setup', 'acme', '--yes', '--json', ...answers], { env });
    expect(ended.code, ended.stderr).toBe(0);
    const regions = tap.heard.map(
      ({ headers }) => /\/([a-z0-9-]+)\/[a-z0-9]+\/aws4_request/.exec(`${headers.authorization}`)?.[1],
    );
    expect(new Set(regions)).toEqual(new Set(['us-east-1']));
    const [report] = (
      documentOf(ended).customers as readonly {
        readonly steps: readonly { readonly move: { readonly since: string; readonly expectedBy: string } }[];
      }[]
    ).flatMap(({ steps }) => steps);
    const hours = (iso = '') => Math.round((Date.parse(iso) - now.getTime()) / 3_600_000);
    expect(hours(report?.move.since)).toBe(0);
    expect(hours(report?.move.expectedBy)).toBe(24);
    await tap.close();
  });
});
