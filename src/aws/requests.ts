import { Agent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** What carries every request of every client and credential provider to AWS. */
export type Requests = RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>;

const patience = { connectionTimeout: 10_000, requestTimeout: 60_000 };

/**
 * Requests over the network. The SDK ignores HTTPS_PROXY and NO_PROXY, so the proxy is chosen here, by host. Plain http
 * is for loopback alone and never takes a proxy.
 */
export const networkRequests = (): Requests => {
  const handlers = new Map<string, NodeHttpHandler>();
  const handlerFor = (proxy: string) => {
    const known = handlers.get(proxy);
    if (known) return known;
    const httpsAgent = proxy ? new HttpsProxyAgent(proxy, { keepAlive: true }) : new Agent({ keepAlive: true });
    const made = new NodeHttpHandler({ ...patience, httpsAgent });
    handlers.set(proxy, made);
    return made;
  };
  return {
    handle(request, options) {
      const host = request.port ? `${request.hostname}:${request.port}` : request.hostname;
      const proxy = request.protocol === 'https:' ? getProxyForUrl(`https://${host}`) : '';
      return handlerFor(proxy).handle(request as never, options);
    },
    destroy() {
      for (const handler of handlers.values()) handler.destroy();
    },
  };
};

/** What watches over requests. */
export interface Supervision {
  /** Told the moment that each answer's Date header names, in ms. */
  readonly heard: (awsNow: number) => void;
  /** Once aborted, requests of reads end at once; a write that has begun goes on. */
  readonly interrupt: { readonly signal: AbortSignal; readonly writing: boolean };
  /** Told each request in one line, without anything secret. */
  readonly log?: (line: string) => void;
}

/** The same requests under supervision. */
export const supervised = (requests: Requests, { heard, interrupt, log }: Supervision): Requests => ({
  async handle(request, options) {
    const began = performance.now();
    const answer = await unlessInterrupted(interrupt, () => requests.handle(request, options));
    const { statusCode, headers } = answer.response;
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) heard(date);
    const operation = request.headers['x-amz-target'] ?? '';
    log?.(
      `${request.method} ${request.hostname}${request.path} ${operation} ${statusCode} ${Math.round(performance.now() - began)} ms`,
    );
    return answer;
  },
  destroy: () => requests.destroy?.(),
});

const unlessInterrupted = <T>({ signal, writing }: Supervision['interrupt'], work: () => Promise<T>): Promise<T> => {
  if (writing) return work();
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
};
