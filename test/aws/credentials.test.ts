import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentials } from '../../src/aws/credentials.ts';
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
