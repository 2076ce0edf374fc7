import { deliverer } from './delivery-request.ts';
import { listOf, matches } from './iam-pattern.ts';

/** One statement of a bucket policy, as loosely as S3 accepts it. */
export interface Statement {
  readonly Sid?: unknown;
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

export interface PolicyPlace {
  readonly bucket: string;
  readonly account: string;
  readonly reportName: string;
  readonly prefix?: string;
}

/**
 * What a delivery does: AWS's write test at the bucket's root, and the report's files. GetBucketAcl is written but not needed:
 * the console's own form does without.
 */
export const needs = ({ bucket, prefix = 'any', reportName }: PolicyPlace) => [
  { action: 's3:GetBucketPolicy', resource: `arn:aws:s3:::${bucket}` },
  { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/aws-programmatic-access-test-object` },
  { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/${prefix}/${reportName}/any-file` },
];

export type Need = ReturnType<typeof needs>[number];

export const servicesOf = (principal: unknown): readonly unknown[] =>
  typeof principal === 'object' && principal !== null ? listOf((principal as { Service?: unknown }).Service) : [];

const everyone = (principal: unknown): boolean =>
  principal === '*' ||
  (typeof principal === 'object' && principal !== null && listOf((principal as { AWS?: unknown }).AWS).includes('*'));

/** Whether a principal takes in the service that delivers. */
export const concerns = (principal: unknown): boolean =>
  servicesOf(principal).includes(deliverer) || everyone(principal);

/** Whether a statement is about what a delivery needs. */
export const reaches = (
  { Action, NotAction, Resource, NotResource }: Statement,
  { action, resource }: Need,
): boolean => {
  const acts = (patterns: unknown) => listOf(patterns).some((pattern) => matches(pattern, action, true));
  const lies = (patterns: unknown) => listOf(patterns).some((pattern) => matches(pattern, resource));
  return (
    (NotAction === undefined ? acts(Action) : !acts(NotAction)) &&
    (NotResource === undefined ? lies(Resource) : !lies(NotResource))
  );
};

/** Empty where there is none. */
export const sidOf = ({ Sid }: Statement): string => (typeof Sid === 'string' ? Sid : '');
