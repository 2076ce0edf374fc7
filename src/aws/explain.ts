import { Problem } from '../errors.ts';
import { printable } from '../text.ts';

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
  'LimitExceededException',
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

/**
 * Turns what an AWS call threw into a Problem: what happened, why, what to type next. A Problem stays as it is.
 * @returns undefined for what did not come from AWS or the way there: that is a bug of ours
 */
export const explain = (thrown: unknown, context: ExplainContext = {}): Problem | undefined => {
  if (thrown instanceof Problem) return thrown;
  if (!(thrown instanceof Error)) return undefined;
  const error = thrown as SdkError;
  const code = error.name && error.name !== 'Error' ? error.name : (error.Code ?? error.code ?? '');
  const message = printable(error.message ?? '').slice(0, 2_000);
  const call = error.$call
    ? ` (${error.$call.action}${error.$call.resource ? ` on ${printable(error.$call.resource)}` : ''})`
    : '';
  const problem = (text: string, advice: readonly string[], kind?: 'credentials' | 'denied') =>
    new Problem(text, advice, kind, error.$metadata?.requestId);
  const is = (kind: Kind) => kind(error, code, message);

  if (is(skewed))
    return problem(`AWS refused the request because this machine's clock is off${call}: ${message}`, [
      'Set the clock (for example: sudo timedatectl set-ntp true), then run the same command again.',
    ]);
  if (is(expired)) return problem(`The AWS session has expired${call}.`, renewal(context, message), 'credentials');
  if (is(absent))
    return problem(`There are no usable AWS credentials: ${message}`, renewal(context, message), 'credentials');
  if (is(rejected))
    return problem(
      `AWS does not accept these credentials${call}: ${message}`,
      renewal(context, message),
      'credentials',
    );
  if (is(denied)) return explainDenied(error, message, problem);
  if (is(throttled))
    return problem(`AWS asked to slow down, and still did after several tries${call}.`, [
      'Wait a minute, then run the same command again: everything done so far is saved.',
    ]);
  if (is(distrusted))
    return problem(`The certificate that answered is not trusted${call}: ${message}`, [
      'Behind a proxy that inspects TLS, point NODE_EXTRA_CA_CERTS at its certificate: NODE_EXTRA_CA_CERTS=/path/to/ca.pem spot-cur …',
    ]);
  if (is(network))
    return problem(`AWS can't be reached${call}: ${message || error.code || code}.`, [
      'Check the network, HTTPS_PROXY and NO_PROXY, then run the same command again: everything done so far is saved.',
    ]);
  if (!error.$metadata) return undefined;
  return explainAnswer(code, message, call, problem, error.$metadata.httpStatusCode ?? 0);
};

type MakeProblem = (text: string, advice: readonly string[], kind?: 'credentials' | 'denied') => Problem;

const renewal = ({ profile, roleArn }: ExplainContext, message: string): string[] => {
  const named = profile ? ` --profile ${profile}` : '';
  const ways = /sso/i.test(message)
    ? [`Sign in again: aws sso login${named}`]
    : [
        `With IAM Identity Center: aws sso login${named}`,
        `With a console sign-in: aws login${named}`,
        'With access keys: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN afresh.',
      ];
  if (roleArn) ways.push(`The role is ${roleArn}: check that the source credentials may assume it, and --external-id.`);
  return [...ways, 'Then run the same command again: everything done so far is saved.'];
};

const explainDenied = (error: SdkError, message: string, problem: MakeProblem): Problem => {
  const [, action = error.$call?.action ?? 'an action'] =
    /not authorized to perform:? ([\w-]+:\w+)/i.exec(message) ?? [];
  const [, resource = error.$call?.resource] = /on resource:? (\S+?)[.,]?(?: |$)/i.exec(message) ?? [];
  const why = /explicit deny/i.test(message)
    ? 'A policy denies it explicitly.'
    : /permissions boundary/i.test(message)
      ? 'The permissions boundary does not allow it.'
      : 'No policy allows it.';
  const statement = JSON.stringify({
    Effect: 'Allow',
    Action: action,
    Resource: resource?.startsWith('arn:') ? resource : '*',
  });
  const billing = /^(cur|billing|ce):/.test(action)
    ? [
        'If IAM already allows it: the root user has to activate "IAM user and role access to Billing information" in the Account page.',
      ]
    : [];
  return problem(
    `AWS denied ${action}${resource ? ` on ${printable(resource)}` : ''}. ${why}`,
    [
      `Have this added to the role's policy: ${statement}`,
      ...billing,
      'Then run the same command again: everything done so far is saved.',
      ...(message ? [`AWS's words: ${message}`] : []),
    ],
    'denied',
  );
};

const explainAnswer = (code: string, message: string, call: string, problem: MakeProblem, status: number): Problem => {
  const again = 'Run the same command again: everything done so far is saved.';
  if (code === 'ReportLimitReachedException')
    return problem(`The account has as many cost and usage reports as AWS allows${call}.`, [
      'Delete a report that nobody needs in the Billing console, or ask AWS to raise the limit.',
    ]);
  if (code === 'ValidationException' && message === '')
    return problem(`AWS refused the request without saying why${call}.`, [
      'Most likely, in this order: the report settings do not go together (Athena needs Parquet, overwriting and a prefix); the bucket is in another region; the bucket policy is not right.',
    ]);
  if (/^(OptInRequired|SubscriptionRequiredException)$/.test(code))
    return problem(`The account is not signed up for this service yet${call}: ${message}`, [
      'Have the account activated in the AWS console, then run the same command again.',
    ]);
  if (status >= 500)
    return problem(`AWS had trouble of its own${call}: ${code} ${message}`.trimEnd(), [`Wait a minute. ${again}`]);
  return problem(`AWS refused the request${call}: ${code}${message ? `: ${message}` : ''}`, [
    'Mend what AWS names, then run the same command again: everything done so far is saved.',
  ]);
};
