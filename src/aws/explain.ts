import { Problem } from '../errors.ts';
import { printable, shellWord } from '../text.ts';
import { explainDenial } from './denial.ts';

/** What an explanation may draw on beside the error. */
export interface ExplainContext {
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
}

/** What the clients attach to each error: which call it was. */
export interface FailedCall {
  /** IAM's name of the action, such as `s3:CreateBucket`. */
  readonly action: string;
  readonly resource: string | undefined;
}

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $call?: FailedCall;
  readonly tryNextLink?: boolean;
}

type Kind = (error: SdkError, code: string, message: string) => boolean;

const among =
  (...codes: readonly string[]): Kind =>
  (_, code) =>
    codes.includes(code);

const expired: Kind = (error, code, message) =>
  among('ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired')(error, code, message) ||
  /(security token|token|session).{0,60}(has |is )?expired/i.test(message);

const rejected = among(
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

const absent: Kind = (error, code) =>
  ['CredentialsProviderError', 'TokenProviderError', 'ProviderError'].includes(code) || error.tryNextLink !== undefined;

const skewed: Kind = (error, code, message) =>
  among('RequestTimeTooSkewed', 'RequestInTheFuture')(error, code, message) ||
  /Signature (expired|not yet current)/i.test(message);

const throttled = among(
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown',
  'RequestThrottled',
);

const denied: Kind = (error, code) =>
  /^(AccessDenied(Exception)?|UnauthorizedOperation|AllAccessDisabled|Forbidden)$/.test(code) ||
  error.$metadata?.httpStatusCode === 403;

const network: Kind = (error, code, message) =>
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|TimeoutError|ERR_SOCKET_.*)$/.test(
    error.code ?? code,
  ) || /socket hang up|connect timed? ?out|proxy/i.test(message);

const distrusted: Kind = (error) =>
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID)$/.test(
    error.code ?? '',
  );

/** The SDK's own words on an answer that it can't parse are for its developers. */
const saying = ({ message = '' }: SdkError): string =>
  /Deserialization error|\$response/.test(message)
    ? 'what answered is not in the form of AWS'
    : printable(message).slice(0, 2_000);

/** What an explanation is made from. */
interface Trouble {
  readonly error: SdkError;
  readonly code: string;
  readonly message: string;
  /** Which call it was, in brackets after a blank; empty when that is not known. */
  readonly call: string;
  readonly context: ExplainContext;
}

interface Explanation {
  readonly text: string;
  readonly advice: readonly string[];
  readonly kind?: 'credentials' | 'denied';
}

/** The first kind that an error is of explains it. */
const explanations: readonly (readonly [Kind, (trouble: Trouble) => Explanation])[] = [
  [
    skewed,
    ({ call, message }) => ({
      text: `AWS refused the request because this machine's clock is off${call}: ${message}`,
      advice: ['Set the clock (for example: sudo timedatectl set-ntp true), then run the same command again.'],
    }),
  ],
  [
    expired,
    ({ call, context, message }) => ({
      text: `The AWS session has expired${call}.`,
      advice: renewal(context, message),
      kind: 'credentials',
    }),
  ],
  [
    absent,
    ({ context, message }) => ({
      text: `There are no usable AWS credentials: ${message}`,
      advice: renewal(context, message),
      kind: 'credentials',
    }),
  ],
  [
    rejected,
    ({ call, context, message }) => ({
      text: `AWS does not accept these credentials${call}: ${message}`,
      advice: renewal(context, message),
      kind: 'credentials',
    }),
  ],
  [denied, ({ error, message }) => ({ ...explainDenial(error.$call, message), kind: 'denied' })],
  [
    throttled,
    ({ call }) => ({
      text: `AWS asked to slow down, and still did after several tries${call}.`,
      advice: ['Wait a minute, then run the same command again: everything done so far is saved.'],
    }),
  ],
  [
    distrusted,
    ({ call, message }) => ({
      text: `The certificate that answered is not trusted${call}: ${message}`,
      advice: [
        'Behind a proxy that inspects TLS, point NODE_EXTRA_CA_CERTS at its certificate: NODE_EXTRA_CA_CERTS=/path/to/ca.pem spot-cur …',
      ],
    }),
  ],
  [
    network,
    ({ call, message, error, code }) => ({
      text: `AWS can't be reached${call}: ${message || error.code || code}.`,
      advice: [
        'Check the network, HTTPS_PROXY and NO_PROXY, then run the same command again: everything done so far is saved.',
      ],
    }),
  ],
  [({ $metadata }) => $metadata !== undefined, explainAnswer],
];

/**
 * Turns what an AWS call threw into a Problem: what happened, why, what to type next. A Problem stays as it is.
 * @returns undefined for what did not come from AWS or the way there: that is a bug of ours
 */
export const explain = (thrown: unknown, context: ExplainContext = {}): Problem | undefined => {
  if (thrown instanceof Problem || !(thrown instanceof Error)) return thrown instanceof Problem ? thrown : undefined;
  const error = thrown as SdkError;
  const code = error.name && error.name !== 'Error' ? error.name : (error.Code ?? error.code ?? '');
  const message = saying(error);
  const resource = error.$call?.resource;
  const call = error.$call ? ` (${error.$call.action}${resource ? ` on ${printable(resource)}` : ''})` : '';
  const [, make] = explanations.find(([kind]) => kind(error, code, message)) ?? [];
  if (!make) return undefined;
  const { text, advice, kind } = make({ error, code, message, call, context });
  return new Problem(text, advice, kind, error.$metadata?.requestId);
};

function renewal({ profile, roleArn }: ExplainContext, message: string): string[] {
  const named = profile ? ` --profile ${shellWord(profile)}` : '';
  const ways = /sso/i.test(message)
    ? [`Sign in again: aws sso login${named}`]
    : [
        `With IAM Identity Center: aws sso login${named}`,
        `With a console sign-in: aws login${named}`,
        'With access keys: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN afresh.',
      ];
  if (roleArn) ways.push(`The role is ${roleArn}: check that the source credentials may assume it, and --external-id.`);
  return [...ways, 'Then run the same command again: everything done so far is saved.'];
}

function explainAnswer({ code, message, call, error }: Trouble): Explanation {
  const again = 'Run the same command again: everything done so far is saved.';
  if (code === 'ReportLimitReachedException')
    return {
      text: `The account has as many cost and usage reports as AWS allows${call}.`,
      advice: ['Delete a report that nobody needs in the Billing console, or ask AWS to raise the limit.'],
    };
  if (code === 'ValidationException' && /^(UnknownError)?$/.test(message))
    return {
      text: `AWS refused the request without saying why${call}.`,
      advice: [
        'Most likely, in this order: the report settings do not go together (Athena needs Parquet, overwriting and a prefix); the bucket is in another region; the bucket policy is not right.',
      ],
    };
  if (/^(OptInRequired|SubscriptionRequiredException)$/.test(code))
    return {
      text: `The account is not signed up for this service yet${call}: ${message}`,
      advice: ['Have the account activated in the AWS console, then run the same command again.'],
    };
  if ((error.$metadata?.httpStatusCode ?? 0) >= 500)
    return {
      text: `AWS had trouble of its own${call}: ${`${code === 'SyntaxError' ? '' : code} ${message}`.trim()}`,
      advice: [`Wait a minute. ${again}`],
    };
  return {
    text: `AWS refused the request${call}: ${code}${message ? `: ${message}` : ''}`,
    advice: [`Mend what AWS names. ${again}`],
  };
}
