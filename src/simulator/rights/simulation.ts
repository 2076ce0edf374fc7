import { members } from '../query.ts';
import { ServiceError } from '../service.ts';
import type { Account, Denial } from '../world.ts';
import { memberList, type XmlValue } from '../xml.ts';
import { obstacleTo } from './denials.ts';

/**
 * What IAM's simulation of a user or role says: each action on each resource. It knows the principal's own policies, its boundary
 * and the organization's, and neither session policies nor those of resources (IAM, SimulatePrincipalPolicy).
 */
export const simulated = (account: Account, parameters: Record<string, string>): XmlValue => {
  checkPrincipal(account, parameters.PolicySourceArn ?? '');
  const actions = members(parameters, 'ActionNames');
  if (actions.length === 0)
    throw invalid("Value null at 'actionNames' failed to satisfy constraint: Member must not be null");
  for (const action of actions) {
    if (!/^[a-z0-9-]+:\w+$/i.test(action)) throw new ServiceError('InvalidInput', `Invalid Action Name: ${action}`);
  }
  const given = members(parameters, 'ResourceArns');
  const resources = given.length > 0 ? given : ['*'];
  const all = actions.flatMap((action) => resources.map((resource) => verdict(account, action, resource)));
  return paged(all, parameters);
};

const invalid = (message: string): ServiceError =>
  new ServiceError('ValidationError', `1 validation error detected: ${message}`);

const seen = (denials: readonly Denial[] = []): Denial[] =>
  denials.filter(({ by = 'identity' }) => by !== 'session' && by !== 'resource');

const verdict = (account: Account, action: string, resource: string): XmlValue => {
  const denial = obstacleTo({ denials: seen(account.denials) }, action, [resource])?.denial;
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: denial ? (denial.explicit ? 'explicitDeny' : 'implicitDeny') : 'allowed',
    MatchedStatements: {},
    MissingContextValues: {},
    PermissionsBoundaryDecisionDetail:
      denial?.by === 'boundary' ? { AllowedByPermissionsBoundary: 'false' } : undefined,
    OrganizationsDecisionDetail: denial?.by === 'scp' ? { AllowedByOrganizations: 'false' } : undefined,
  };
};

const checkPrincipal = ({ id, partition = 'aws', roles }: Account, arn: string): void => {
  const [, kind, path = '', name = ''] =
    new RegExp(`^arn:${partition}:iam::${id}:(user|role)(/(?:.*/)?)([^/]+)$`).exec(arn) ?? [];
  if (kind === undefined) {
    throw new ServiceError('InvalidInput', `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  const known =
    kind === 'user'
      ? path === '/' && name === 'engineer'
      : roles.some((role) => role.name === name && role.path === path);
  if (!known) throw new ServiceError('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`, 404);
};

/** A hundred results a page, unless the request wants another number. */
const paged = (all: readonly XmlValue[], { MaxItems = '100', Marker = '0' }: Record<string, string>): XmlValue => {
  const start = Number(Marker);
  const end = start + Number(MaxItems);
  const more = end < all.length;
  return {
    EvaluationResults: memberList(all.slice(start, end)),
    IsTruncated: String(more),
    Marker: more ? String(end) : undefined,
  };
};
