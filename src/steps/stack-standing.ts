import type { Stack, StackEvent } from '../aws/stacks.ts';
import type { News, Outside } from '../step.ts';
import { printable } from '../text.ts';

/** What CloudFormation's many statuses mean for a step (aws-facts §6). */
export type StackStanding = 'absent' | 'review' | 'busy' | 'deleting' | 'standing' | 'failed' | 'undeletable' | 'odd';

export const stackStanding = (stack: Stack | undefined): StackStanding => {
  if (!stack || stack.status === 'DELETE_COMPLETE') return 'absent';
  if (stack.status === 'REVIEW_IN_PROGRESS') return 'review';
  if (stack.status === 'DELETE_IN_PROGRESS') return 'deleting';
  if (stack.status.endsWith('_IN_PROGRESS')) return 'busy';
  if (/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status)) return 'standing';
  if (/^(ROLLBACK_COMPLETE|CREATE_FAILED|ROLLBACK_FAILED)$/.test(stack.status)) return 'failed';
  return stack.status === 'DELETE_FAILED' ? 'undeletable' : 'odd';
};

/** The earliest failure that is not a consequence of another. Later ones only say that creation was cancelled. */
export const firstCause = (events: readonly StackEvent[]): StackEvent | undefined =>
  events.find(
    ({ status, reason }) => status.endsWith('_FAILED') && !/^Resource creation cancelled/i.test(reason ?? ''),
  );

/** Known causes and what to do about them; a cause that is not known is shown in AWS's words. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /UnreservedConcurrentExecution/i,
    'The account\'s Lambda concurrency limit is too low: ask AWS in Service Quotas for more "Concurrent executions" in us-east-1; the crawler\'s two functions reserve one each.',
  ],
  [
    /runtime parameter of/i,
    'The template names a Lambda runtime that AWS has retired: have a fresh file delivered, then try again.',
  ],
  [
    /Lake Formation/i,
    'Lake Formation guards the data catalog: have "Create database" granted to this role in the Lake Formation console, us-east-1.',
  ],
  [
    /already exists/i,
    'Something of that name is in the account already: delete it if nobody needs it, or choose other names.',
  ],
  [/unable to assume provided role|cannot be assumed/i, 'A new IAM role was not visible everywhere yet: try again.'],
  [
    /AccessDenied|not authorized to perform/i,
    "CloudFormation acts with the caller's rights: have the denied action allowed for this role.",
  ],
];

/** What went wrong with a stack and what to do, from its events. */
export const failureOf = (stack: Stack, events: readonly StackEvent[]) => {
  const cause = firstCause(events);
  const why = printable(cause?.reason ?? stack.reason ?? stack.status);
  const remedy = remedies.find(([pattern]) => pattern.test(why))?.[1];
  return {
    reason: `The stack ${stack.name} could not be created${cause ? `: ${printable(cause.resource)} (${printable(cause.type)})` : ''}: ${why}`,
    advice: [...(remedy ? [remedy] : []), 'Once that is mended, the next run creates the stack again.'],
  };
};

const isStack = (type: string): boolean => type === 'AWS::CloudFormation::Stack';

/** Events as news, in words that fit a line: what is done and what failed. */
export const stackNews = (events: readonly StackEvent[]): readonly News[] =>
  events
    .filter(
      ({ status, type }) =>
        /_FAILED$|^CREATE_COMPLETE$/.test(status) || (isStack(type) && status.endsWith('_COMPLETE')),
    )
    .map(({ id, resource, type, status, reason }) => ({
      id,
      text: printable(`${status.padEnd(18)} ${resource} (${type})${reason ? `: ${reason}` : ''}`),
    }));

/** The news of a stack by its id, as they are when they are asked for. */
export const latestStackNews =
  (id: string) =>
  async ({ aws }: Outside): Promise<readonly News[]> =>
    stackNews(await aws.stacks.listEvents(id));

/** Where the stack can be looked at by hand. */
export const consoleLink = (stack: Stack): string =>
  `https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/stackinfo?stackId=${encodeURIComponent(stack.id)}`;
