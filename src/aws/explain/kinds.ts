import { region } from '../region.ts';
import { type Trouble, unreadable } from './error.ts';

/** A kind of trouble: the first that an error is of explains it. */
export type Kind = (trouble: Trouble) => boolean;

const among =
  (...codes: readonly string[]): Kind =>
  ({ code }) =>
    codes.includes(code);

const expiredCodes = among('ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired');

/**
 * S3 answers a HEAD without a code and without words. The 400 of one that went to the right region is that of a session that has
 * ended, as `400 Bad Request` of HeadObject is known for.
 */
const wordless: Kind = ({ error: { $metadata, $call, $response }, code }) =>
  $metadata?.httpStatusCode === 400 &&
  $call?.action.startsWith('s3:') === true &&
  /^(Unknown|UnknownError|BadRequest|400)$/.test(code) &&
  [undefined, region].includes($response?.headers?.['x-amz-bucket-region']);

export const expired: Kind = (trouble) =>
  expiredCodes(trouble) ||
  wordless(trouble) ||
  /(security token|token|session).{0,60}(has |is )?expired/i.test(trouble.message);

export const rejected = among(
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AuthFailure',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'InvalidSignatureException',
  'InvalidToken',
  'InvalidIdentityToken',
);

const providerCodes = among('CredentialsProviderError', 'TokenProviderError', 'ProviderError');

/** No credentials came from where they were looked for. */
export const absent: Kind = (trouble) => providerCodes(trouble) || trouble.error.tryNextLink !== undefined;

const skewCodes = among('RequestTimeTooSkewed', 'RequestInTheFuture');

export const skewed: Kind = (trouble) =>
  skewCodes(trouble) || /Signature (expired|not yet current)/i.test(trouble.message);

const throttleCodes = among(
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown',
  'RequestThrottled',
  'RequestThrottledException',
  'PriorRequestNotComplete',
);

export const throttled: Kind = (trouble) =>
  throttleCodes(trouble) || trouble.error.$metadata?.httpStatusCode === 429 || /^Rate exceeded/i.test(trouble.message);

/** What AWS's services never answer: a redirection to a sign-in page, or a question for a password. */
const ofOthers: ReadonlySet<number | undefined> = new Set([302, 303, 307, 308, 401]);

/** An answer in no form that AWS gives, unless a server fails, whose gateway answers with a page of its own. */
export const garbled: Kind = ({ error, code }) => {
  const status = error.$metadata?.httpStatusCode;
  if ((status ?? 0) >= 500 || status === 429) return false;
  return unreadable(error) || /^HPE_/.test(error.code ?? '') || (ofOthers.has(status) && /^(Unknown|\d{3})/.test(code));
};

export const denied: Kind = ({ code, error }) =>
  /^(AccessDenied(Exception)?|UnauthorizedOperation|AllAccessDisabled|Forbidden)$/.test(code) ||
  error.$metadata?.httpStatusCode === 403;

export const regionOff: Kind = ({ code, message }) =>
  /^(OptInRequired|SubscriptionRequiredException|RegionDisabledException)$/.test(code) ||
  /STS is not activated in this region|region .{0,40}(is disabled|not enabled)/i.test(message);

/** A proxy that answered for itself, or could not be reached. */
export const ofProxy: Kind = (trouble) =>
  trouble.code === 'ProxyRefusal' ||
  (trouble.error.$proxy !== undefined && network(trouble)) ||
  /^Proxy connection ended/.test(trouble.message);

export const network: Kind = ({ error, code, message }) =>
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|TimeoutError|ERR_SOCKET_.*|ERR_SSL_.*|EPROTO)$/.test(
    error.code ?? code,
  ) || /socket hang up|socket disconnected|connect timed? ?out|proxy/i.test(message);

/** OpenSSL's and Node's codes (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
export const distrusted: Kind = ({ error }) =>
  /^(CERT_|(DEPTH_ZERO_)?SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT)_|ERROR_IN_CERT_|INVALID_(CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$|ERR_TLS_CERT_ALTNAME_)/.test(
    error.code ?? '',
  );
