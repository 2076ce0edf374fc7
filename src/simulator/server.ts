import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { CONTROL, control } from './control.ts';
import type { Simulator } from './handler.ts';
import type { HttpRequest, HttpResponse } from './http.ts';

/** Where to listen; port 0 takes a free one. */
export interface ServeOptions {
  readonly port: number;
  readonly host?: '127.0.0.1';
}

/** A simulator that listens; `close` also ends connections that are kept alive. */
export interface Served {
  readonly port: number;
  close(): Promise<void>;
}

const MOST_BYTES = 20 * 1024 * 1024;

/** Serves the simulator to any client on this machine: the AWS CLI, boto3, another process of the program. */
export const serve = async (simulator: Simulator, { port, host = '127.0.0.1' }: ServeOptions): Promise<Served> => {
  const server = createServer((incoming, outgoing) => {
    respond(simulator, incoming).then(
      (response) => send(outgoing, response),
      (error: unknown) => send(outgoing, failed(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};

const respond = async (simulator: Simulator, incoming: IncomingMessage): Promise<HttpResponse> => {
  const host = (incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!ourHost(host)) return plain(403, `The simulator doesn't answer for the host ${host}.\n`);
  if (fromAnotherPage(incoming.headers)) return plain(403, "The simulator doesn't answer pages in a browser.\n");
  const body = await bodyOf(incoming);
  if (!body) return { ...plain(413, 'The body is larger than 20 MiB.\n'), headers: { connection: 'close' } };
  const request = requestOf(incoming, host, body);
  return request.path.startsWith(CONTROL) ? control(simulator, request) : simulator.handle(request);
};

/**
 * A page in a browser can have its own name resolve to this machine (DNS rebinding), but can't send another name than its own.
 * Names below localhost address buckets; AWS's own come from clients that were pointed here by other means.
 */
const ourHost = (host: string): boolean =>
  /^(?:127\.0\.0\.1|\[::1\]|localhost|[a-z0-9.-]+\.(?:localhost|127\.0\.0\.1|amazonaws\.com))$/.test(host);

/**
 * A page can have its reader's browser write to this machine without reading the answer, by a form or an image. Only browsers say
 * where a request comes from; `none` is what a person has typed or opened. A page at another port is another page.
 */
const fromAnotherPage = ({ origin, host = '', 'sec-fetch-site': site = 'none' }: IncomingHttpHeaders): boolean =>
  (origin !== undefined && origin !== `http://${host.toLowerCase()}`) ||
  !['none', 'same-origin'].includes(String(site));

const requestOf = (incoming: IncomingMessage, host: string, body: Uint8Array): HttpRequest => {
  const raw = incoming.url ?? '/';
  const cut = raw.indexOf('?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    method: incoming.method ?? 'GET',
    host,
    path: cut < 0 ? raw : raw.slice(0, cut),
    query: cut < 0 ? {} : Object.fromEntries(new URLSearchParams(raw.slice(cut + 1))),
    headers: Object.fromEntries(headers),
    body,
  };
};

/** The whole body; undefined when it is too large, though it was read to its end, so that the refusal still arrives. */
const bodyOf = async (incoming: IncomingMessage): Promise<Uint8Array | undefined> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length <= MOST_BYTES) parts.push(bytes);
  }
  return length <= MOST_BYTES ? Buffer.concat(parts) : undefined;
};

const send = (outgoing: ServerResponse, { status, headers, body, cut }: HttpResponse): void => {
  if (cut === 'hang') return;
  if (cut === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  // A HEAD's content-length speaks of the body that a GET would have had, and a 204 must not have one at all.
  const length = status === 204 ? {} : { 'content-length': String(body.length) };
  outgoing.writeHead(status, { ...length, ...headers });
  if (cut === 'truncate') outgoing.write(body.subarray(0, body.length / 2), () => outgoing.socket?.destroy());
  else outgoing.end(body);
};

const failed = (error: unknown): HttpResponse =>
  plain(500, `The simulator itself failed: ${error instanceof Error ? error.stack : String(error)}\n`);

const plain = (status: number, text: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from(text),
});
