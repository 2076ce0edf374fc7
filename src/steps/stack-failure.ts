import type { Stack, StackEvent } from '../aws/stacks.ts';
import { printable, shellWord } from '../text.ts';

/** The earliest failure that is not a consequence of another. Later ones only say that creation was cancelled. */
export const firstCause = (events: readonly StackEvent[]): StackEvent | undefined => events.find(isCause);

const isCause = ({ status, reason }: StackEvent): boolean =>
  status.endsWith('_FAILED') && !/^Resource (creation|update) cancelled/i.test(reason ?? '');

/** Why a stack that stood is in trouble now: the first cause since it was changed last. */
export const latestCause = (events: readonly StackEvent[]): StackEvent | undefined =>
  firstCause(events.slice(events.findLastIndex(({ status }) => /^(UPDATE|IMPORT)_IN_PROGRESS$/.test(status)) + 1));

/** What stacks are known to fail of (aws-facts §5, §6). */
export type Cause =
  | 'concurrency'
  | 'runtime'
  | 'lake-formation'
  | 'role'
  | 'unreadable'
  | 'denied'
  | 'exists'
  | 'parameter';

/** In the order of how much the words tell: a file that may not be read is denied too. */
const marks: readonly (readonly [Cause, RegExp])[] = [
  ['concurrency', /UnreservedConcurrentExecution/i],
  ['runtime', /runtime parameter of/i],
  ['lake-formation', /Lake Formation/i],
  ['role', /unable to assume provided role|cannot be assumed|can not be assumed/i],
  ['unreadable', /S3 error|denied by S3|error occurred while GetObject|TemplateURL must/i],
  ['denied', /AccessDenied|access denied|not authorized to perform/i],
  ['exists', /already exists?\b/i],
  [
    'parameter',
    /failed to satisfy constraint|^Parameter '?\w+'? must|must have values|do not exist in the template|(properties|model) validation failed|invalid parameter|ParameterValue/i,
  ],
];

/** What a reason in AWS's words comes down to; undefined for one that is not known. */
export const causeOf = (reason: string | undefined): Cause | undefined =>
  marks.find(([, pattern]) => pattern.test(reason ?? ''))?.[0];

/** What commands about a stack need to name. */
export interface StackPlace {
  readonly customer: string;
  /** Who acts, when a policy has to name them. */
  readonly principal?: string | undefined;
  /** What gives this step another input, such as a link: ends in a command. */
  readonly otherInput: string;
  /** What has the template written anew: ends in a command. */
  readonly freshTemplate: string;
}

/** What to do about a cause; each piece of advice ends in a command to type. */
export const remedyFor = (cause: Cause, event: Pick<StackEvent, 'type' | 'reason'>, place: StackPlace): string[] => {
  switch (cause) {
    case 'concurrency':
      return [
        "The account's Lambda concurrency limit is too low: the crawler's two functions reserve one each. Ask AWS for more: aws service-quotas request-service-quota-increase --region us-east-1 --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
      ];
    case 'runtime':
      return [`The template names a Lambda runtime that AWS has retired. ${place.freshTemplate}`];
    case 'lake-formation':
      return [
        "Lake Formation guards the data catalog. Who administers it (where nobody does yet, somebody with IAM's AdministratorAccess names one in its console): aws lakeformation get-data-lake-settings --region us-east-1 --query 'DataLakeSettings.DataLakeAdmins'",
        `One of them grants what is missing: aws lakeformation grant-permissions --region us-east-1 --principal DataLakePrincipalIdentifier=${place.principal ?? '<ARN of your role>'} --permissions CREATE_DATABASE --resource '{"Catalog":{}}'`,
      ];
    case 'role':
      return [
        `A new IAM role was not visible everywhere yet, which passes within a minute: spot-cur resume ${place.customer}`,
      ];
    case 'unreadable':
      return [
        `CloudFormation may not read a file in S3 that the template names, or it is not there. ${place.otherInput}`,
      ];
    case 'denied':
      return [
        `CloudFormation acts with the rights of whoever creates the stack. Have the denied action allowed; all that it takes: spot-cur policy ${place.customer}`,
      ];
    case 'exists':
      return [existing(event, place)];
    case 'parameter':
      return [`CloudFormation does not take what a parameter was given. ${place.otherInput}`];
  }
};

/** Kinds of things that a stack makes under names of their own, and what deletes one. */
const deletions: Readonly<Record<string, string>> = {
  'AWS::Glue::Crawler': 'aws glue delete-crawler --region us-east-1 --name',
  'AWS::Glue::Database': 'aws glue delete-database --region us-east-1 --name',
  'AWS::IAM::Role': 'aws iam delete-role --role-name',
  'AWS::Lambda::Function': 'aws lambda delete-function --region us-east-1 --function-name',
};

const existing = ({ type, reason = '' }: Pick<StackEvent, 'type' | 'reason'>, { otherInput }: StackPlace): string => {
  const name = /already exist: ([\w.-]+)/i.exec(reason)?.[1] ?? /([\w.-]+) already exists/i.exec(tidied(reason))?.[1];
  const command = deletions[type];
  const what = 'Something of that name is in the account already.';
  return command && name ? `${what} If nobody needs it: ${command} ${shellWord(name)}` : `${what} ${otherInput}`;
};

/** What a resource's handler reports, without what is meant for AWS's support. */
const tidied = (reason: string): string =>
  reason
    .replace(/^Resource handler returned message: "(.*)" \(RequestToken: .*\)$/s, '$1')
    .replace(/ \(Service: [^()]*Request ID: [^()]*\)/g, '');

export interface FailureSeen {
  readonly reason: string;
  readonly advice: readonly string[];
  readonly cause: Cause | undefined;
}

/** What went wrong with a stack and what to do, from its events; undefined when nothing failed, as with one that only waits for a review. */
export const failureOf = (stack: Stack, events: readonly StackEvent[], place: StackPlace): FailureSeen | undefined => {
  const first = firstCause(events);
  if (!first && /^(DELETE_COMPLETE|REVIEW_IN_PROGRESS)$/.test(stack.status)) return undefined;
  const why = first?.reason ?? stack.reason ?? stack.status;
  const cause = causeOf(why);
  const verb = first?.status === 'DELETE_FAILED' ? 'deleted' : 'created';
  return {
    cause,
    reason: `The stack ${stack.name} could not be ${verb}${first ? `: ${printable(first.resource)} (${printable(first.type)})` : ''}: ${printable(tidied(why)).replace(/\.?$/, '.')}`,
    advice: cause ? remedyFor(cause, first ?? { type: '', reason: why }, place) : [seeEvents(stack)],
  };
};

/** Shows what else happened to a stack. */
const seeEvents = (stack: Stack): string =>
  `See all that happened to it: aws cloudformation describe-stack-events --region us-east-1 --stack-name ${shellWord(stack.id)}`;
