import { bodyText } from '../../http.ts';
import { type Operation, ServiceError } from '../../service.ts';
import type { Bucket } from '../../world.ts';
import type { XmlValue } from '../../xml.ts';
import { xmlElements, xmlText } from '../../xml-read.ts';
import { ownBucket } from './access.ts';
import { canonicalId, s3Empty, s3Headers, s3RawXml, s3Xml } from './answers.ts';
import { checkNotifications } from './notifications.ts';
import { checkPolicy } from './policy-check.ts';

/** An operation that writes a setting of the caller's own bucket and answers with nothing. */
const writing = (status: number, write: (bucket: Bucket, body: string) => void): Operation => ({
  mutating: true,
  run: (context, request) => {
    write(ownBucket(context, request), bodyText(request));
    return s3Empty(context, status);
  },
});

/** A setting that the caller's own bucket shows. */
const showing = (tag: string, show: (bucket: Bucket) => XmlValue): Operation => ({
  mutating: false,
  run: (context, request) => s3Xml(context, tag, show(ownBucket(context, request))),
});

/** What can be set on a bucket, as far as the product reads or writes it. */
export const bucketSettingOperations: Readonly<Record<string, Operation>> = {
  GetBucketPolicy: {
    mutating: false,
    run: (context, request) => {
      const { policy } = ownBucket(context, request);
      if (policy === undefined) throw new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
      const headers = { ...s3Headers(context.requestId), 'content-type': 'application/json' };
      return { status: 200, headers, body: Buffer.from(policy) };
    },
  },
  PutBucketPolicy: writing(204, (bucket, body) => {
    checkPolicy(body, bucket);
    bucket.policy = body;
  }),
  DeleteBucketPolicy: writing(204, (bucket) => {
    delete bucket.policy;
  }),

  GetPublicAccessBlock: {
    mutating: false,
    run: (context, request) => {
      const { publicAccessBlock } = ownBucket(context, request);
      if (publicAccessBlock) return s3Xml(context, 'PublicAccessBlockConfiguration', publicAccessBlock);
      throw new ServiceError(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        404,
      );
    },
  },
  PutPublicAccessBlock: writing(200, (bucket, body) => {
    const names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
    bucket.publicAccessBlock = Object.fromEntries(names.map((name) => [name, xmlText(body, name) === 'true']));
  }),
  DeletePublicAccessBlock: writing(204, (bucket) => {
    delete bucket.publicAccessBlock;
  }),

  GetBucketNotificationConfiguration: {
    mutating: false,
    run: (context, request) =>
      s3RawXml(context, 'NotificationConfiguration', ownBucket(context, request).notifications ?? ''),
  },
  // Replaces the whole configuration: there is no way to add one.
  PutBucketNotificationConfiguration: writing(200, (bucket, body) => {
    const [inner] = xmlElements(body, 'NotificationConfiguration');
    if (inner === undefined) throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed');
    checkNotifications(inner);
    if (inner.trim() === '') delete bucket.notifications;
    else bucket.notifications = inner;
  }),

  GetBucketOwnershipControls: showing('OwnershipControls', ({ ownership = 'BucketOwnerEnforced' }) => ({
    Rule: { ObjectOwnership: ownership },
  })),
  GetBucketEncryption: showing('ServerSideEncryptionConfiguration', ({ kmsKey }) => ({
    Rule: {
      ApplyServerSideEncryptionByDefault: kmsKey
        ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey }
        : { SSEAlgorithm: 'AES256' },
      BucketKeyEnabled: kmsKey !== undefined,
    },
  })),
  GetBucketVersioning: showing('VersioningConfiguration', ({ versioning }) => ({ Status: versioning })),
  PutBucketVersioning: writing(200, (bucket, body) => {
    const status = xmlText(body, 'Status');
    if (status !== 'Enabled' && status !== 'Suspended')
      throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed');
    bucket.versioning = status;
  }),
  GetBucketAcl: {
    mutating: false,
    run: (context, request) => {
      const id = canonicalId(ownBucket(context, request).owner);
      const grantee = `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${id}</ID></Grantee>`;
      const grants = `<Grant>${grantee}<Permission>FULL_CONTROL</Permission></Grant>`;
      return s3RawXml(
        context,
        'AccessControlPolicy',
        `<Owner><ID>${id}</ID></Owner><AccessControlList>${grants}</AccessControlList>`,
      );
    },
  },
};
