import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../../http.ts';
import { checkAction } from '../../rights/check.ts';
import { type Context, type Operation, ServiceError } from '../../service.ts';
import type { StoredObject } from '../../world.ts';
import { denied, ownBucket, readableBucket } from './access.ts';
import { addressOf } from './address.ts';
import { s3Empty, s3Headers } from './answers.ts';
import { plainBody } from './chunked.ts';
import { contentOf, objectAt, takeContent, writeObject } from './store.ts';
import { versionAt } from './versions.ts';

/** Objects one by one; what a report delivers is among them. */
export const objectOperations: Readonly<Record<string, Operation>> = {
  GetObject: { mutating: false, run: (context, request) => readObject(context, request) },
  // The handler drops the body of whatever answers a HEAD.
  HeadObject: { mutating: false, run: (context, request) => readObject(context, request) },

  PutObject: {
    mutating: true,
    run: (context, request) => {
      const bucket = ownBucket(context, request);
      const key = addressOf(request).key ?? '';
      if (Buffer.byteLength(key) > 1024) throw new ServiceError('KeyTooLongError', 'Your key is too long');
      checkConditions(objectAt(bucket, key), request);
      const content = plainBody(request);
      writeObject(bucket, key, content, { now: context.now, contentType: request.headers['content-type'] });
      return s3Empty(context, 200, { etag: etagOf(content), 'x-amz-server-side-encryption': 'AES256' });
    },
  },
};

/** An entity tag as S3 makes it for whole uploads, in its quotes. */
export const etagOf = (content: Uint8Array): string => `"${createHash('md5').update(content).digest('hex')}"`;

const readObject = (context: Context, request: HttpRequest): HttpResponse => {
  const bucket = readableBucket(context, request);
  const { versionId } = request.query;
  const key = addressOf(request).key ?? '';
  const object = versionId === undefined ? objectAt(bucket, key) : versionAt(bucket, key, versionId);
  if (versionId !== undefined && !object) {
    throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404);
  }
  if (!object) {
    // Who may not list a bucket is not told what it lacks.
    if (bucket.owner !== context.account.id) throw denied();
    const listing = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket.name}`, caller: context.callerArn };
    checkAction(context.account, 's3', listing);
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  const current = object === objectAt(bucket, key);
  const body = request.method === 'HEAD' || !current ? contentOf(object) : takeContent(bucket, key, object);
  const headers = {
    ...s3Headers(context.requestId),
    'content-type': object.contentType,
    'content-length': String(body.length),
    'last-modified': new Date(object.modified).toUTCString(),
    etag: etagOf(body),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
    ...(object.versionId && { 'x-amz-version-id': object.versionId }),
  };
  return { status: 200, headers, body };
};

/** Conditional writes: `If-None-Match: *` for a new key, `If-Match` for exactly what was read. */
const checkConditions = (existing: StoredObject | undefined, { headers }: HttpRequest): void => {
  const match = headers['if-match'];
  if (match !== undefined && !existing) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  const changed = match !== undefined && existing && unquoted(etagOf(contentOf(existing))) !== unquoted(match);
  if (changed || (headers['if-none-match'] === '*' && existing)) {
    throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
};

const unquoted = (etag: string): string => etag.replaceAll('"', '');
