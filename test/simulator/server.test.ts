import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/handler.ts';
import type { Scene } from '../../src/simulator/scenes/scene.ts';
import { type Served, serve } from '../../src/simulator/server.ts';

let simulator = createSimulator();
let served: Served;
beforeEach(async () => {
  simulator = createSimulator({ wall: () => Date.UTC(2026, 10, 22, 9) });
  served = await serve(simulator, { port: 0 });
});
afterEach(() => served.close());

const at = (path: string) => `http://127.0.0.1:${served.port}${path}`;
const post = (path: string, body: string, headers = {}) => fetch(at(path), { method: 'POST', body, headers });
const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=111122223333/d/us-east-1/${service}/x`,
});

/** fetch can't choose its Host header. */
const statusFor = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(at('/_simulator/calls'), { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });

/** Whether something listens there. */
const reached = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });

describe('a scene that is served', () => {
  const scene: Scene = {
    name: 'guest',
    title: 'The account is a member.',
    arrange: (stage) => stage.member(),
    mend: { told: 'It leaves.', apply: (stage) => stage.standalone(), flags: { bucket: 'other' } },
  };
  const told = async (response: Response) => [response.status, await response.json()];

  test('is told, mended, and arranged anew', async () => {
    const guest = createSimulator({ scene });
    const its = await serve(guest, { port: 0 });
    const url = (name: string) => `http://127.0.0.1:${its.port}/_simulator/${name}`;
    expect(await told(await fetch(url('scene')))).toEqual([
      200,
      { name: 'guest', title: 'The account is a member.', account: '111122223333', mend: 'It leaves.' },
    ]);
    expect(await told(await fetch(url('mend'), { method: 'POST' }))).toEqual([
      200,
      { told: 'It leaves.', flags: { bucket: 'other' } },
    ]);
    expect(guest.world.accounts['111122223333']?.organization).toBeUndefined();
    await fetch(url('reset'), { method: 'POST' });
    expect(guest.world.accounts['111122223333']?.organization?.managementAccount).toBe('444455556666');
    await its.close();
  });

  test('is none unless one was named', async () => {
    expect((await fetch(at('/_simulator/scene'))).status).toBe(404);
    expect((await post('/_simulator/mend', '')).status).toBe(409);
  });
});

describe('the control API', () => {
  test('pushes the clock', async () => {
    const response = await post('/_simulator/advance', '{"hours": 25, "minutes": 30, "seconds": 1}');
    expect(await response.json()).toEqual({ now: '2026-11-23T10:30:01.000Z' });
    expect(simulator.clock.now()).toBe(Date.UTC(2026, 10, 23, 10, 30, 1));
  });

  test.each([
    '',
    'soon',
    '[]',
    '{}',
    '{"hours": -1}',
    '{"hours": "1"}',
    '{"days": 1}',
    '{"hours": 1e99}',
    '{"hours": null}',
  ])('refuses to advance by %s', async (body) => {
    const response = await post('/_simulator/advance', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringContaining('{"hours": 25}') });
  });

  test('lists the calls, oldest first', async () => {
    const headers = { ...signed('glue'), 'x-amz-target': 'AWSGlue.ListCrawlers' };
    await post('/', '{}', headers);
    await post('/', '{}', { ...headers, 'x-amz-target': 'AWSGlue.CreateJob' });
    expect(await (await fetch(at('/_simulator/calls'))).json()).toEqual([
      { service: 'glue', operation: 'ListCrawlers', account: '111122223333', mutating: false, status: 200 },
      { service: 'glue', operation: 'CreateJob', account: '111122223333', mutating: true, status: 501 },
    ]);
  });

  test('shows the world and empties it', async () => {
    await post('/', '{}', { ...signed('glue'), 'x-amz-target': 'AWSGlue.ListCrawlers' });
    const world = async () => JSON.parse(await (await fetch(at('/_simulator/world'))).text());
    expect(Object.keys((await world()).accounts)).toContain('111122223333');
    await post('/_simulator/advance', '{"hours": 25}');
    await post('/_simulator/reset', '');
    expect(Object.keys((await world()).accounts)).toEqual(['999988887777']);
    expect(simulator.clock.now()).toBe(Date.UTC(2026, 10, 22, 9));
  });

  test('has no link before its time', async () => {
    const early = await fetch(at('/_simulator/link?account=111122223333'));
    expect(early.status).toBe(404);
    expect(await early.json()).toEqual({ error: 'Spot has sent no link for 111122223333 yet.' });
    expect((await fetch(at('/_simulator/link?account=acme'))).status).toBe(400);
  });

  test('knows its paths and methods', async () => {
    expect((await fetch(at('/_simulator/nothing'))).status).toBe(404);
    expect((await fetch(at('/_simulator/reset'))).status).toBe(405);
  });

  test('is not for pages in a browser', async () => {
    expect((await post('/_simulator/reset', '', { origin: 'https://example.com' })).status).toBe(403);
  });
});

