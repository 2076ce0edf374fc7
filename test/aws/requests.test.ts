import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { explain } from '../../src/aws/explain.ts';
import { networkRequests } from '../../src/aws/requests.ts';

/** What comes of one request to a server that answers like this. */
const asking = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const requests = networkRequests({}, { connectionTimeout: 1_000, requestTimeout: 50, socketTimeout: 100 });
  const request = { method: 'GET', protocol: 'http:', hostname: '127.0.0.1', port, path: '/', headers: {}, query: {} };
  try {
    const { response } = await requests.handle(request as never);
    return await text(response.body);
  } finally {
    requests.destroy?.();
    server.closeAllConnections();
    server.close();
  }
};

test('an answer that comes is read', async () => {
  expect(await asking((_, response) => response.end('here'))).toBe('here');
});

test.each<readonly [string, RequestListener]>([
  ['never begins', () => {}],
  ['breaks off in the middle', (_, response) => void response.writeHead(200).write('<Half')],
])('an answer that %s is given up', async (_, answer) => {
  const error = await asking(answer).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'TimeoutError' });
  expect(explain(error)?.message).toContain("can't be reached");
});
