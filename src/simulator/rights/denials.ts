import { like } from '../wildcards.ts';
import type { Account, Denial } from '../world.ts';
import type { Allowance } from './allowance.ts';

/** The denial that stands in the way, with the resource that it was for. */
export interface Obstacle {
  readonly denial: Denial;
  readonly action: string;
  readonly resource: string;
}

/**
 * What refuses this action on one of these resources: a denial that fits, or that no allowance does where all has to be allowed.
 * Undefined when nothing does.
 */
export const obstacleTo = (
  { denials = [], allowances }: Pick<Account, 'denials' | 'allowances'>,
  action: string,
  resources: readonly string[],
): Obstacle | undefined => {
  for (const denial of denials) {
    if (!like(denial.action.toLowerCase(), action.toLowerCase())) continue;
    const resource = resources.find((each) => denial.resource === undefined || like(denial.resource, each));
    if (resource !== undefined) return { denial, action, resource };
  }
  const resource = allowances && resources.find((each) => !isAllowed(allowances, action, each));
  return resource === undefined ? undefined : { denial: { action }, action, resource };
};

const isAllowed = (allowances: readonly Allowance[], action: string, resource: string): boolean => {
  const fitting = allowances.filter(
    (each) => like(each.action.toLowerCase(), action.toLowerCase()) && like(each.resource, resource),
  );
  for (const each of fitting) each.used = (each.used ?? 0) + 1;
  return fitting.length > 0;
};

const policies: Readonly<Record<NonNullable<Denial['by']>, string>> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  resource: 'resource-based policy',
};

/**
 * AWS's sentence for a refusal (IAM User Guide, "Troubleshoot access denied error messages"). S3 puts its resources into quotes,
 * and where no resource can be named, nothing is said of one.
 */
export const sentenceOf = ({ denial, action, resource }: Obstacle, caller: string): string => {
  const policy = policies[denial.by ?? 'identity'];
  const named = action.startsWith('s3:') ? `"${resource}"` : resource;
  const on = action.startsWith('s3:') && resource === '*' ? '' : ` on resource: ${named}`;
  const why = denial.explicit
    ? `with an explicit deny in ${policy.startsWith('i') ? 'an' : 'a'} ${policy}`
    : `because no ${policy} allows the ${action} action`;
  return `User: ${caller} is not authorized to perform: ${action}${on} ${why}`;
};
