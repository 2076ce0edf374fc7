import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, 'fixtures');
/** The certificate of the authority that the proxy's own is signed by. Nobody has its key any more. */
export const privateCa = join(fixtures, 'inspecting-ca.pem');
const identity = {
  key: readFileSync(join(fixtures, 'inspecting-proxy.key')),
  cert: readFileSync(join(fixtures, 'inspecting-proxy.pem')),
};

/** A proxy as companies have them: it opens each tunnel, shows a certificate of its own and reads along. */
export interface InspectingProxy {
  readonly url: string;
  /** The hosts that a tunnel was asked for, in their order. */
  readonly tunnels: readonly string[];
  /** The requests that were read along, as "host method path". */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

interface Ways {
  /** Where AWS's hosts lead to, such as a simulated AWS. */
  readonly behind: string;
  /** Single sign-on's role credentials by access token; other tokens are refused. */
  readonly signedIn?: Readonly<Record<string, object>>;
  /** `user:password` that have to be given. */
  readonly credentials?: string;
  /** What the proxy answers in place of a tunnel, such as `502 Bad Gateway`. */
  readonly refuses?: string;
}

export const inspectingProxy = async (ways: Ways): Promise<InspectingProxy> => {
  const tunnels: string[] = [];
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const inside = createTlsServer(identity, (incoming, outgoing) => {
    const host = incoming.headers.host ?? '';
    requests.push(`${host} ${incoming.method} ${incoming.url}`);
    if (host.startsWith('portal.sso.')) signOn(ways.signedIn ?? {}, incoming, outgoing);
    else passOn(ways.behind, incoming, outgoing);
  });
  const server = createServer((_, outgoing) => outgoing.writeHead(405).end());
  server.on('connect', (asked: IncomingMessage, socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    tunnels.push((asked.url ?? '').replace(/:443$/, ''));
    const given = Buffer.from(String(asked.headers['proxy-authorization'] ?? '').replace(/^Basic /, ''), 'base64');
    const refusal =
      ways.refuses ??
      (ways.credentials && given.toString() !== ways.credentials ? '407 Proxy Authentication Required' : undefined);
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    inside.emit('connection', socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The same certificate at a port of its own, as a host that is reached without a proxy. */
export const directHost = async (behind: string) => {
  const heard: string[] = [];
  const server = createTlsServer(identity, (incoming, outgoing) => {
    heard.push(`${incoming.method} ${incoming.url}`);
    passOn(behind, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    heard,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Passes a request on as it came, with the name of the host that it was meant for. */
const passOn = (behind: string, incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const { method, url: path, headers } = incoming;
  const onward = request(behind, { method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
};

const signOn = (signedIn: Ways['signedIn'] & {}, { headers }: IncomingMessage, outgoing: ServerResponse): void => {
  const roleCredentials = signedIn[String(headers['x-amz-sso_bearer_token'])];
  outgoing.writeHead(roleCredentials ? 200 : 401, {
    'content-type': 'application/json',
    ...(!roleCredentials && { 'x-amzn-errortype': 'UnauthorizedException' }),
  });
  outgoing.end(
    JSON.stringify(roleCredentials ? { roleCredentials } : { message: 'Session token not found or invalid' }),
  );
};
