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
  /** Denies nothing any more. */
  allow(): void;
  close(): Promise<void>;
}

/** `denied` are operations of the JSON services and of the query services. */
export const wiretap = async (behind: string, { denied = [] as readonly string[] } = {}): Promise<Wiretap> => {
  const heard: Heard[] = [];
  let refused = denied;
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = await text(incoming);
    heard.push({ method, path, headers, body });
    const target = String(headers['x-amz-target'] ?? '').split('.')[1];
    const operation = target ?? new URLSearchParams(body).get('Action') ?? '';
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
