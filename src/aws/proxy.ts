import type { Agent } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { Problem } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that leads to a URL; undefined where none does. @throws Problem (usage) for one that can't be understood */
export const proxyFor = (url: string, env: Environment): URL | undefined => {
  if (!URL.canParse(url) || goesPast(new URL(url), env.no_proxy || env.NO_PROXY || '')) return undefined;
  const found = getProxyForUrl(url);
  if (!found) return undefined;
  // A host and port alone are a proxy in plain http, as for the AWS CLI, whatever is asked of it.
  const given = [env.https_proxy, env.HTTPS_PROXY, env.all_proxy, env.ALL_PROXY];
  const bare = given.some((text) => text && !text.includes('://') && found === `https://${text}`);
  return parsed(bare ? found.replace(/^https:/, 'http:') : found, proxyVariable(env));
};

/** The variable that names the proxy of https requests, in the order of getProxyForUrl. */
export const proxyVariable = (env: Environment): string =>
  ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].find((name) => env[name]) ?? 'HTTPS_PROXY';

/** As for the AWS CLI, a domain names its subdomains too, with and without a dot before it; an IPv6 address needs no brackets. */
const goesPast = ({ hostname, port }: URL, list: string): boolean => {
  const host = hostname.replace(/^\[|\]$/g, '');
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => {
      const [, name = entry, only] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
      const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
      if (domain === '' || (only !== undefined && only !== (port || '443'))) return false;
      return host === domain || host.endsWith(`.${domain}`);
    });
};

/** Never quoted, as it may hold a password. A sign that should have been encoded makes a host of what is none. */
const parsed = (text: string, variable: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && isEncoded(url))
    return url;
  throw new Problem(
    `${variable} names no http or https URL of a proxy.`,
    [
      `It is like this: ${variable}=http://proxy.example:8080 spot-cur …`,
      'In a user name or password, signs such as @ # / % are written %40 %23 %2F %25.',
    ],
    'usage',
  );
};

const isEncoded = ({ username, password }: URL): boolean => {
  try {
    return decodeURIComponent(`${username}:${password}`) !== '';
  } catch {
    return false;
  }
};

/** What a proxy answers for itself must not be read as AWS's answer. */
class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
}

/**
 * A proxy that opens no tunnel, or takes too long for it, leaves no socket behind, which would keep the program from ending. The
 * handshake within the tunnel has the same time: what waits for connections takes it for one that stands.
 */
class Tunnels extends HttpsProxyAgent<string> {
  private readonly patience: number;

  constructor(proxy: URL, patience: number) {
    super(proxy, { keepAlive: true });
    this.patience = patience;
  }

  override async connect(...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>) {
    let refusal: ProxyRefusal | undefined;
    request.once('proxyConnect', ({ statusCode, statusText }: { statusCode: number; statusText: string }) => {
      if (statusCode !== 200) refusal = new ProxyRefusal(`${statusCode} ${statusText}`.trim());
    });
    const opening = new AbortController();
    const opened = after(this.patience, () => opening.abort());
    try {
      // Read at once by what follows, and so of this tunnel alone.
      this.connectOpts = { ...this.connectOpts, signal: opening.signal };
      const socket = await super.connect(request, options);
      if (!refusal) return this.shakingHands(socket);
      socket.destroy();
      throw refusal;
    } catch (error) {
      throw opening.signal.aborted ? silent(this.patience) : error;
    } finally {
      opened();
    }
  }

  private shakingHands<S extends Socket>(socket: S): S {
    if (!(socket instanceof TLSSocket)) return socket;
    const shaken = after(this.patience, () => socket.destroy(silent(this.patience)));
    return socket.once('secureConnect', shaken).once('close', shaken);
  }
}

/** Does something after a while, unless the function that is returned is called before. */
const after = (ms: number, late: () => void): (() => void) => {
  const over = AbortSignal.timeout(ms);
  over.addEventListener('abort', late);
  return () => over.removeEventListener('abort', late);
};

const silent = (ms: number): Error =>
  Object.assign(new Error(`no answer within ${Math.ceil(ms / 1000)} seconds`), {
    name: 'TimeoutError',
    code: 'ETIMEDOUT',
  });

/** Tunnels through a proxy, each of which it has to open within `patience` ms. */
export const tunnels = (proxy: URL, patience: number): Agent => new Tunnels(proxy, patience) as unknown as Agent;
