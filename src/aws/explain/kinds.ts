import { region } from '../region.ts';
import type { Trouble } from './error.ts';

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

export const throttled: Kind = (trouble) => throttleCodes(trouble) || /^Rate exceeded/i.test(trouble.message);

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

export const distrusted: Kind = ({ error }) =>
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID)$/.test(
    error.code ?? '',
  );
