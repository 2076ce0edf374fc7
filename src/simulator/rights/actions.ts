import type { ServiceName } from '../world.ts';

/**
 * What IAM calls operations that it doesn't call by their own name (Service Authorization Reference, "Actions, resources, and
 * condition keys for Amazon S3").
 */
const renamed: Readonly<Record<string, string>> = {
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:PutBucketNotificationConfiguration': 's3:PutBucketNotification',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
};

/** What nobody can be refused as a whole: S3 asks for each object by itself whether it may be deleted. */
const unasked = new Set(['sts:GetCallerIdentity', 's3:DeleteObjects']);

/** With a version, S3 knows some by another name. */
const versioned = new Set(['s3:DeleteObject', 's3:GetObject']);

/** IAM's name of what an operation needs; undefined for what is not asked for. */
export const actionFor = (service: ServiceName, operation: string, versionId?: string): string | undefined => {
  const call = `${service}:${operation}`;
  if (unasked.has(call)) return undefined;
  const action = renamed[call] ?? call;
  return versionId !== undefined && versioned.has(action) ? `${action}Version` : action;
};