describe('the server', () => {
  test.each(['localhost:4566', '127.0.0.1', '[::1]:80', 'acme-billing.localhost', 'cur.us-east-1.amazonaws.com'])(
    'answers for the host %s',
    async (host) => expect(await statusFor(host)).toBe(200),
  );

  test.each(['example.com', 'localhost.example.com', '10.0.0.1', 'amazonaws.com.example.com'])(
    'refuses the host %s',
    async (host) => expect(await statusFor(host)).toBe(403),
  );

  test.each([
    'attacker.example:4600',
    'localhost.',
    '127.0.0.1.attacker.example',
    '127.0.0.1@attacker.example',
    '[::1].attacker.example',
    '[::2]',
    '::1',
    '0.0.0.0',
    '2130706433',
    'amazonaws.com',
    'evilamazonaws.com',
    'local​host',
  ])('takes no other name for its own: %j', async (host) =>
    expect(await statusFor(Buffer.from(host).toString('latin1'))).toBe(403),
  );

  test('leaves the world as it is when a page of another name asks, after its name was turned to this machine', async () => {
    await post('/_simulator/advance', '{"hours": 25}');
    const before = simulator.clock.now();
    for (const path of ['/_simulator/reset', '/_simulator/advance', '/_simulator/mend', '/acme-billing']) {
      const status = await new Promise((resolve, reject) => {
        const headers = { host: `attacker.example:${served.port}`, ...signed('s3') };
        const sent = request(at(path), { method: path.startsWith('/_') ? 'POST' : 'PUT', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject).end('{"hours": 1}');
      });
      expect(status).toBe(403);
    }
    expect(simulator.clock.now()).toBe(before);
    expect(simulator.world.buckets['acme-billing']).toBeUndefined();
  });

  test('is reached by this machine alone, and by IPv4', async () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ address }) => address !== '127.0.0.1' && !address.startsWith('fe80'))
      .map(({ address }) => address);
    for (const host of [...addresses, '::1']) expect(await reached(host, served.port), host).toBe(false);
    expect(await reached('127.0.0.1', served.port)).toBe(true);
  });

  test('refuses a body of more than 20 MiB', async () => {
    const response = await post('/', 'x'.repeat(20 * 1024 * 1024 + 1));
    expect(response.status).toBe(413);
  });

  test('takes the bucket from the host', async () => {
    const status = (method: string, host: string, path: string) =>
      new Promise((resolve, reject) => {
        const sent = request(at(path), { method, headers: { host, ...signed('s3') } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject).end();
      });
    expect(await status('PUT', 'acme-billing.localhost', '/')).toBe(200);
    expect(await status('HEAD', '127.0.0.1', '/acme-billing')).toBe(200);
  });

  test('asks for the body of a client that waits to be asked', async () => {
    const put = (path: string, body: string) =>
      new Promise((resolve, reject) => {
        const headers = { ...signed('s3'), expect: '100-continue', 'content-length': body.length };
        const sent = request(at(path), { method: 'PUT', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject).on('continue', () => sent.end(body));
        sent.flushHeaders();
      });
    expect(await put('/acme-billing', '')).toBe(200);
    expect(await put('/acme-billing/key', 'text')).toBe(200);
    const read = await fetch(at('/acme-billing/key'), { headers: signed('s3') });
    expect(await read.text()).toBe('text');
  });

  test("lets nobody in particular read Spot's template, and nothing else", async () => {
    const open = await fetch(at('/spot-connect-templates/extractor/spot-extractor.yaml'));
    expect(open.status).toBe(200);
    expect(open.headers.get('date')).toBe('Sun, 22 Nov 2026 09:00:00 GMT');
    expect(await open.text()).toContain('CURBucketName');
    for (const path of ['/', '/spot-connect-templates', '/spot-connect-output/x', '/spot-connect-templates/none']) {
      expect((await fetch(at(path))).status).toBe(403);
    }
  });

  test('names a service that it does not know', async () => {
    const response = await post('/', '', signed('ec2'));
    expect(response.status).toBe(501);
    expect(await response.text()).toContain('the service ec2');
  });
});
