import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Everything that a client said in one request. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Stands between a client and a simulated AWS: hears all, and denies operations as IAM would. */
export interface Wiretap {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Resolves once an operation is asked for. */
  hears(operation: string): Promise<void>;
  /** Denies nothing any more. */
  allow(): void;
  close(): Promise<void>;
}

interface Interference {
  /** Operations that are denied. */
  readonly denied?: readonly string[];
  /** Operations that are passed on only once their promise resolves. */
  readonly held?: Readonly<Record<string, Promise<void>>>;
}

/** Operations are known by name in the JSON and query services. */
export const wiretap = async (behind: string, { denied = [], held = {} }: Interference = {}): Promise<Wiretap> => {
  const heard: Heard[] = [];
  const asked = new EventEmitter();
  let refused = denied;
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = await text(incoming);
    heard.push({ method, path, headers, body });
    const target = String(headers['x-amz-target'] ?? '').split('.')[1];
    const operation = target ?? new URLSearchParams(body).get('Action') ?? '';
    asked.emit(`asked ${operation}`);
    await held[operation];
    if (refused.includes(operation)) {
      const message = `User: arn:aws:iam::111122223333:user/engineer is not authorized to perform this operation`;
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
      return;
    }
    const passed = Object.entries(headers).filter(([name]) => !/^(host|connection|content-length|expect)$/.test(name));
    const answer = await fetch(behind + path, {
      method,
      headers: passed.map(([name, value]) => [name, String(value)]),
      ...(body !== '' && { body }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { 'content-length': _, ...rest } = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, rest);
    outgoing.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    hears: async (operation) => void (await once(asked, `asked ${operation}`)),
    allow: () => {
      refused = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
