import { expect, test } from 'vitest';
import { waysToRenew } from '../../src/aws/explain/ways-to-renew.ts';

const program = (command: string) => waysToRenew({ origin: { kind: 'process', profile: 'acme', command } }, '')[0];

test.each([
  ['/opt/get --token canary', '/opt/get'],
  ['  get canary', 'get'],
  ['TOKEN=canary /opt/get', ''],
  [' A=canary B="canary canary" get canary', ''],
  ['"/opt/my tool/get" canary', '/opt/my tool/get'],
  ["'/opt/my tool/get'", '/opt/my tool/get'],
  ['A=canary', ''],
  ['', ''],
])('a program is called by its name: %s', (command, name) => {
  expect(program(command)).toContain(`takes its credentials from a program${name && ` (${name})`}: `);
  expect(program(command)).not.toContain('canary');
});

test('a profile is a word of the shell', () => {
  const [sso] = waysToRenew({ origin: { kind: 'sso', profile: "it's ours" } }, '');
  expect(sso).toBe(`Sign in again: aws sso login --profile 'it'\\''s ours'`);
});
