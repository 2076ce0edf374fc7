import { describe, expect, test } from 'vitest';
import { type ExplainContext, explain } from '../../src/aws/explain.ts';
import type { Origin } from '../../src/aws/origin.ts';

/** A command that can be typed as it stands, but for names in <angle brackets>. */
const command = /(?:^|: )((?:aws|spot-cur) [a-z][^\n]*|(?:HTTPS_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS)=\S+ spot-cur …)$/m;

interface Facts {
  readonly status?: number;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: ExplainContext;
  /** What the error itself carries. */
  readonly own?: object;
}

const explained = (code: string, message: string, facts: Facts = {}) => {
  const { status = 400, action = 'cur:PutReportDefinition', resource, context, own } = facts;
  const problem = explain(
    Object.assign(new Error(message), {
      name: code,
      $metadata: { httpStatusCode: status, requestId: 'R1' },
      $call: { action, resource },
      ...own,
    }),
    context,
  );
  if (!problem) throw new Error(`${code} is not explained`);
  return { ...problem, text: problem.message, advice: problem.advice.join('\n') };
};

type Row = readonly [code: string, message: string, cause: RegExp, command: RegExp, facts?: Facts];

/** Every error code and sentence of AWS's that the facts name, and those of the same kind. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  'the report': [
    ['ValidationException', '', /without saying why/, /spot-cur doctor/],
    ['ValidationException', 'UnknownError', /without saying why/, /spot-cur doctor/],
    [
      'ValidationException',
      'Failed to verify customer bucket permission. accountId= 111122223333, bucket name: acme-cur, bucket region: us-east-1',
      /may not write into the bucket/,
      /aws s3api get-bucket-policy --bucket acme-cur$/m,
    ],
    [
      'ValidationException',
      "1 validation error detected: Value 'x' at 'reportDefinition.timeUnit' failed to satisfy constraint",
      /refused the request.*timeUnit/,
      /spot-cur doctor/,
    ],
    [
      'ReportLimitReachedException',
      'You have reached the limit of five reports',
      /as many cost and usage reports/,
      /aws cur describe-report-definitions --region us-east-1/,
    ],
    [
      'DuplicateReportNameException',
      'A report with this name already exists',
      /of this name already/,
      /aws cur describe-report-definitions/,
    ],
    [
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
      /in no organization/,
      /aws sts get-caller-identity/,
      { action: 'organizations:DescribeOrganization' },
    ],
    ['InternalErrorException', 'oops', /trouble of its own/, /spot-cur status/, { status: 500 }],
  ],
  'the bucket': [
    ['BucketAlreadyExists', 'x', /name is taken/, /spot-cur setup <customer> --bucket/, { status: 409 }],
    [
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint.',
      /another region/,
      /aws s3api get-bucket-location --bucket acme-cur/,
      { status: 301, action: 's3:GetObject', resource: 'arn:aws:s3:::acme-cur/key' },
    ],
    [
      'AuthorizationHeaderMalformed',
      "the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      /another region/,
      /aws s3api get-bucket-location/,
    ],
    [
      'NoSuchBucket',
      'The specified bucket does not exist',
      /not there/,
      /aws s3 ls s3:\/\/acme-cur$/m,
      { status: 404, action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::acme-cur' },
    ],
    [
      'InvalidArgument',
      'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
      /notification for the same event/,
      /aws s3api get-bucket-notification-configuration --bucket acme-cur/,
      { action: 's3:PutBucketNotification', resource: 'arn:aws:s3:::acme-cur' },
    ],
    [
      'OperationAborted',
      'A conflicting conditional operation is in progress',
      /changing the same thing/,
      /spot-cur resume/,
    ],
    ['SlowDown', 'Please reduce your request rate.', /slow down/, /spot-cur status/, { status: 503 }],
  ],
  stacks: [
    [
      'ValidationError',
      'Stack with id SpotEcoStack does not exist',
      /no such stack/,
      /aws cloudformation list-stacks/,
      { action: 'cloudformation:DescribeStacks', resource: 'SpotEcoStack' },
    ],
    [
      'AlreadyExistsException',
      'Stack [SpotEcoStack] already exists',
      /of this name already/,
      /describe-stacks --stack-name SpotEcoStack/,
      { action: 'cloudformation:CreateStack', resource: 'SpotEcoStack' },
    ],
    [
      'TokenAlreadyExistsException',
      'Token already exists',
      /seen the token/,
      /describe-stacks --stack-name SpotEcoStack/,
      { action: 'cloudformation:CreateStack', resource: 'SpotEcoStack' },
    ],
    [
      'InsufficientCapabilitiesException',
      'Requires capabilities : [CAPABILITY_NAMED_IAM]',
      /not acknowledged/,
      /spot-cur review/,
    ],
    [
      'LimitExceededException',
      'Limit for stack has been exceeded',
      /as many of these as AWS allows/,
      /aws cloudformation describe-account-limits/,
      { action: 'cloudformation:CreateStack' },
    ],
    ['ChangeSetNotFound', 'ChangeSet [x] does not exist', /change set .* is gone/, /describe-stacks/],
    ['OperationInProgressException', 'x', /else is at work/, /spot-cur resume/],
    ['ValidationError', 'S3 error: Access Denied', /can not read the template/, /spot-cur review <link>/],
    [
      'InvalidParameterValueException',
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
      /limit of concurrent Lambda executions/,
      /aws service-quotas request-service-quota-increase/,
    ],
    [
      'InvalidParameterValueException',
      'The runtime parameter of nodejs14.x is no longer supported for creating or updating AWS Lambda functions.',
      /runtime AWS has retired/,
      /spot-cur resume/,
    ],
    [
      'AccessDeniedException',
      'Insufficient Lake Formation permission(s): Required Create Database on Catalog',
      /Lake Formation/,
      /aws lakeformation grant-permissions/,
    ],
    [
      'InvalidRequest',
      'Service is unable to assume provided role.',
      /not yet told everybody of a role/,
      /spot-cur resume/,
    ],
  ],
  'the crawler': [
    ...(
      [
        ['CrawlerRunningException', /crawler is running/],
        ['SchedulerTransitioningException', /schedule is being changed/],
        ['VersionMismatchException', /else has changed the crawler/],
        ['InvalidInputException', /does not take this/],
        ['AlreadyExistsException', /of this name already/],
      ] as const
    ).map(
      ([code, cause]): Row => [
        code,
        'x',
        cause,
        /aws glue get-crawler --name AWSCURCrawler-acme --region us-east-1/,
        { action: 'glue:UpdateCrawlerSchedule', resource: 'AWSCURCrawler-acme' },
      ],
    ),
    [
      'EntityNotFoundException',
      'Crawler not found',
      /no such crawler/,
      /aws glue list-crawlers/,
      { action: 'glue:GetCrawler' },
    ],
    // Other services call theirs the same.
    ['InvalidInputException', 'x', /refused the request/, /spot-cur doctor/, { action: 'iam:SimulatePrincipalPolicy' }],
    [
      'ResourceNumberLimitExceededException',
      'x',
      /refused the request/,
      /spot-cur doctor/,
      { action: 'glue:CreateDatabase' },
    ],
  ],
  credentials: [
    ...['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'].map(
      (code): Row => [
        code,
        'The security token included in the request is expired',
        /session has expired/,
        /aws sso login/,
      ],
    ),
    [
      'CredentialsProviderError',
      "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      /session has expired/,
      /aws sso login --profile acme/,
      { context: { profile: 'acme' } },
    ],
    [
      'CredentialsProviderError',
      'Could not load credentials from any providers',
      /no usable AWS credentials/,
      /aws sso login$/m,
    ],
    ...(
      [
        ['InvalidClientTokenId', 403],
        ['UnrecognizedClientException', 400],
        ['InvalidAccessKeyId', 403],
        ['SignatureDoesNotMatch', 403],
        ['InvalidSignatureException', 400],
        ['MissingAuthenticationToken', 403],
        ['MissingAuthenticationTokenException', 400],
        ['IncompleteSignature', 403],
        ['AuthFailure', 401],
        ['InvalidToken', 400],
        ['InvalidIdentityToken', 400],
      ] as const
    ).map(([code, status]): Row => [code, 'no', /does not accept these credentials/, /aws login$/m, { status }]),
  ],
  'region and clock': [
    ...(
      [
        ['OptInRequired', 'The AWS Access Key Id needs a subscription for the service', 403],
        ['SubscriptionRequiredException', 'x', 400],
        ['RegionDisabledException', 'STS is not activated in this region for account:111122223333.', 403],
      ] as const
    ).map(
      ([code, message, status]): Row => [
        code,
        message,
        /not signed up .* switched off/,
        /aws account get-region-opt-status --region-name us-east-1/,
        { status },
      ],
    ),
    [
      'InvalidClientTokenId',
      'The security token included in the request is invalid',
      /does not accept/,
      /aws sts get-caller-identity --region us-east-1/,
      { status: 403 },
    ],
    ...(
      [
        ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
        ['RequestInTheFuture', 'x'],
        ['SignatureDoesNotMatch', 'Signature expired: 20261123T090000Z is now earlier than 20261123T091500Z'],
        ['InvalidSignatureException', 'Signature not yet current: 20261123T090000Z is still later'],
      ] as const
    ).map(([code, message]): Row => [code, message, /clock is off/, /spot-cur doctor/, { status: 403 }]),
  ],
  throttling: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'RequestThrottled',
  ].map((code): Row => [code, 'Rate exceeded', /asked to slow down/, /spot-cur status/]),
  'the network': [
    ...['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'].map(
      (code): Row => ['Error', code, /can't be reached/, /HTTPS_PROXY=\S+ spot-cur/, { own: { code, $metadata: {} } }],
    ),
    ['TimeoutError', 'connection timed out', /can't be reached/, /spot-cur doctor/, { own: { $metadata: {} } }],
    ...[
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
      'INVALID_CA',
    ].map(
      (code): Row => [
        'Error',
        'x',
        /not trusted/,
        /NODE_EXTRA_CA_CERTS=\S+ spot-cur/,
        { own: { code, $metadata: {} } },
      ],
    ),
    ...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'].map(
      (code): Row => ['Error', 'x', /not trusted/, /clock is off.*: date -u/, { own: { code, $metadata: {} } }],
    ),
    [
      'Error',
      "Hostname/IP does not match certificate's altnames",
      /not trusted/,
      /in place of localhost:4566[\s\S]*openssl s_client -connect localhost:4566 </,
      { own: { code: 'ERR_TLS_CERT_ALTNAME_INVALID', $host: 'localhost:4566', $metadata: {} } },
    ],
    [
      'Error',
      'certificate has expired',
      /not trusted/,
      /has to renew it: the proxy p:8080[\s\S]*-connect sts.amazonaws.com:443 -proxy p:8080 </,
      { own: { code: 'CERT_HAS_EXPIRED', $host: 'sts.amazonaws.com', $proxy: 'p:8080', $metadata: {} } },
    ],
    [
      'Error',
      'write EPROTO C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:',
      /through the proxy p:8080 that https_proxy names/,
      /plain http: https_proxy=http:\/\/p:8080 spot-cur/,
      { own: { code: 'EPROTO', $host: 'sts.amazonaws.com', $proxy: 'p:8080', $proxyBy: 'https_proxy', $metadata: {} } },
    ],
    [
      'ProxyRefusal',
      '407 Proxy Authentication Required',
      /proxy proxy.example:8080 that HTTPS_PROXY names/,
      /HTTPS_PROXY=http:\/\/user:password@\S+ spot-cur/,
      { own: { $proxy: 'proxy.example:8080', $metadata: undefined } },
    ],
    [
      'Error',
      'connect ECONNREFUSED 10.1.2.3:8080',
      /through the proxy proxy.example:8080 that HTTPS_PROXY names/,
      /NO_PROXY=\S+ spot-cur/,
      { own: { code: 'ECONNREFUSED', $proxy: 'proxy.example:8080', $metadata: {} } },
    ],
  ],
};

describe.each(Object.entries(rows))('%s', (_, of) => {
  for (const [code, message, cause, line, facts] of of)
    test(`${code}: ${message}`, () => {
      const { text, advice } = explained(code, message, facts);
      expect(text).toMatch(cause);
      expect(advice).toMatch(line);
      expect(advice).toMatch(command);
      expect(`${text}${advice}`).not.toMatch(/undefined|\[object/);
    });
});

const me = 'User: arn:aws:sts::111122223333:assumed-role/SpotSetup/me is not authorized to perform:';

describe('a denial', () => {
  const denied = (message: string, facts: Facts = {}) =>
    explained('AccessDenied', message, { status: 403, action: 's3:CreateBucket', ...facts });

  test.each<readonly [what: string, message: string, says: RegExp, advice: RegExp]>([
    [
      'by a missing allowance',
      `${me} s3:PutBucketPolicy on resource: "arn:aws:s3:::acme" because no identity-based policy allows the s3:PutBucketPolicy action`,
      /No identity-based policy allows it/,
      /added to the policy of the role SpotSetup: \{"Effect":"Allow","Action":"s3:PutBucketPolicy","Resource":"arn:aws:s3:::acme"\}/,
    ],
    [
      'by a permissions boundary',
      `${me} iam:CreateRole on resource: arn:aws:iam::111122223333:role/x because no permissions boundary allows the iam:CreateRole action`,
      /No permissions boundary allows it/,
      /aws iam get-role --role-name SpotSetup --query Role.PermissionsBoundary/,
    ],
    [
      'by a service control policy',
      `${me} cloudformation:CreateStack on resource: x with an explicit deny in a service control policy`,
      /service control policy denies it explicitly/,
      /never bind a management account[\s\S]*aws organizations describe-organization/,
    ],
    [
      'by a resource control policy',
      `${me} s3:GetObject on resource: arn:aws:s3:::acme/x with an explicit deny in a resource control policy`,
      /resource control policy denies/,
      /aws organizations describe-organization/,
    ],
    [
      'by a session policy',
      `${me} glue:GetCrawler on resource: x because no session policy allows the glue:GetCrawler action`,
      /No session policy allows it/,
      /aws sts get-caller-identity/,
    ],
    [
      "by a bucket's policy",
      `${me} s3:GetObject on resource: arn:aws:s3:::acme/x with an explicit deny in a resource-based policy`,
      /resource-based policy denies/,
      /aws s3api get-bucket-policy --bucket acme$/m,
    ],
    [
      'by a network',
      `${me} s3:GetObject on resource: arn:aws:s3:::acme/x because no VPC endpoint policy allows the s3:GetObject action`,
      /No VPC endpoint policy allows it/,
      /aws ec2 describe-vpc-endpoints/,
    ],
    ['without a word', 'Access Denied', /AWS denied s3:CreateBucket/, /"Action":"s3:CreateBucket"/],
  ])('%s', (_, message, says, advice) => {
    const problem = denied(message);
    expect(problem.text).toMatch(says);
    expect(problem.advice).toMatch(advice);
    expect(problem.advice).toMatch(/^All that this work needs, as a policy: spot-cur policy$/m);
    expect(problem.code).toBe('denied');
  });

  test('in code is decoded by STS', () => {
    const { advice } = denied(
      'You are not authorized to perform this operation. Encoded authorization failure message: AbC-1_2',
    );
    expect(advice).toMatch(/^What stands against it: aws sts decode-authorization-message --encoded-message AbC-1_2$/m);
  });

  test('of a permission set names it, not the role that nobody can edit', () =>
    expect(
      denied(
        'User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Billing-Admin_0123456789abcdef/me is not authorized to perform: s3:CreateBucket',
      ).advice,
    ).toContain('the permission set Billing-Admin in IAM Identity Center'));

  test('of billing that names no policy begins with what root alone can switch on', () => {
    const { text, advice } = denied(`${me} cur:PutReportDefinition`, { action: 'cur:PutReportDefinition' });
    expect(text).toContain('IAM has no access to billing');
    expect(advice.split('\n')[0]).toMatch(
      /IAM user and role access to Billing information.*aws cur describe-report-definitions/,
    );
    const named = denied(`${me} cur:PutReportDefinition because no identity-based policy allows it`);
    expect(named.advice.split('\n')[0]).toContain('"Action":"cur:PutReportDefinition"');
  });
});

test.each<readonly [Origin, RegExp]>([
  [{ kind: 'sso', profile: 'acme' }, /^Sign in again: aws sso login --profile acme$/],
  [{ kind: 'sso', profile: 'default' }, /^Sign in again: aws sso login$/],
  [{ kind: 'login', profile: 'acme' }, /^Sign in again: aws login --profile acme$/],
  [
    { kind: 'process', profile: 'acme', command: '/opt/saml --password hunter2' },
    /\(\/opt\/saml\).*: aws sts get-caller-identity --profile acme$/,
  ],
  [{ kind: 'keys', profile: 'acme', temporary: false }, /: aws configure --profile acme$/],
  [
    { kind: 'keys', profile: 'acme', temporary: true },
    /~\/\.aws\/credentials.*: aws sts get-caller-identity --profile acme$/,
  ],
  [{ kind: 'environment' }, /AWS_SESSION_TOKEN afresh.*: aws sts get-caller-identity$/],
  [{ kind: 'web-identity', file: '/var/token' }, /\/var\/token.*: aws sts get-caller-identity$/],
  [{ kind: 'machine' }, /: aws sts get-caller-identity$/],
])('a session of %j is renewed in its own way', (origin, line) => {
  const { advice } = explained('ExpiredToken', 'expired', { context: { origin } });
  expect(advice.split('\n')[0]).toMatch(line);
  expect(advice).not.toContain('hunter2');
});
