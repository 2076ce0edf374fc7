import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { payer, stage, topicAndRole } from './stage.ts';

/** A request signed for a service of which no client is at hand, and its answer as text. */
const ask = ({ simulator }: ReturnType<typeof stage>, service: string, target: string) => {
  const { pathname, searchParams } = new URL(target, 'https://amazonaws.com');
  const authorization = `AWS4-HMAC-SHA256 Credential=${payer}/20260803/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const query = Object.fromEntries(searchParams);
  const host = `${service}.amazonaws.com`;
  const headers = { host, authorization };
  const answer = simulator.handle({ method: 'GET', host, path: pathname, query, headers, body: new Uint8Array() });
  return { status: answer.status, text: Buffer.from(answer.body).toString('utf8') };
};

const demo = { StackName: 'demo', TemplateBody: topicAndRole, Capabilities: ['CAPABILITY_IAM' as const] };

it('shows a role that a stack has made, with its trust', async () => {
  const scene = stage();
  await scene.aws.send(new CreateStackCommand(demo));
  scene.pass(5000);
  const listed = ask(scene, 'iam', '/?Action=ListRoles&Version=2010-05-08').text;
  const name = /<RoleName>(.*)<\/RoleName>/.exec(listed)?.[1] ?? '';
  const { status, text } = ask(scene, 'iam', `/?Action=GetRole&Version=2010-05-08&RoleName=${name}`);
  expect(status).toBe(200);
  const trust = /<AssumeRolePolicyDocument>(.*)<\/AssumeRolePolicyDocument>/.exec(text)?.[1] ?? '';
  expect(JSON.parse(decodeURIComponent(trust))).toMatchObject({ Statement: [{ Principal: { AWS: payer } }] });
  expect(ask(scene, 'iam', '/?Action=GetRole&RoleName=nope')).toMatchObject({
    status: 404,
    text: expect.stringContaining('<Code>NoSuchEntity</Code>'),
  });
  expect(ask(scene, 'iam', '/?Action=DeleteRole&RoleName=nope').text).toContain('iam:DeleteRole');
});

it("counts the reservations of an account's functions", () => {
  const scene = stage();
  scene.account.concurrency = 10;
  scene.account.functions.push({ name: 'busy', runtime: 'nodejs22.x', created: 0, reservedConcurrency: 4 });
  const { AccountLimit } = JSON.parse(ask(scene, 'lambda', '/2016-08-19/account-settings').text);
  expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 6 });
  const found = ask(scene, 'lambda', '/2015-03-31/functions/busy');
  expect(JSON.parse(found.text).Concurrency).toEqual({ ReservedConcurrentExecutions: 4 });
  expect(ask(scene, 'lambda', '/2015-03-31/functions/idle').status).toBe(404);
});
