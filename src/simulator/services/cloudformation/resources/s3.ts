import { bucketNamed } from '../../s3/store.ts';
import {
  generatedName,
  handlerFailure,
  type Kind,
  type Place,
  type Properties,
  required,
  structure,
  text,
} from './kind.ts';

const bucketName = (properties: Properties, place: Place): string =>
  text(properties.BucketName) ?? generatedName(place, 63).toLowerCase();

export const s3Bucket: Kind = {
  identify: (properties, place) => {
    const name = bucketName(properties, place);
    const domain = `${name}.s3.amazonaws.com`;
    const regional = `${name}.s3.us-east-1.amazonaws.com`;
    const attributes = { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: regional };
    return { physicalId: name, attributes };
  },
  create: (_, { physicalId: name }, place) => {
    const { world, account, now } = place;
    if (bucketNamed(world, name)) throw handlerFailure(`${name} already exists`, 'S3', 'AlreadyExists', place);
    const publicAccessBlock = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    world.buckets[name] = {
      name,
      owner: account.id,
      region: 'us-east-1',
      created: now,
      publicAccessBlock,
      objects: {},
    };
  },
  remove: (_, { physicalId: name }, place) => {
    const bucket = bucketNamed(place.world, name);
    if (bucket && Object.keys(bucket.objects).length > 0) {
      throw handlerFailure('The bucket you tried to delete is not empty', 'S3', 'GeneralServiceException', place);
    }
    delete place.world.buckets[name];
  },
};

export const s3BucketPolicy: Kind = {
  identify: (properties) => ({ physicalId: required(properties, 'Bucket'), attributes: {} }),
  create: (properties, { physicalId: name }, place) => {
    const bucket = bucketNamed(place.world, name);
    if (!bucket) throw handlerFailure('The specified bucket does not exist', 'S3', 'NotFound', place);
    if (bucket.policy !== undefined)
      throw handlerFailure('The bucket policy already exists', 'S3', 'AlreadyExists', place);
    bucket.policy = JSON.stringify(structure(properties.PolicyDocument));
  },
  remove: (_, { physicalId: name }, { world }) => {
    const bucket = bucketNamed(world, name);
    if (bucket) delete bucket.policy;
  },
};
