import type { Resource } from '../../template/review/resource.ts';
import { type Creation, namedArns, namesOf } from './created.ts';
import { broughtBy, type Kind } from './kind.ts';
import { handlersOf } from './sources.ts';

/** What a bucket's properties bring along, by S3's names of the actions. */
const settings: Readonly<Record<string, readonly string[]>> = {
  AccessControl: ['s3:PutBucketAcl'],
  BucketEncryption: ['s3:PutEncryptionConfiguration'],
  CorsConfiguration: ['s3:PutBucketCORS'],
  LifecycleConfiguration: ['s3:PutLifecycleConfiguration'],
  LoggingConfiguration: ['s3:PutBucketLogging'],
  NotificationConfiguration: ['s3:PutBucketNotification'],
  ObjectLockEnabled: ['s3:PutBucketObjectLockConfiguration'],
  OwnershipControls: ['s3:PutBucketOwnershipControls'],
  PublicAccessBlockConfiguration: ['s3:PutBucketPublicAccessBlock'],
  VersioningConfiguration: ['s3:PutBucketVersioning'],
  WebsiteConfiguration: ['s3:PutBucketWebsite'],
};

/** All that CloudFormation looks at once a bucket is made. */
const reads = [
  's3:GetAccelerateConfiguration',
  's3:GetAnalyticsConfiguration',
  's3:GetBucketCORS',
  's3:GetBucketLogging',
  's3:GetBucketNotification',
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketTagging',
  's3:GetBucketVersioning',
  's3:GetBucketWebsite',
  's3:GetEncryptionConfiguration',
  's3:GetIntelligentTieringConfiguration',
  's3:GetInventoryConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetMetricsConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListBucket',
] as const;

const bucketsNamed = (resource: Resource, property: string, creation: Creation): readonly string[] =>
  namedArns(resource.properties, [property], creation, (name) => creation.arn.bucketNamed(name));

export const s3Bucket: Kind = {
  source: handlersOf('aws-s3-bucket'),
  // CloudFormation puts made-up names of buckets in lower case.
  arns: (bucket, creation) =>
    namesOf(bucket, 'BucketName', creation).map((name) => creation.arn.bucketNamed(name.toLowerCase())),
  rights(bucket, creation) {
    const resources = s3Bucket.arns(bucket, creation);
    const about = 'Buckets';
    return [
      {
        when: 'make',
        about,
        actions: ['s3:CreateBucket', 's3:PutBucketTagging', ...reads, ...broughtBy(bucket, settings)],
        resources,
      },
      { when: 'take', about, actions: ['s3:DeleteBucket', 's3:ListBucket'], resources },
    ];
  },
};

export const s3BucketPolicy: Kind = {
  source: handlersOf('aws-s3-bucketpolicy'),
  arns: () => [],
  rights(policy, creation) {
    const resources = bucketsNamed(policy, 'Bucket', creation);
    const about = 'BucketPolicies';
    return [
      { when: 'make', about, actions: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'], resources },
      { when: 'take', about, actions: ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy'], resources },
    ];
  },
};
