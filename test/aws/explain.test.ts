import { describe, expect, test } from 'vitest';
import { explain } from '../../src/aws/explain.ts';
import { Problem } from '../../src/errors.ts';

const call = { action: 's3:CreateBucket', resource: 'arn:aws:s3:::acme' };
/** An error as the SDK throws it. */
const error = (name: string, message = '', facts: object = { $metadata: { httpStatusCode: 400, requestId: 'R1' } }) =>
  Object.assign(new Error(message), { name, $call: call, ...facts });
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode, requestId: 'R1' } });
const broken = (code: string, message = '') => Object.assign(new Error(message), { code, $metadata: {} });

const explained = (thrown: unknown, context = {}) => {
  const problem = explain(thrown, context);
  if (!problem) throw new Error('nothing was explained');
  expect(problem.advice.length).toBeGreaterThan(0);
  return { code: problem.code, text: problem.message, advice: problem.advice.join('\n'), id: problem.requestId };
};

describe('each code of AWS is explained', () => {
  test.each<[string, Error, string, RegExp]>([
    ...['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'].map(
      (name): [string, Error, string, RegExp] => [name, error(name), 'credentials', /session has expired/],
    ),
    ...[
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
      'InvalidToken',
    ].map((name): [string, Error, string, RegExp] => [
      name,
      error(name, 'no', status(403)),
      'credentials',
      /does not accept these/,
    ]),
    ...['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'SlowDown', 'RequestLimitExceeded'].map(
      (name): [string, Error, string, RegExp] => [name, error(name), 'blocked', /asked to slow down/],
    ),
    ...['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'Forbidden'].map(
      (name): [string, Error, string, RegExp] => [
        name,
        error(name),
        'denied',
        /^AWS denied s3:CreateBucket on arn:aws:s3:::acme/,
      ],
    ),
    ['a 403 of whatever name', error('Unknown', '', status(403)), 'denied', /AWS denied/],
    ['RequestTimeTooSkewed', error('RequestTimeTooSkewed', 'x', status(403)), 'blocked', /clock is off/],
    [
      'an old signature',
      error('InvalidSignatureException', 'Signature expired: x is now earlier', status(403)),
      'blocked',
      /clock is off/,
    ],
    [
      'ReportLimitReachedException',
      error('ReportLimitReachedException', 'five'),
      'blocked',
      /as many cost and usage reports/,
    ],
    ['ValidationException without words', error('ValidationException'), 'blocked', /without saying why/],
    [
      'ValidationException as the SDK words it',
      error('ValidationException', 'UnknownError'),
      'blocked',
      /without saying why/,
    ],
    [
      'ValidationException',
      error('ValidationException', 'Failed to verify customer bucket permission.'),
      'blocked',
      /may not write into the bucket/,
    ],
    ['DuplicateReportNameException', error('DuplicateReportNameException', 'x'), 'blocked', /of this name already/],
    ['BucketAlreadyExists', error('BucketAlreadyExists', 'x', status(409)), 'blocked', /bucket name is taken/],
    ['TokenAlreadyExistsException', error('TokenAlreadyExistsException', 'x'), 'blocked', /has seen the token/],
    ['SubscriptionRequiredException', error('SubscriptionRequiredException', 'x'), 'blocked', /not signed up/],
    ['InternalFailure', error('InternalFailure', 'x', status(500)), 'blocked', /trouble of its own/],
    ['503', error('ServiceUnavailable', 'x', status(503)), 'blocked', /trouble of its own/],
  ])('%s', (_, thrown, code, text) => {
    const problem = explained(thrown);
    expect(problem).toMatchObject({ code, id: 'R1' });
    expect(problem.text).toMatch(text);
  });

  const unparsed = `Unexpected token '<', "<html>" is not valid JSON\n  Deserialization error: to see the raw response`;
  test.each<[string, Error, RegExp]>([
    [
      'a page',
      error('SyntaxError', unparsed, status(200)),
      /not in the form of AWS \(s3:CreateBucket.*\): HTTP status 200\.$/,
    ],
    ['a page of a proxy', error('SyntaxError', unparsed, status(403)), /not in the form of AWS/],
    ['a way to sign in', error('Unknown', 'UnknownError', status(302)), /not in the form of AWS.*status 302/],
    ['no HTTP', broken('HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'), /not in the form of AWS/],
    ['a page while a server fails', error('SyntaxError', unparsed, status(502)), /trouble of its own.*not in the form/],
    [
      'silence while a server fails',
      error('Unknown', 'Unknown', status(500)),
      /trouble of its own.*: HTTP status 500$/,
    ],
    ['429 without a code', error('SyntaxError', unparsed, status(429)), /asked to slow down/],
    ['a status alone', error('Unknown', 'UnknownError', status(418)), /refused the request.*: HTTP status 418$/],
    [
      'something missing that is no bucket',
      error('NotFound', 'UnknownError', { ...status(404), $call: { action: 'iam:GetRole', resource: undefined } }),
      /refused the request \(iam:GetRole\): NotFound$/,
    ],
    [
      'no answer in time',
      Object.assign(
        new Error('@smithy/node-http-handler - [ERROR] a request has exceeded the configured 60000 ms requestTimeout.'),
        { name: 'TimeoutError', code: 'ETIMEDOUT' },
      ),
      /can't be reached: no answer within 60 seconds\.$/,
    ],
  ])('what answers with %s', (_, thrown, text) => expect(explained(thrown).text).toMatch(text));

  test('an empty refusal lists the likely causes in order', () =>
    expect(explained(error('ValidationException')).advice).toMatch(
      /Athena needs Parquet.*another region.*bucket policy/,
    ));
});

