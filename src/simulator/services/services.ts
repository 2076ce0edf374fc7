import type { Service } from '../service.ts';
import type { ServiceName } from '../world.ts';
import { cloudformation } from './cloudformation/service.ts';
import { cur } from './cur/cur.ts';
import { glue } from './glue/glue.ts';
import { iam } from './iam.ts';
import { lakeformation } from './lakeformation.ts';
import { lambda } from './lambda.ts';
import { organizations } from './organizations.ts';
import { s3 } from './s3/s3.ts';
import { sts } from './sts.ts';

/** All simulated services by their names. */
export const services: Readonly<Record<ServiceName, Service>> = {
  sts,
  organizations,
  s3,
  cur,
  cloudformation,
  glue,
  iam,
  lambda,
  lakeformation,
};
