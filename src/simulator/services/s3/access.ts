import { credentialOf } from '../../credential.ts';
import type { HttpRequest } from '../../http.ts';
import { type Context, ServiceError } from '../../service.ts';
import type { Bucket, World } from '../../world.ts';
import { addressOf } from './address.ts';
import { allows } from './policy.ts';
import { bucketNamed } from './store.ts';

/** The bucket that the request addresses, when it exists, lies in the region that was addressed and is the caller's. */
export const ownBucket = (context: Context, request: HttpRequest): Bucket => {
  const bucket = existingBucket(context, request);
  if (bucket.owner !== context.account.id) throw denied();
  return bucket;
};

/** The bucket and key of a read, which other accounts and nobody in particular may do as well where the bucket is public. */
export const readableBucket = (context: Context, request: HttpRequest): Bucket => {
  const bucket = existingBucket(context, request);
  const key = addressOf(request).key ?? '';
  if (!mayRead(context.world, context.account.id, bucket.name, key)) throw denied();
  return bucket;
};

/** Whether an account (by id, or any other text for nobody) may get the object, existing or not. */
export const mayRead = (world: World, account: string, name: string, key: string): boolean => {
  const bucket = bucketNamed(world, name);
  if (!bucket) return false;
  if (bucket.owner === account) return true;
  const closed = bucket.publicAccessBlock?.RestrictPublicBuckets === true;
  const asked = {
    action: 's3:GetObject',
    resource: `arn:aws:s3:::${name}/${key}`,
    keys: { 'aws:securetransport': 'true' },
  };
  return !closed && bucket.policy !== undefined && allows(bucket.policy, asked);
};

/** S3's shortest answer. */
export const denied = (): ServiceError => new ServiceError('AccessDenied', 'Access Denied', 403);

const existingBucket = ({ world }: Context, request: HttpRequest): Bucket => {
  const bucket = bucketNamed(world, addressOf(request).bucket ?? '');
  if (!bucket) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  const region = credentialOf(request)?.region || bucket.region;
  if (region !== bucket.region) {
    throw new ServiceError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
      { 'x-amz-bucket-region': bucket.region },
    );
  }
  const expected = request.headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.owner) throw denied();
  return bucket;
};
