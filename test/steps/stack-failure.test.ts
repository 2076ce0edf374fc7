import { describe, expect, test } from 'vitest';
import type { Stack, StackEvent } from '../../src/aws/stacks.ts';
import { roleOf } from '../../src/steps/principal.ts';
import { type Cause, causeOf, failureOf, firstCause, latestCause } from '../../src/steps/stack-failure.ts';

const stack: Stack = { id: 'arn:s', name: 'Stack', status: 'DELETE_COMPLETE', reason: undefined, parameters: {} };
const place = {
  customer: 'acme',
  principal: 'arn:aws:iam::111122223333:role/msp',
  otherInput: 'Other: spot-cur resume acme --link x',
  freshTemplate: 'Fresh: aws s3 rm s3://x',
};
const event = (status: string, reason?: string, type = 'AWS::Lambda::Function'): StackEvent => ({
  id: `${status}-${reason}`,
  at: 0,
  resource: 'Thing',
  type,
  status,
  reason,
});

/** Reasons as AWS words them, from its documentation and from threads of people who met them. */
const reasons: readonly (readonly [Cause, string, RegExp])[] = [
  [
    'concurrency',
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [50].",
    /aws service-quotas request-service-quota-increase/,
  ],
  [
    'runtime',
    'Resource handler returned message: "The runtime parameter of nodejs14.x is no longer supported for creating or updating AWS Lambda functions."',
    /aws s3 rm/,
  ],
  [
    'lake-formation',
    'Insufficient Lake Formation permission(s): Required Create Database on Catalog (Service: AWSGlue; Status Code: 400; Error Code: AccessDeniedException)',
    /aws lakeformation grant-permissions .*role\/msp/,
  ],
  ['role', "Service is unable to assume provided role. Please verify role's TrustPolicy", /spot-cur resume acme/],
  ['role', 'The role defined for the function cannot be assumed by Lambda.', /spot-cur resume acme/],
  ['unreadable', 'S3 error: Access Denied For more information check http://docs.aws.amazon.com', /--link/],
  ['unreadable', 'Error occurred while GetObject. S3 Error Code: NoSuchKey.', /--link/],
  [
    'unreadable',
    'Your access has been denied by S3, please make sure your request credentials have permission',
    /--link/,
  ],
  [
    'denied',
    'API: iam:CreateRole User: arn:aws:iam::1:user/x is not authorized to perform: iam:CreateRole',
    /spot-cur policy acme/,
  ],
  [
    'exists',
    'Resource handler returned message: "Function already exist: my-function (Service: Lambda, Status Code: 409, Request ID: x)" (RequestToken: y, HandlerErrorCode: AlreadyExists)',
    /aws lambda delete-function .* my-function$/m,
  ],
  ['parameter', "Parameter 'CustomerName' must match pattern [0-9]+", /--link/],
  ['parameter', 'Parameters: [Environment] must have values', /--link/],
  [
    'parameter',
    'Properties validation failed for resource Thing with message: #/Timeout: 0 is not greater or equal to 1',
    /--link/,
  ],
];

describe('a cause is known by its words, and its remedy is a command', () => {
  test.each(reasons)('%s: %s', (cause, reason, command) => {
    expect(causeOf(reason)).toBe(cause);
    const failure = failureOf(stack, [event('CREATE_FAILED', reason)], place);
    expect(failure).toMatchObject({ cause, reason: expect.stringMatching(/could not be created: Thing .*\.$/s) });
    expect(failure?.advice.join('\n')).toMatch(command);
    expect(failure?.advice.at(-1)).toMatch(/: (aws|spot-cur) \S/);
  });

  test('what is not known is shown in full', () => {
    const failure = failureOf(stack, [event('CREATE_FAILED', 'Strange things happen')], place);
    expect(failure?.cause).toBeUndefined();
    expect(failure?.advice).toEqual([expect.stringContaining('aws cloudformation describe-stack-events')]);
  });

  test.each([
    [
      'AWS::Glue::Crawler',
      'AWSCURCrawler-acme already exists (Service: Glue, Status Code: 400, Request ID: x)',
      'aws glue delete-crawler --region us-east-1 --name AWSCURCrawler-acme',
    ],
    [
      'AWS::Glue::Database',
      'Database athenacurcfn_acme already exists.',
      'aws glue delete-database --region us-east-1 --name athenacurcfn_acme',
    ],
    ['AWS::IAM::Role', 'Role with name Extractor already exists.', 'aws iam delete-role --role-name Extractor'],
    ['AWS::Glue::Table', 'Table already exists.', place.otherInput],
  ])('%s that exists is named', (type, message, command) => {
    const reason = `Resource handler returned message: "${message}" (RequestToken: y, HandlerErrorCode: AlreadyExists)`;
    const failure = failureOf(stack, [event('CREATE_FAILED', reason, type)], place);
    expect(failure?.advice[0]).toContain(command);
  });
});

test('what AWS wants for its support is left out of the reason', () => {
  const reason =
    'Resource handler returned message: "It is so (Service: Lambda, Status Code: 400, Request ID: 1-2)" (RequestToken: 3, HandlerErrorCode: X)';
  expect(failureOf(stack, [event('CREATE_FAILED', reason)], place)?.reason).toMatch(/: It is so\.$/);
});

test('the first failure counts that follows from no other', () => {
  const first = event('CREATE_FAILED', 'the cause');
  const events = [
    event('CREATE_COMPLETE'),
    event('CREATE_FAILED', 'Resource creation cancelled'),
    first,
    event('CREATE_FAILED', 'later'),
  ];
  expect(firstCause(events)).toBe(first);
  expect(firstCause([])).toBeUndefined();
});

test('of a stack that stood, the failures of its last change count', () => {
  const events = [event('CREATE_FAILED', 'long ago'), event('UPDATE_IN_PROGRESS'), event('UPDATE_FAILED', 'now')];
  expect(latestCause(events)?.reason).toBe('now');
});

test('a stack that was deleted on purpose did not fail', () =>
  expect(failureOf(stack, [event('CREATE_COMPLETE'), event('DELETE_COMPLETE')], place)).toBeUndefined());

test('a stack that waits for the review of its change set did not fail', () =>
  expect(failureOf({ ...stack, status: 'REVIEW_IN_PROGRESS', reason: 'User Initiated' }, [], place)).toBeUndefined());

test('the session of a role is granted to by the role', () => {
  expect(roleOf('arn:aws:sts::111122223333:assumed-role/msp/jo@example.com')).toBe(
    'arn:aws:iam::111122223333:role/msp',
  );
  expect(roleOf('arn:aws:iam::111122223333:user/jo')).toBe('arn:aws:iam::111122223333:user/jo');
});
