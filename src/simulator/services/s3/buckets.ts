import { credentialOf } from '../../credential.ts';
import { bodyText, type HttpRequest, type HttpResponse } from '../../http.ts';
import { type Context, type Operation, ServiceError } from '../../service.ts';
import { xmlText } from '../../xml-read.ts';
import { ownBucket } from './access.ts';
import { addressOf } from './address.ts';
import { canonicalId, s3Empty, s3RawXml, s3Xml } from './answers.ts';
import { bucketNamed } from './store.ts';

const HOME = 'us-east-1';

/** Buckets themselves: their names are one space for all accounts. */
export const bucketOperations: Readonly<Record<string, Operation>> = {
  ListBuckets: {
    mutating: false,
    run: (context) => {
      const own = Object.values(context.world.buckets).filter(({ owner }) => owner === context.account.id);
      return s3Xml(context, 'ListAllMyBucketsResult', {
        Owner: { ID: canonicalId(context.account.id) },
        Buckets: {
          Bucket: own
            .sort((a, b) => (a.name < b.name ? -1 : 1))
            .map(({ name, created, region }) => ({
              Name: name,
              CreationDate: new Date(created).toISOString(),
              BucketRegion: region,
            })),
        },
      });
    },
  },

  CreateBucket: { mutating: true, run: (context, request) => createBucket(context, request) },

  HeadBucket: {
    mutating: false,
    run: (context, request) => {
      const bucket = bucketNamed(context.world, addressOf(request).bucket ?? '');
      try {
        ownBucket(context, request);
      } catch (error) {
        // Even a refusal tells in which region the bucket lies.
        if (!(error instanceof ServiceError) || !bucket) throw error;
        throw new ServiceError(error.code, error.message, error.status, { 'x-amz-bucket-region': bucket.region });
      }
      return s3Empty(context, 200, { 'x-amz-bucket-region': bucket?.region ?? HOME });
    },
  },

  DeleteBucket: {
    mutating: true,
    run: (context, request) => {
      const bucket = ownBucket(context, request);
      if (Object.keys(bucket.objects).length > 0) {
        throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
      }
      if (bucket.past) {
        const words = 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.';
        throw new ServiceError('BucketNotEmpty', words, 409);
      }
      delete context.world.buckets[bucket.name];
      return s3Empty(context, 204);
    },
  },

  // us-east-1 is the empty string, for historical reasons.
  GetBucketLocation: {
    mutating: false,
    run: (context, request) => {
      const { region } = ownBucket(context, request);
      return s3RawXml(context, 'LocationConstraint', region === HOME ? '' : region);
    },
  },
};

const createBucket = (context: Context, request: HttpRequest): HttpResponse => {
  const { world, account, now } = context;
  const { bucket: name = '' } = addressOf(request);
  if (!validName(name)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
  const region = regionFor(request);
  const answer = s3Empty(context, 200, { location: `/${name}` });
  const existing = bucketNamed(world, name);
  if (existing && existing.owner !== account.id) {
    throw new ServiceError(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      409,
    );
  }
  if (existing) {
    // An oddity of us-east-1: success, as if it were new.
    if (existing.region === HOME && region === HOME) return answer;
    throw new ServiceError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
    );
  }
  const publicAccessBlock = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  world.buckets[name] = { name, owner: account.id, region, created: now, publicAccessBlock, objects: {} };
  return answer;
};

const regionFor = (request: HttpRequest): string => {
  const asked = xmlText(bodyText(request), 'LocationConstraint');
  const signed = credentialOf(request)?.region || HOME;
  if (asked === HOME) {
    throw new ServiceError('InvalidLocationConstraint', 'The specified location-constraint is not valid');
  }
  if (signed !== HOME && asked !== signed) {
    throw new ServiceError(
      'IllegalLocationConstraintException',
      `The ${asked ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  return asked ?? HOME;
};

const validName = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
  !/\.\.|\.-|-\.|^\d+\.\d+\.\d+\.\d+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|\.mrap$/.test(name);
