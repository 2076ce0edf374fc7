import type { Service } from '../../service.ts';
import { operationOf } from './address.ts';
import { s3Failure } from './answers.ts';
import { bucketSettingOperations } from './bucket-settings.ts';
import { bucketOperations } from './buckets.ts';
import { deletionOperations } from './deletions.ts';
import { listingOperations } from './listing.ts';
import { objectOperations } from './object-operations.ts';
import { uploadOperations } from './uploads.ts';
import { versionListing } from './version-listing.ts';

/** S3 over REST and XML, path-style and virtual-hosted. Other accounts' buckets are closed, public ones can be read. */
export const s3: Service = {
  name: 's3',
  operationOf,
  operations: {
    ...bucketOperations,
    ...bucketSettingOperations,
    ...listingOperations,
    ...versionListing,
    ...objectOperations,
    ...deletionOperations,
    ...uploadOperations,
  },
  failure: s3Failure,
};
