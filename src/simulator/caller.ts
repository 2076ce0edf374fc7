import { credentialOf } from './credential.ts';
import { type Dialect, dialects } from './dialect.ts';
import type { HttpRequest } from './http.ts';
import { ServiceError } from './service.ts';
import { roleId } from './services/cloudformation/resources/iam.ts';
import { sessionEnded } from './session-end.ts';
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
  if (/^\d{12}$/.test(credential.key)) {
    const account = accountOf(world, credential.key);
    if (sessionEnded(account, request, now)) throw refusal(service, 'expired');
    return { account, ...engineerOf(account) };
  }
  const session = Object.hasOwn(world.sessions, credential.key) ? world.sessions[credential.key] : undefined;
  if (!session) throw refusal(service, 'unknown');
  if (now >= session.expires) throw refusal(service, 'expired');
  return { account: accountOf(world, session.account), arn: session.arn, userId: session.userId };
};

/** How far AWS's clock is ahead for whoever signs this request, in ms; undefined where signatures keep all the time they want. */
export const skewFor = (world: World, request: HttpRequest): number | undefined => {
  const key = credentialOf(request)?.key ?? '';
  const account = Object.hasOwn(world.sessions, key) ? world.sessions[key]?.account : key;
  return account !== undefined && Object.hasOwn(world.accounts, account) ? world.accounts[account]?.skew : undefined;
};

const engineerOf = ({ id, partition = 'aws', root, role }: Account): Omit<Caller, 'account'> => {
  if (root) return { arn: `arn:${partition}:iam::${id}:root`, userId: id };
  if (!role) return { arn: `arn:${partition}:iam::${id}:user/engineer`, userId: `AIDA${id.padStart(16, '0')}` };
  // STS leaves a role's path out.
  return {
    arn: `arn:${partition}:sts::${id}:assumed-role/${role.name}/session`,
    userId: `${roleId(id, role.name)}:session`,
  };
};

/** The IAM user, role or root behind a caller's ARN: of a session the role itself, with its path. */
export const principalOf = ({ id, partition = 'aws', roles }: Account, caller: string): string => {
  const [, name] = /:assumed-role\/([^/]+)\//.exec(caller) ?? [];
  if (name === undefined) return caller;
  const path = roles.find((role) => role.name === name)?.path ?? '/';
  return `arn:${partition}:iam::${id}:role${path}${name}`;
};

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
