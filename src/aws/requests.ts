import { Agent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { Problem } from '../errors.ts';

/** What carries every request of every client and credential provider to AWS. */
export type Requests = RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>;

const patience = { connectionTimeout: 10_000, requestTimeout: 60_000 };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Requests over the network. The SDK ignores HTTPS_PROXY and NO_PROXY, so the proxy is chosen here, by host. Plain http
 * is for loopback alone and never takes a proxy.
 */
export const networkRequests = (env: Environment = {}): Requests => {
  const handlers = new Map<string, NodeHttpHandler>();
  const handlerFor = (proxy: URL | undefined) => {
    const known = handlers.get(proxy?.href ?? '');
    if (known) return known;
    const httpsAgent = proxy ? proxyAgent(proxy) : new Agent({ keepAlive: true });
    const made = new NodeHttpHandler({ ...patience, httpsAgent });
    handlers.set(proxy?.href ?? '', made);
    return made;
  };
  return {
    async handle(request, options) {
      const host = request.port ? `${request.hostname}:${request.port}` : request.hostname;
      const proxy = request.protocol === 'https:' ? proxyFor(`https://${host}`, env) : undefined;
      try {
        return await handlerFor(proxy).handle(request as never, options);
      } catch (error) {
        throw proxy && error instanceof Error ? Object.assign(error, { $proxy: proxy.host }) : error;
      }
    },
    destroy() {
      for (const handler of handlers.values()) handler.destroy();
    },
  };
};

/** @throws Problem (usage) for a proxy that is no URL */
const proxyFor = (url: string, env: Environment): URL | undefined => {
  const found = getProxyForUrl(url);
  if (!found) return undefined;
  // A host and port alone are a proxy in plain http, as for the AWS CLI, whatever is asked of it.
  const given = [env.https_proxy, env.HTTPS_PROXY, env.all_proxy, env.ALL_PROXY];
  const bare = given.some((text) => text && !text.includes('://') && found === `https://${text}`);
  const proxy = bare ? found.replace(/^https:/, 'http:') : found;
  if (URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol)) return new URL(proxy);
  throw new Problem(
    'HTTPS_PROXY names no http or https URL.',
    ['It is like this: HTTPS_PROXY=http://proxy.example:8080 spot-cur …'],
    'usage',
  );
};

/** What a proxy answers for itself must not be read as AWS's answer. */
class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
}

const proxyAgent = (proxy: URL): Agent => {
  const agent = new HttpsProxyAgent(proxy, { keepAlive: true });
  agent.on('proxyConnect', ({ statusCode, statusText }: { statusCode: number; statusText: string }) => {
    if (statusCode !== 200) throw new ProxyRefusal(`${statusCode} ${statusText}`.trim());
  });
  return agent as unknown as Agent;
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
