import type { Resource } from '../../template/review/resource.ts';
import { textsAt } from '../../template/review/value.ts';
import type { Conditions } from '../grant.ts';
import { type Creation, namedArns, namesOf, patternOf } from './created.ts';
import { broughtBy, type Kind, type Right, says } from './kind.ts';
import { handlersOf } from './sources.ts';

const pathOf = ({ properties }: Resource, creation: Creation): string =>
  textsAt(properties, 'Path')
    .map((text) => patternOf(text, creation))
    .at(0) ?? '/';

/** A managed policy may only be attached, or taken off, when it is one of these. */
const attached = (policies: readonly string[]): { readonly conditions: Conditions } => ({
  conditions: { ArnLike: { 'iam:PolicyARN': policies } },
});

export const iamRole: Kind = {
  source: handlersOf('aws-iam-role'),
  arns: (role, creation) =>
    namesOf(role, 'RoleName', creation).map((name) => creation.arn.iam(`role${pathOf(role, creation)}${name}`)),
  rights(role, creation) {
    const resources = iamRole.arns(role, creation);
    const inline = says(role, 'Policies', 'PolicyName');
    const managed = namedArns(role.properties, ['ManagedPolicyArns'], creation, (name) => name);
    const rights: Right[] = [
      {
        when: 'make',
        about: 'Roles',
        actions: [
          'iam:CreateRole',
          'iam:GetRole',
          'iam:ListAttachedRolePolicies',
          'iam:ListRolePolicies',
          ...(inline ? ['iam:GetRolePolicy', 'iam:PutRolePolicy'] : []),
          ...broughtBy(role, { Tags: ['iam:TagRole'], PermissionsBoundary: ['iam:PutRolePermissionsBoundary'] }),
        ],
        resources,
      },
      {
        when: 'take',
        about: 'Roles',
        actions: [
          'iam:DeleteRole',
          'iam:GetRole',
          'iam:ListAttachedRolePolicies',
          'iam:ListRolePolicies',
          ...(inline ? ['iam:DeleteRolePolicy'] : []),
        ],
        resources,
      },
    ];
    if (managed.length === 0) return rights;
    const about = 'RolePolicies';
    return [
      ...rights,
      { when: 'make', about, actions: ['iam:AttachRolePolicy'], resources, ...attached(managed) },
      { when: 'take', about, actions: ['iam:DetachRolePolicy'], resources, ...attached(managed) },
    ];
  },
};

/** Whom a policy is put on, by the property that names them. */
const holders = { Roles: 'role', Users: 'user', Groups: 'group' } as const;

const holding = (
  resource: Resource,
  creation: Creation,
  actions: (kind: string) => Pick<Right, 'actions' | 'when'>[],
) =>
  Object.entries(holders).flatMap(([property, kind]): Right[] => {
    const named = namedArns(resource.properties, [property], creation, (name) => creation.arn.iam(`${kind}/${name}`));
    if (named.length === 0) return [];
    const Kind = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    return actions(Kind).map((right) => ({ ...right, about: `${Kind}s`, resources: named }));
  });

export const iamPolicy: Kind = {
  source: handlersOf('aws-iam-policy'),
  arns: () => [],
  rights: (policy, creation) =>
    holding(policy, creation, (kind) => [
      { when: 'make', actions: [`iam:Get${kind}Policy`, `iam:Put${kind}Policy`] },
      { when: 'take', actions: [`iam:Delete${kind}Policy`, `iam:Get${kind}Policy`] },
    ]),
};

export const iamManagedPolicy: Kind = {
  source: handlersOf('aws-iam-managedpolicy'),
  arns: (policy, creation) =>
    namesOf(policy, 'ManagedPolicyName', creation).map((name) =>
      creation.arn.iam(`policy${pathOf(policy, creation)}${name}`),
    ),
  rights(policy, creation) {
    const resources = iamManagedPolicy.arns(policy, creation);
    const about = 'Policies';
    const looks = ['iam:GetPolicy', 'iam:ListEntitiesForPolicy'];
    return [
      { when: 'make', about, actions: ['iam:CreatePolicy', 'iam:GetPolicyVersion', ...looks], resources },
      {
        when: 'take',
        about,
        actions: ['iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:ListPolicyVersions', ...looks],
        resources,
      },
      ...holding(policy, creation, (kind) => [
        { when: 'make', actions: [`iam:Attach${kind}Policy`] },
        { when: 'take', actions: [`iam:Detach${kind}Policy`] },
      ]).map((right) => ({ ...right, about: `${right.about.slice(0, -1)}Policies`, ...attached(resources) })),
    ];
  },
};
