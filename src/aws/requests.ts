import { Agent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import { proxyFor, proxyVariable, tunnels } from './proxy.ts';

/** What carries every request of every client and credential provider to AWS. */
export type Requests = RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>;

/** How long is waited for a connection, for an answer to begin and for it to go on, in ms. */
interface Silence {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly socketTimeout: number;
}

/** How long an answer is waited for, in ms. */
export const longestSilence = 60_000;

const usual: Silence = { connectionTimeout: 10_000, requestTimeout: longestSilence, socketTimeout: longestSilence };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Requests over the network. The SDK ignores HTTPS_PROXY and NO_PROXY, so the proxy is chosen here, by host. Plain http
 * is for loopback alone and never takes a proxy.
 */
export const networkRequests = (env: Environment = {}, silence = usual): Requests => {
  const handlers = new Map<string, NodeHttpHandler>();
  const handlerFor = (proxy: URL | undefined) => {
    const known = handlers.get(proxy?.href ?? '');
    if (known) return known;
    const httpsAgent = proxy ? tunnels(proxy, silence.connectionTimeout) : new Agent({ keepAlive: true });
    // Without that, the handler prints a warning of its own and waits on.
    const made = new NodeHttpHandler({ ...silence, throwOnRequestTimeout: true, httpsAgent });
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
        if (!(error instanceof Error)) throw error;
        throw Object.assign(error, { $host: host, ...(proxy && { $proxy: proxy.host, $proxyBy: proxyVariable(env) }) });
      }
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
  /** Told each attempt in one line, without anything secret. */
  readonly log?: (line: string) => void;
}

/** The same requests under supervision. */
export const supervised = (requests: Requests, { heard, interrupt, log }: Supervision): Requests => ({
  async handle(request, options) {
    const began = performance.now();
    const logged = (outcome: string | number) => log?.(line(request, outcome, Math.round(performance.now() - began)));
    try {
      const answer = await unlessInterrupted(interrupt, () => requests.handle(request, options));
      const { statusCode, headers } = answer.response;
      const date = Date.parse(headers.date ?? '');
      if (!Number.isNaN(date)) heard(date);
      logged(statusCode);
      return answer;
    } catch (error) {
      logged(`no answer (${(error as { code?: string }).code ?? (error as Error).name})`);
      throw error;
    }
  },
  destroy: () => requests.destroy?.(),
});

/** An attempt at a call; from the second on, which one it is. */
const line = ({ method, hostname, path, headers }: HttpRequest, outcome: string | number, ms: number): string => {
  const [, attempt = '1', of = ''] = /attempt=(\d+); max=(\d+)/.exec(headers['amz-sdk-request'] ?? '') ?? [];
  const words = [method, `${hostname}${path}`, headers['x-amz-target'], outcome, `${ms} ms`];
  return `${words.filter(Boolean).join(' ')}${attempt === '1' ? '' : `, attempt ${attempt} of ${of}`}`;
};

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
