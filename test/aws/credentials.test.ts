import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkProfile, credentials, findEndpoints } from '../../src/aws/credentials.ts';
import { explain } from '../../src/aws/explain.ts';
import { findOrigin } from '../../src/aws/origin.ts';
import type { Requests } from '../../src/aws/requests.ts';

const names = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const;
const before = names.map((name) => process.env[name]);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spot-cur-credentials-'));
  await writeFile(
    join(folder, 'config'),
    `[profile acme]
role_arn = arn:aws:iam::111122223333:role/SpotSetup
source_profile = msp
mfa_serial = arn:aws:iam::999988887777:mfa/engineer
[default]
endpoint_url = http://127.0.0.1:4600
[profile fails]
credential_process = TOKEN=canary sh -c 'echo canary >&2; exit 3' --password canary
[profile babbles]
credential_process = echo canary
[profile circle]
role_arn = arn:aws:iam::111122223333:role/SpotSetup
source_profile = round
[profile round]
role_arn = arn:aws:iam::111122223333:role/SpotSetup
source_profile = circle
`,
  );
  await writeFile(join(folder, 'credentials'), '[msp]\naws_access_key_id = a\naws_secret_access_key = b\n');
  process.env.AWS_CONFIG_FILE = join(folder, 'config');
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
  await loadSharedConfigFiles({ ignoreCache: true });
});
afterAll(async () => {
  for (const [index, name] of names.entries())
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  await rm(folder, { recursive: true });
});

/** STS whose sessions last as long as they are said to, in ms, each with the number of its code as key. */
const sts = (lasting: readonly number[]): Requests => {
  let given = 0;
  return {
    async handle({ body }) {
      const expires = new Date(Date.now() + (lasting[given++] ?? 0)).toISOString();
      const code = new URLSearchParams(String(body)).get('TokenCode');
      const text = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${code}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
      return { response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(text)]) } } as never;
    },
  };
};

const minute = 60_000;
const chain = (lasting: readonly number[]) => {
  let codes = 0;
  const { credentials: provider, anew } = credentials(
    { profile: 'acme' },
    { requests: sts(lasting), endpoints: {}, askMfa: async () => String(++codes) },
  );
  return { key: async () => (await provider()).accessKeyId, anew, codes: () => codes };
};

test('one code serves for as long as its session lasts', async () => {
  const { key, codes } = chain([60 * minute]);
  expect(await Promise.all([key(), key(), key()])).toEqual(['1', '1', '1']);
  expect(await key()).toBe('1');
  expect(codes()).toBe(1);
});

test('a session about to end holds up the next call until the new code is there', async () => {
  const { key, codes } = chain([2 * minute, 60 * minute]);
  expect(await key()).toBe('1');
  expect(await Promise.all([key(), key()])).toEqual(['2', '2']);
  expect(codes()).toBe(2);
});

test('anew: the session is forgotten, though it would last', async () => {
  const { key, anew, codes } = chain([60 * minute, 60 * minute]);
  expect(await key()).toBe('1');
  anew();
  expect(await key()).toBe('2');
  expect(codes()).toBe(2);
});

describe('a profile without credentials', () => {
  const told = async (profile: string) => {
    const way = { requests: sts([]), endpoints: {}, askMfa: async () => '' };
    const error = await credentials({ profile }, way)
      .credentials()
      .catch((thrown) => thrown);
    const { message, advice = [], code } = explain(error, { profile, origin: await findOrigin(profile, {}) }) ?? {};
    return [code, message, ...advice].join('\n');
  };

  test('whose program fails: it is named, and nothing that it was given or said', async () => {
    const text = await told('fails');
    expect(text).toContain('the credential_process of the profile ended with an error');
    expect(text).toContain('takes its credentials from a program: sign in there again');
    expect(text).toContain('aws sts get-caller-identity --profile fails');
    expect(text).not.toContain('canary');
  });

  test('whose program babbles', async () => {
    const text = await told('babbles');
    expect(text).toContain('credentials\nThere are no usable AWS credentials: Profile babbles credential_process');
    expect(text).not.toContain('canary');
  });

  test('that is its own source', async () => expect(await told('circle')).toMatch(/cycle.*circle/));

  test.each([
    ["no'such", /letters, digits/],
    ['no such', /letters, digits/],
    ['nosuch', /: aws configure sso --profile nosuch$/],
  ])('as there is none: %s', async (name, advice) => {
    const refusal = await checkProfile(name).catch((thrown) => thrown);
    expect(refusal).toMatchObject({ code: 'credentials', message: `There is no AWS profile named "${name}".` });
    expect(refusal.advice[0]).toMatch(/^Known profiles: .*fails/);
    expect(refusal.advice[1]).toMatch(advice);
  });
});

test.each([{}, { AWS_PROFILE: '' }, { AWS_PROFILE: 'default' }])(
  'the default profile has a say on endpoints: %j',
  async (env) => expect((await findEndpoints(undefined, undefined, env)).sts).toBe('http://127.0.0.1:4600'),
);
