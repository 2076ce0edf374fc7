import { type Credential, credentialOf } from './credential.ts';
import type { HttpRequest } from './http.ts';
import { ServiceError } from './service.ts';
import { type Account, accountOf, newAccount, type ServiceName, type World } from './world.ts';

/** Who signs a request. */
export interface Caller {
  readonly account: Account;
  readonly arn: string;
  readonly userId: string;
}

/** Nobody in particular: an unsigned request to S3. */
export const ANONYMOUS = 'anonymous';

/**
 * Finds the caller by the access key id: 12 digits are the account itself, a key of AssumeRole stands for its session.
 * @throws ServiceError by the service's own names for a missing, unknown or expired key. `now` is ms.
 */
export const callerOf = (world: World, request: HttpRequest, service: ServiceName, now: number): Caller => {
  const credential = credentialOf(request);
  if (!credential) return anonymous(service);
  if (/^\d{12}$/.test(credential.key)) return engineerOf(world, credential);
  const session = Object.hasOwn(world.sessions, credential.key) ? world.sessions[credential.key] : undefined;
  if (!session) throw refusal(service, 'unknown');
  if (now >= session.expires) throw refusal(service, 'expired');
  return { account: accountOf(world, session.account), arn: session.arn, userId: session.userId };
};

const engineerOf = (world: World, { key }: Credential): Caller => ({
  account: accountOf(world, key),
  arn: `arn:aws:iam::${key}:user/engineer`,
  userId: `AIDA${key.padStart(16, '0')}`,
});

const anonymous = (service: ServiceName): Caller => {
  if (service === 's3') return { account: newAccount(ANONYMOUS), arn: ANONYMOUS, userId: ANONYMOUS };
  throw refusal(service, 'missing');
};

type Reason = 'missing' | 'unknown' | 'expired';

const refusal = (service: ServiceName, reason: Reason): ServiceError => {
  const [code, status] = codes[dialects[service]][reason];
  return new ServiceError(code, messages[reason], status);
};

const messages: Readonly<Record<Reason, string>> = {
  missing: 'Request is missing Authentication Token',
  unknown:
    'The security token included in the request is invalid. The simulator takes a 12-digit account id as the access key id, or a key that its AssumeRole gave out.',
  expired: 'The security token included in the request is expired',
};

type Dialect = 's3' | 'query' | 'json';

const dialects: Readonly<Record<ServiceName, Dialect>> = {
  s3: 's3',
  sts: 'query',
  iam: 'query',
  cloudformation: 'query',
  cur: 'json',
  glue: 'json',
  organizations: 'json',
  lambda: 'json',
};

const codes: Readonly<Record<Dialect, Readonly<Record<Reason, readonly [string, number]>>>> = {
  s3: { missing: ['AccessDenied', 403], unknown: ['InvalidAccessKeyId', 403], expired: ['ExpiredToken', 400] },
  query: {
    missing: ['MissingAuthenticationToken', 403],
    unknown: ['InvalidClientTokenId', 403],
    expired: ['ExpiredToken', 403],
  },
  json: {
    missing: ['MissingAuthenticationTokenException', 400],
    unknown: ['UnrecognizedClientException', 400],
    expired: ['ExpiredTokenException', 400],
  },
};