describe('a denial', () => {
  const denial = (because: string, resource = 'resource: arn:aws:s3:::acme ') =>
    error(
      'AccessDenied',
      `User: arn:aws:sts::111122223333:assumed-role/R/me is not authorized to perform: s3:PutBucketPolicy on ${resource}${because}`,
      status(403),
    );

  test.each([
    ['because no identity-based policy allows the s3:PutBucketPolicy action', 'No identity-based policy allows it.'],
    ['because no permissions boundary allows the s3:PutBucketPolicy action', 'No permissions boundary allows it.'],
    ['because no session policy allows the s3:PutBucketPolicy action', 'No session policy allows it.'],
    ['because no resource-based policy allows the s3:PutBucketPolicy action', 'No resource-based policy allows it.'],
    ['because no service control policy allows the s3:PutBucketPolicy action', 'No service control policy allows it.'],
    ['with an explicit deny in a service control policy', 'A service control policy denies it explicitly.'],
    ['with an explicit deny in an identity-based policy', 'An identity-based policy denies it explicitly.'],
    ['with an explicit deny', 'A policy denies it explicitly.'],
    ['', 'No policy allows it.'],
  ])('%s', (because, reason) =>
    expect(explained(denial(because)).text).toBe(`AWS denied s3:PutBucketPolicy on arn:aws:s3:::acme. ${reason}`),
  );

  test('hands over the statement that is missing', () =>
    expect(explained(denial('because no identity-based policy allows it')).advice).toContain(
      '{"Effect":"Allow","Action":"s3:PutBucketPolicy","Resource":"arn:aws:s3:::acme"}',
    ));

  test('that is explicit can’t be helped by allowing more', () => {
    const { advice } = explained(denial('with an explicit deny in a service control policy'));
    expect(advice).not.toContain('"Effect"');
    expect(advice).toContain('denial lifted');
  });

  test('of a resource that is no ARN asks for all', () =>
    expect(explained(denial('', 'resource: * ')).advice).toContain('"Resource":"*"'));

  test('without words goes by the call', () =>
    expect(explained(error('AccessDenied', 'Access Denied')).advice).toContain('"Action":"s3:CreateBucket"'));

  test('of billing names what only root can turn on', () => {
    const cur = { ...status(400), $call: { action: 'cur:PutReportDefinition', resource: undefined } };
    expect(explained(error('AccessDeniedException', '', cur)).advice).toContain('IAM user and role access to Billing');
    expect(explained(error('AccessDenied')).advice).not.toContain('root user');
  });
});

