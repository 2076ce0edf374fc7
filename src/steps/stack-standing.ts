import type { Stack, StackEvent } from '../aws/stacks.ts';
import type { News, Outside } from '../step.ts';
import { printable } from '../text.ts';

/**
 * What CloudFormation's 23 statuses mean for a step (aws-facts §6): `failed` holds nothing that runs and has to be deleted,
 * `undeletable` could not be, `odd` needs a person. A status that is not known is odd too.
 */
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

/**
 * How long CloudFormation may be silent on a stack before a run waits no longer, ms: one resource has an hour by default where it is
 * custom (the guide on custom resources), and some of AWS's own take longer.
 */
export const stackStandstill = 2 * 3_600_000;

export const isStackType = (type: string): boolean => type === 'AWS::CloudFormation::Stack';

/** Events as news, in words that fit a line: what is done and what failed. */
export const stackNews = (events: readonly StackEvent[]): readonly News[] =>
  events
    .filter(
      ({ status, type }) =>
        /_FAILED$|^CREATE_COMPLETE$/.test(status) || (isStackType(type) && status.endsWith('_COMPLETE')),
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
