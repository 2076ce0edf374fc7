import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import { type Served, serve } from '../../src/simulator/server.ts';

let simulator = createSimulator();
let served: Served;
beforeEach(async () => {
  simulator = createSimulator();
  served = await serve(simulator, { port: 0 });
});
afterEach(() => served.close());

const own = () => `http://127.0.0.1:${served.port}`;
const signature = (service: string) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=111122223333/20261122/us-east-1/${service}/aws4_request`;
const template = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';

/** What a page's form sends: the browser lets it through unasked, and adds where it comes from. */
const form = (headers: Readonly<Record<string, string>>) =>
  fetch(`${own()}/?${signature('cloudformation')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: String(new URLSearchParams({ Action: 'CreateStack', StackName: 'planted', TemplateBody: template })),
  });
const stacks = () => simulator.world.accounts['111122223333']?.stacks ?? [];

describe('a page in a browser', () => {
  test.each<Readonly<Record<string, string>>>([
    { origin: 'https://example.com' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'http://localhost:3000' },
    { origin: 'http://127.0.0.1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site, none' },
  ])('writes nothing: %j', async (headers) => {
    const response = await form(headers);
    expect(response.status).toBe(403);
    expect(await response.text()).toBe("The simulator doesn't answer pages in a browser.\n");
    expect(stacks()).toEqual([]);
    expect(simulator.world.calls).toEqual([]);
  });

  test('reads nothing by a link, an image or a script', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    for (const path of ['/_simulator/world', `/?Action=ListStacks&${signature('cloudformation')}`])
      expect((await fetch(own() + path, { headers })).status).toBe(403);
  });
});

describe('whoever is no other page', () => {
  test.each<[string, () => Readonly<Record<string, string>>]>([
    ['a client of AWS, which says nothing of it', () => ({})],
    ['the simulator itself', () => ({ origin: own(), 'sec-fetch-site': 'same-origin' })],
    ['a person', () => ({ 'sec-fetch-site': 'none' })],
  ])('writes: %s', async (_, headers) => {
    expect((await form(headers())).status).toBe(200);
    expect(stacks().map(({ name }) => name)).toEqual(['planted']);
  });

  test('opens a presigned link to a template', async () => {
    const put = (path: string, body: string) =>
      fetch(`${own()}${path}?${signature('s3')}`, { method: 'PUT', body: body || null });
    expect((await put('/acme-templates', '')).status).toBe(200);
    expect((await put('/acme-templates/own.yaml', template)).status).toBe(200);
    const headers = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' };
    const read = await fetch(`${own()}/acme-templates/own.yaml?${signature('s3')}&X-Amz-Signature=0`, { headers });
    expect(await read.text()).toBe(template);
  });
});
