import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrigin } from '../../src/aws/origin.ts';

const config = `
[default]
region = eu-west-1
[sso-session corp]
sso_start_url = https://example.awsapps.com/start
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Billing
[profile old-sso]
sso_start_url = https://example.awsapps.com/start
sso_account_id = 111122223333
[profile login]
login_session = arn:aws:iam::111122223333:user/engineer
[profile program]
credential_process = /opt/saml get
[profile web]
role_arn = arn:aws:iam::111122223333:role/R
web_identity_token_file = /var/token
[profile role]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = sso
[profile chained]
role_arn = arn:aws:iam::111122223333:role/S
source_profile = role
[profile own]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = own
[profile machine]
role_arn = arn:aws:iam::111122223333:role/R
credential_source = Ec2InstanceMetadata
[profile from-env]
role_arn = arn:aws:iam::111122223333:role/R
credential_source = Environment
[profile around]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = about
[profile about]
role_arn = arn:aws:iam::111122223333:role/R
source_profile = around
`;
const credentials = `
[keys]
aws_access_key_id = a
aws_secret_access_key = b
[pasted]
aws_access_key_id = a
aws_secret_access_key = b
aws_session_token = c
[own]
aws_access_key_id = a
aws_secret_access_key = b
`;

describe('where credentials come from', () => {
  let folder: string;
  const before = { config: process.env.AWS_CONFIG_FILE, credentials: process.env.AWS_SHARED_CREDENTIALS_FILE };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spot-cur-origin-'));
    await writeFile(join(folder, 'config'), config);
    await writeFile(join(folder, 'credentials'), credentials);
    process.env.AWS_CONFIG_FILE = join(folder, 'config');
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
    await loadSharedConfigFiles({ ignoreCache: true });
  });
  afterAll(async () => {
    for (const [name, value] of [
      ['AWS_CONFIG_FILE', before.config],
      ['AWS_SHARED_CREDENTIALS_FILE', before.credentials],
    ] as const)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    await rm(folder, { recursive: true });
  });

  test.each([
    ['sso', { kind: 'sso', profile: 'sso' }],
    ['old-sso', { kind: 'sso', profile: 'old-sso' }],
    ['login', { kind: 'login', profile: 'login' }],
    ['program', { kind: 'process', profile: 'program', command: '/opt/saml get' }],
    ['web', { kind: 'web-identity', file: '/var/token' }],
    ['keys', { kind: 'keys', profile: 'keys', temporary: false }],
    ['pasted', { kind: 'keys', profile: 'pasted', temporary: true }],
    ['role', { kind: 'sso', profile: 'sso' }],
    ['chained', { kind: 'sso', profile: 'sso' }],
    ['own', { kind: 'keys', profile: 'own', temporary: false }],
    ['machine', { kind: 'machine' }],
    ['from-env', { kind: 'environment' }],
    ['around', undefined],
    ['nobody', undefined],
  ])('the profile %s', async (profile, origin) => expect(await findOrigin(profile, {})).toEqual(origin));

  test.each([
    [{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }, { kind: 'environment' }],
    [
      { AWS_PROFILE: 'sso', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
      { kind: 'sso', profile: 'sso' },
    ],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: '/var/token' }, { kind: 'web-identity', file: '/var/token' }],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2' }, { kind: 'machine' }],
    [{}, undefined],
  ])('the environment %j', async (env, origin) => expect(await findOrigin(undefined, env)).toEqual(origin));
});
