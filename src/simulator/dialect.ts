import type { ServiceName } from './world.ts';

/** The ways in which services name the same trouble. */
export type Dialect = 's3' | 'query' | 'json';

export const dialects: Readonly<Record<ServiceName, Dialect>> = {
  s3: 's3',
  sts: 'query',
  iam: 'query',
  cloudformation: 'query',
  cur: 'json',
  glue: 'json',
  organizations: 'json',
  lambda: 'json',
  lakeformation: 'json',
};
