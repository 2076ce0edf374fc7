import { howStackStands, type Refusal, region, stackOf } from './refusal.ts';

/** What refuses a stack. Sentences that come in a stack's events are met here when an operation is refused by them. */
export const stackRefusals: readonly Refusal[] = [
  {
    says: /UnreservedConcurrentExecution/i,
    text: "The account's limit of concurrent Lambda executions is too low: the crawler stack reserves two of them",
    advice: () => [
      `How many there are: aws lambda get-account-settings ${region}`,
      `Ask AWS for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 ${region}`,
    ],
  },
  {
    says: /runtime parameter of \S+ is no longer supported/i,
    text: 'The template is of a time whose Node.js runtime AWS has retired',
    advice: () => ['AWS writes crawler-cfn.yml afresh with each delivery. Fetch it again: spot-cur resume'],
  },
  {
    says: /Lake Formation permission/i,
    text: 'Lake Formation guards the catalog of this account, and these credentials may not create a database in it',
    advice: () => [
      `Have an administrator of the data lake grant it: aws lakeformation grant-permissions --principal DataLakePrincipalIdentifier=<role ARN> --permissions CREATE_DATABASE --resource '{"Catalog":{}}' ${region}`,
    ],
  },
  {
    says: /unable to assume provided role|role defined for the function cannot be assumed/i,
    text: 'IAM has not yet told everybody of a role that was just made',
    advice: () => ['That passes within a minute. Then go on: spot-cur resume'],
  },
  {
    says: /TerminationProtection is enabled/i,
    text: 'Somebody protects the stack from being deleted',
    advice: (trouble) => [
      `If it is to go, have that turned off: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackOf(trouble)} ${region}`,
    ],
  },
  {
    says: /does not exist/i,
    code: /^ValidationError$/,
    text: 'There is no such stack (any more)',
    advice: () => [
      `The stacks that there are: aws cloudformation list-stacks ${region}`,
      'The next run looks anew and goes on from what is there: spot-cur resume',
    ],
  },
  {
    code: /^TokenAlreadyExistsException$/,
    text: 'AWS has seen the token of this request with another operation, which an earlier run made',
    advice: (trouble) => [howStackStands(trouble), 'The next run looks how that ended, and goes on: spot-cur resume'],
  },
  {
    code: /^InsufficientCapabilities(Exception)?$/,
    text: 'The template makes IAM resources in a way that was not acknowledged',
    advice: () => [
      'It changed since it was looked at. Look at it again: spot-cur review <link>',
      'Then go on: spot-cur resume',
    ],
  },
  {
    code: /^LimitExceeded(Exception)?$/,
    text: 'The account has as many of these as AWS allows',
    advice: ({ error }) => [
      'Delete what nobody needs, or ask AWS to raise the limit.',
      error.$call?.action.startsWith('glue:')
        ? `The limits: aws service-quotas list-service-quotas --service-code glue ${region}`
        : `The limits: aws cloudformation describe-account-limits ${region}`,
    ],
  },
  {
    code: /^(ChangeSetNotFound(Exception)?|InvalidChangeSetStatus(Exception)?|OperationInProgressException)$/,
    text: 'Somebody else is at work on this stack, or the change set that was prepared is gone',
    advice: (trouble) => [howStackStands(trouble), 'The next run looks how it stands, and goes on: spot-cur resume'],
  },
  {
    says: /S3 error: (Access Denied|The specified key does not exist)|TemplateURL must/i,
    text: 'CloudFormation can not read the template where the link says that it is',
    advice: () => ['Ask Spot for a new link. What this one leads to: spot-cur review <link>'],
  },
];
