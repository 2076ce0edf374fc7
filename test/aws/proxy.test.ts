import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HttpRequest } from '@smithy/core/protocols';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proxyFor } from '../../src/aws/proxy.ts';
import { networkRequests } from '../../src/aws/requests.ts';

const names = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
const before = new Map(names.map((name) => [name, process.env[name]]));
const put = (name: string, value: string | undefined) => {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
};
beforeEach(() => {
  for (const name of names) put(name, undefined);
});
afterEach(() => {
  for (const [name, value] of before) put(name, value);
});

type Environment = Readonly<Record<string, string>>;
const given = (env: Environment): Environment => {
  for (const [name, value] of Object.entries(env)) put(name, value);
  return env;
};
const leading = (url: string, env: Environment) => proxyFor(url, given(env))?.href;
const cur = 'https://cur.us-east-1.amazonaws.com';
const proxy = 'http://proxy.example:8080';

describe('the proxy', () => {
  test.each<[Environment, string | undefined]>([
    [{}, undefined],
    [{ HTTPS_PROXY: proxy }, `${proxy}/`],
    [{ https_proxy: proxy }, `${proxy}/`],
    [{ ALL_PROXY: proxy }, `${proxy}/`],
    [{ all_proxy: proxy }, `${proxy}/`],
    [{ HTTP_PROXY: proxy }, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ https_proxy: 'http://lower.example', HTTPS_PROXY: proxy }, 'http://lower.example/'],
    [{ HTTPS_PROXY: proxy, ALL_PROXY: 'http://all.example' }, `${proxy}/`],
    [{ HTTPS_PROXY: 'proxy.example:8080' }, `${proxy}/`],
    [{ ALL_PROXY: 'proxy.example:8080' }, `${proxy}/`],
    [{ HTTPS_PROXY: 'http://[::1]:3128' }, 'http://[::1]:3128/'],
    [{ HTTPS_PROXY: 'https://proxy.example' }, 'https://proxy.example/'],
    [{ HTTPS_PROXY: 'http://me:p%40ss@proxy.example' }, 'http://me:p%40ss@proxy.example/'],
  ])('of %j', (env, expected) => expect(leading(cur, env)).toBe(expected));

  test.each([
    'socks5://127.0.0.1:1',
    'http://',
    'http://me:p#ss@proxy.example:8080',
    'http://me:p@ss#1@proxy.example:8080',
    'http://me:p/ss@proxy.example:8080',
    'http://me:p?ss@proxy.example:8080',
    'http://me:p%ss@proxy.example:8080',
  ])('can not be %s, which is not repeated', (HTTPS_PROXY) => {
    const refusal = (() => {
      try {
        return leading(cur, { HTTPS_PROXY });
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toMatchObject({ code: 'usage', message: 'HTTPS_PROXY names no http or https URL of a proxy.' });
    expect(JSON.stringify(refusal)).not.toMatch(/ss@|p#|p%ss/);
  });

  test('that a variable in lower case names is called by it', () =>
    expect(() => leading(cur, { all_proxy: 'socks5://x' })).toThrow('all_proxy names no'));
});

describe('NO_PROXY', () => {
  test.each([
    [cur, '*'],
    [cur, 'localhost,*'],
    [cur, 'cur.us-east-1.amazonaws.com'],
    [cur, '.amazonaws.com'],
    [cur, '*.amazonaws.com'],
    [cur, 'amazonaws.com'],
    [cur, 'localhost, AmazonAWS.com'],
    [cur, 'localhost amazonaws.com'],
    [cur, '.amazonaws.com:443'],
    ['https://localhost:4566', 'localhost'],
    ['https://localhost:4566', 'localhost:4566'],
    ['https://[::1]:4566', '::1'],
    ['https://[::1]:4566', '[::1]'],
    ['https://[::1]:4566', '[::1]:4566'],
    ['https://10.0.0.7', '10.0.0.7'],
  ])('%s goes past it by %s', (url, no) => {
    expect(leading(url, { HTTPS_PROXY: proxy, NO_PROXY: no })).toBeUndefined();
    put('NO_PROXY', undefined);
    expect(leading(url, { HTTPS_PROXY: proxy, no_proxy: no })).toBeUndefined();
  });

  test.each([
    [cur, ''],
    [cur, ','],
    [cur, '.'],
    [cur, 'example.com'],
    [cur, 'aws.com'],
    [cur, 'us-east-1.amazonaws'],
    [cur, 'amazonaws.com:8443'],
    [cur, 'amazonaws.com.example'],
    ['https://localhost:4566', 'localhost:4567'],
    ['https://[::1]:4566', '::2'],
  ])('%s does not by %j', (url, no) => expect(leading(url, { HTTPS_PROXY: proxy, NO_PROXY: no })).toBe(`${proxy}/`));
});

describe('a proxy that opens no tunnel', () => {
  /** One that answers whoever asks for a tunnel, and never hangs up by itself. */
  const standing = async (answer: string) => {
    const server = createServer();
    const left = new Promise<void>((resolve) => {
      server.unref().on('connect', (_, socket: Socket) => {
        socket.on('error', () => {}).on('end', () => resolve());
        socket.resume();
        socket.write(answer);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { HTTPS_PROXY: `http://127.0.0.1:${port}`, left };
  };
  const ask = (env: Environment) =>
    networkRequests(given(env), { connectionTimeout: 400, requestTimeout: 5_000, socketTimeout: 5_000 })
      .handle(new HttpRequest({ hostname: 'sts.us-east-1.amazonaws.com', protocol: 'https:', headers: {} }), {})
      .catch((error) => error);

  test.each([
    ['keeps its line open', 'HTTP/1.1 407 Who are you\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n'],
    ['says nothing', ''],
    ['says nothing within the tunnel', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('and %s is left, so that nothing keeps the program from ending', async (_, answer) => {
    const { HTTPS_PROXY, left } = await standing(answer);
    expect(await ask({ HTTPS_PROXY })).toMatchObject(
      answer.includes('407')
        ? { name: 'ProxyRefusal', message: '407 Who are you', $proxy: HTTPS_PROXY.slice(7), $proxyBy: 'HTTPS_PROXY' }
        : { name: 'TimeoutError', $host: 'sts.us-east-1.amazonaws.com' },
    );
    await left;
  });
});
