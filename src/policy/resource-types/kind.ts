import type { Resource } from '../../template/review/resource.ts';
import { textsAt } from '../../template/review/value.ts';
import type { Conditions } from '../grant.ts';
import { type Creation, namedArns } from './created.ts';

/** What CloudFormation does with the caller's rights for one resource. */
export interface Right {
  /** `make`: creating it and looking at it. `take`: deleting it, be it in a rollback. */
  readonly when: 'make' | 'take' | 'both';
  /** What kind of thing it is about, in letters, such as `Roles`. */
  readonly about: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/** A resource type: how its ARNs are formed and which rights its coming and going takes. */
export interface Kind {
  /** Where AWS says so. */
  readonly source: string;
  /** Empty for what has no ARN that a policy could name. */
  arns(resource: Resource, creation: Creation): readonly string[];
  rights(resource: Resource, creation: Creation): readonly Right[];
}

/** Whether the template says anything of a property. */
export const says = ({ properties }: Resource, ...path: readonly string[]): boolean =>
  textsAt(properties, ...path).length > 0;

/** Which actions a property brings along, by its name. */
export const broughtBy = (
  resource: Resource,
  actions: Readonly<Record<string, readonly string[]>>,
): readonly string[] =>
  Object.entries(actions).flatMap(([property, brought]) => (says(resource, property) ? brought : []));

/** The right to hand a role to a service, for as long as it is that service (IAM's condition key iam:PassedToService). */
export const passing = (
  resource: Resource,
  path: readonly string[],
  service: string,
  creation: Creation,
  when: Right['when'] = 'make',
): readonly Right[] => {
  const resources = namedArns(resource.properties, path, creation, (name) => creation.arn.iam(`role/${name}`));
  if (resources.length === 0) return [];
  const conditions = { StringEquals: { 'iam:PassedToService': [service] } };
  return [{ when, about: 'PassRoles', actions: ['iam:PassRole'], resources, conditions }];
};

/** Reading what the template has functions or layers load from S3. */
export const loading = (resource: Resource, path: string, creation: Creation): readonly Right[] => {
  const buckets = textsAt(resource.properties, path, 'S3Bucket');
  if (buckets.length === 0) return [];
  const one = (name: string) => namedArns(resource.properties, [path, name], creation, (text) => text);
  const resources = one('S3Bucket').flatMap((bucket) => one('S3Key').map((key) => creation.arn.object(key, bucket)));
  const versioned = says(resource, path, 'S3ObjectVersion') ? ['s3:GetObjectVersion'] : [];
  return [{ when: 'make', about: 'Code', actions: ['s3:GetObject', ...versioned], resources }];
};
