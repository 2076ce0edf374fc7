import type { HttpRequest } from '../../http.ts';

/** What a request to S3 is about: nothing (all buckets), a bucket, or an object in it. */
export interface Address {
  readonly bucket?: string;
  readonly key?: string;
}

/** Reads the bucket from the host (`<bucket>.s3.amazonaws.com`, `<bucket>.localhost`) or else from the start of the path. */
export const addressOf = ({ host, path }: HttpRequest): Address => {
  const [, virtual] = VIRTUAL.exec(host) ?? [];
  const [, first = '', rest = ''] = /^\/?([^/]*)\/?(.*)$/s.exec(path) ?? [];
  if (virtual !== undefined) return { bucket: virtual, ...keyed(path.replace(/^\//, '')) };
  return first === '' ? {} : { bucket: decoded(first), ...keyed(rest) };
};

const VIRTUAL = /^(.+)\.(?:s3(?:\.dualstack)?(?:[.-][a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com|localhost|127\.0\.0\.1)$/;

const keyed = (raw: string): Address => (raw === '' ? {} : { key: decoded(raw) });

const decoded = (raw: string): string => {
  try {
    return decodeURIComponent(raw);
  } catch {
    // A lone percent sign: some clients leave it as it is.
    return raw;
  }
};

/** S3's name for what a request asks, from its method and subresource: simulated or not. */
export const operationOf = (request: HttpRequest): string => {
  const { bucket, key } = addressOf(request);
  if (bucket === undefined) return request.method === 'GET' ? 'ListBuckets' : `${request.method} /`;
  return key === undefined ? bucketOperation(request) : objectOperation(request);
};

const bucketOperation = ({ method, query }: HttpRequest): string => {
  if (method === 'HEAD') return 'HeadBucket';
  if (method === 'POST') return 'delete' in query ? 'DeleteObjects' : 'PostObject';
  const verb = verbs[method] ?? method;
  const setting = Object.keys(query).find((name) => name in settings);
  if (setting !== undefined) return `${verb}${settings[setting]}`;
  if (method === 'PUT') return 'CreateBucket';
  if (method === 'DELETE') return 'DeleteBucket';
  if ('uploads' in query) return 'ListMultipartUploads';
  if ('versions' in query) return 'ListObjectVersions';
  return query['list-type'] === '2' ? 'ListObjectsV2' : 'ListObjects';
};

const objectOperation = (request: HttpRequest): string => {
  const { method, query, headers } = request;
  const setting = objectSettings.find((name) => name in query);
  if (setting !== undefined) return `${verbs[method] ?? method}Object (${setting})`;
  if ('uploadId' in query || 'uploads' in query) return uploadOperation(request);
  if (method === 'PUT' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  return `${verbs[method] ?? method}Object`;
};

const uploadOperation = ({ method, query }: HttpRequest): string => {
  if (method === 'POST' && 'uploads' in query) return 'CreateMultipartUpload';
  return method === 'DELETE' ? 'AbortMultipartUpload' : `${method} of a multipart upload`;
};

const verbs: Readonly<Record<string, string>> = { GET: 'Get', HEAD: 'Head', PUT: 'Put', DELETE: 'Delete' };

const objectSettings = ['acl', 'tagging', 'attributes', 'retention', 'legal-hold', 'torrent', 'restore', 'select'];

const settings: Readonly<Record<string, string>> = {
  accelerate: 'BucketAccelerateConfiguration',
  acl: 'BucketAcl',
  analytics: 'BucketAnalyticsConfiguration',
  cors: 'BucketCors',
  encryption: 'BucketEncryption',
  inventory: 'BucketInventoryConfiguration',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  metrics: 'BucketMetricsConfiguration',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};
