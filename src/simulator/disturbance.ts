import { credentialOf } from './credential.ts';
import { dialects } from './dialect.ts';
import type { Fault, FaultKind } from './fault.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { checkRights } from './rights/check.ts';
import type { Asked } from './rights/resources.ts';
import { ServiceError } from './service.ts';
import { accountOf, type ServiceName, type World } from './world.ts';

/** How far ahead a clock is that a fault sets wrong, in ms. */
const SKEW_MS = 20 * 60_000;

/** What a fault changes in the world before the call is looked at: a session ends, AWS's clock jumps. `now` is ms. */
export const unsettle = (world: World, fault: Fault | undefined, request: HttpRequest, now: number): void => {
  const { key = '' } = credentialOf(request) ?? {};
  const session = Object.hasOwn(world.sessions, key) ? world.sessions[key] : undefined;
  const id = session?.account ?? key;
  if (!/^\d{12}$/.test(id)) return;
  if (fault?.kind === 'clock-skew') accountOf(world, id).skew = SKEW_MS;
  if (fault?.kind !== 'expired-token') return;
  if (session) world.sessions[key] = { ...session, expires: now };
  else accountOf(world, id).sessionEnd = { calls: 0 };
};

/** Whether a call never reaches the service: nothing comes of it, and no answer. */
export const isLost = (kind: FaultKind | undefined): boolean => kind === 'reset-before' || kind === 'hang-before';

/** The answer of a call that never reaches the service. */
export const lost = (kind: FaultKind): HttpResponse => ({
  status: 0,
  headers: {},
  body: new Uint8Array(),
  cut: kind === 'hang-before' ? 'hang' : 'reset',
});

/** Throws what the service answers instead of doing what it is asked, in its own words. */
export const refuse = (kind: FaultKind | undefined, asked: Asked, caller: string): void => {
  if (kind === 'throttled') throw throttled(asked.service);
  if (kind === 'server-error') throw ofServer(asked.service, 500);
  if (kind === 'unavailable') throw ofServer(asked.service, 503);
  if (kind === 'access-denied')
    checkRights({ ...asked, account: { ...asked.account, denials: [{ action: '*' }] } }, caller);
};

/** What becomes of an answer on its way. */
export const disturbed = (kind: FaultKind | undefined, answer: HttpResponse): HttpResponse => {
  switch (kind) {
    case 'reset-after':
      return { ...answer, cut: 'reset' };
    case 'hang-after':
      return { ...answer, cut: 'hang' };
    case 'truncated':
      // What has no body breaks off before it is whole.
      return { ...answer, cut: answer.body.length > 1 ? 'truncate' : 'reset' };
    case 'gateway-timeout':
      return gatewayPage('504 Gateway Timeout');
    case 'garbled':
      return { ...answer, status: answer.status === 204 ? 200 : answer.status, body: Buffer.from(GARBAGE) };
    default:
      return answer;
  }
};

/** Neither XML nor JSON nor any text. */
const GARBAGE = '\u0000\u0001}{<<]>\ufffd not what was sent';

/** A page of something between the client and the service, by a status like `502 Bad Gateway`. */
export const gatewayPage = (status: string): HttpResponse => ({
  status: Number.parseInt(status, 10),
  headers: { 'content-type': 'text/html' },
  body: Buffer.from(`<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>gateway</body></html>`),
});

const throttled = (service: ServiceName): ServiceError => {
  if (dialects[service] === 's3') return new ServiceError('SlowDown', 'Please reduce your request rate.', 503);
  const code = dialects[service] === 'query' ? 'Throttling' : 'ThrottlingException';
  return new ServiceError(code, 'Rate exceeded', 400);
};

const ofServer = (service: ServiceName, status: 500 | 503): ServiceError => {
  const internal = { s3: 'InternalError', query: 'InternalFailure', json: 'InternalServerException' } as const;
  const code = status === 500 ? internal[dialects[service]] : 'ServiceUnavailable';
  return new ServiceError(code, 'We encountered an internal error. Please try again.', status);
};
