import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { roleAssumers } from '../../src/aws/assume-role.ts';
import { explain } from '../../src/aws/explain.ts';

const role = 'arn:aws:iam::111122223333:role/SpotSetup';
const device = 'arn:aws:iam::999988887777:mfa/engineer';
const source = { accessKeyId: '999988887777', secretAccessKey: 'simulated' };

/** STS that refuses all codes but one. */
const sts = (good: string) => {
  const heard: string[] = [];
  const requestHandler = {
    async handle({ body }: { readonly body: string }) {
      const code = new URLSearchParams(body).get('TokenCode') ?? '';
      heard.push(code);
      const text =
        code === good
          ? `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-11-23T10:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
          : `<ErrorResponse><Error><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code. </Message></Error></ErrorResponse>`;
      return {
        response: { statusCode: code === good ? 200 : 403, headers: {}, body: Readable.from([Buffer.from(text)]) },
      };
    },
  };
  return { heard, clientConfig: { region: 'us-east-1', requestHandler } };
};

test('a mistyped MFA code is asked for again', async () => {
  const { heard, clientConfig } = sts('345678');
  const codes = ['234567', '345678'];
  const asked: (boolean | undefined)[] = [];
  const { roleAssumer } = roleAssumers(clientConfig, async (_, refused) => {
    asked.push(refused);
    return codes.shift() ?? '';
  });
  const params = { RoleArn: role, RoleSessionName: 'spot-cur', SerialNumber: device, TokenCode: '123456' };
  expect(await roleAssumer(source, params)).toMatchObject({ accessKeyId: 'ASIA', sessionToken: 't' });
  expect(heard).toEqual(['123456', '234567', '345678']);
  expect(asked).toEqual([true, true]);
});

test('a role that may not be assumed is explained as that call', async () => {
  const { clientConfig } = sts('');
  const { roleAssumer } = roleAssumers(clientConfig, async () => '');
  const params = { RoleArn: role, RoleSessionName: 'spot-cur', TokenCode: 'x' };
  const error = await roleAssumer(source, params).catch((thrown) => thrown);
  expect(explain(error)?.message).toContain(`AWS denied sts:AssumeRole on ${role}`);
});
