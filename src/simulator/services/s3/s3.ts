import type { Service } from '../../service.ts';
import { operationOf } from './address.ts';
import { s3Failure } from './answers.ts';
import { bucketSettingOperations } from './bucket-settings.ts';
import { bucketOperations } from './buckets.ts';
import { listingOperations } from './listing.ts';
import { objectOperations } from './object-operations.ts';

/** S3 over REST and XML, path-style and virtual-hosted. Other accounts' buckets are closed, public ones can be read. */
export const s3: Service = {
  name: 's3',
  operationOf,
  operations: { ...bucketOperations, ...bucketSettingOperations, ...listingOperations, ...objectOperations },
  failure: s3Failure,
};