describe('credentials', () => {
  const none = error('CredentialsProviderError', 'Could not load credentials from any providers', {
    tryNextLink: true,
  });
  test('that are missing name the ways to get some', () => {
    const { code, advice } = explained(none, { profile: 'acme billing' });
    expect(code).toBe('credentials');
    expect(advice).toMatch(/aws sso login --profile 'acme billing'.*\n.*aws login.*\n.*AWS_SESSION_TOKEN/);
    expect(advice).toContain('everything done so far is saved');
  });
  test('of single sign-on name that alone', () => {
    const { advice } = explained(error('CredentialsProviderError', 'The SSO session has expired or is invalid', {}));
    expect(advice).toMatch(/^Sign in again: aws sso login\n/);
  });
  test('of a role name the role', () =>
    expect(explained(none, { roleArn: 'arn:aws:iam::111122223333:role/R' }).advice).toContain('--external-id'));
});

describe('the way to AWS', () => {
  test.each([
    ['ECONNREFUSED', /can't be reached.*ECONNREFUSED/],
    ['ENOTFOUND', /can't be reached/],
    ['ECONNRESET', /can't be reached/],
    ['ETIMEDOUT', /can't be reached/],
    ['EAI_AGAIN', /can't be reached/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /certificate that answered is not trusted/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /not trusted/],
    ['CERT_HAS_EXPIRED', /not trusted/],
  ])('%s', (code, text) => expect(explained(broken(code)).text).toMatch(text));

  test('that several addresses failed at', () =>
    expect(explained(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED', $metadata: {} })).text).toMatch(
      /reached/,
    ));
  test('that took too long', () => expect(explained(error('TimeoutError', 'slow', {})).text).toMatch(/reached.*slow/));
  test('that inspects TLS', () =>
    expect(explained(broken('SELF_SIGNED_CERT_IN_CHAIN')).advice).toContain('NODE_EXTRA_CA_CERTS'));
});

describe('a template in a bucket of somebody else', () => {
  const read = { $call: { action: 's3:GetObject', resource: 'arn:aws:s3:::spot-templates/v1.yaml' } };
  const refused = (name: string, httpStatusCode: number, $offered?: true) =>
    explained(error(name, 'no', { ...status(httpStatusCode), ...read, ...($offered && { $offered }) }));

  test.each([
    ['NoSuchKey', 404, 'blocked', /is not there, or not any more/],
    ['NoSuchBucket', 404, 'blocked', /is not there, or not any more/],
    ['NoSuchVersion', 404, 'blocked', /is not there, or not any more/],
    ['AccessDenied', 403, 'denied', /may not be read/],
    ['PermanentRedirect', 301, 'blocked', /in another region than its address says/],
  ])('%s is Spot’s to mend', (name, code, kind, text) => {
    const told = refused(name, code, true);
    expect([told.code, told.text]).toEqual([kind, expect.stringMatching(text)]);
    expect(told.advice).toContain("spot-cur review '<link>'");
    expect(told.advice).not.toMatch(/--bucket|spot-cur resume|Have this added/);
  });

  test('a bucket of one’s own is one’s own to mend', () => {
    expect(refused('PermanentRedirect', 301).advice).toContain('spot-cur setup <customer> --bucket');
    expect(refused('NoSuchKey', 404).advice).toContain('spot-cur resume');
  });
});

test('what AWS says can’t steer a terminal', () =>
  expect(explained(error('Odd', 'a\u001b[31mb\nc\u202e')).text).toMatch(/: Odd: ab c$/));

test('a Problem stays as it is, and bugs stay bugs', () => {
  const problem = new Problem('x', ['y']);
  expect(explain(problem)).toBe(problem);
  expect(explain(new TypeError('x is undefined'))).toBeUndefined();
  expect(explain('text')).toBeUndefined();
});
