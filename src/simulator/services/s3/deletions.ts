import type { HttpRequest, HttpResponse } from '../../http.ts';
import { obstacleTo, sentenceOf } from '../../rights/denials.ts';
import { type Context, type Operation, ServiceError } from '../../service.ts';
import type { Bucket } from '../../world.ts';
import { xmlElements, xmlText } from '../../xml-read.ts';
import { ownBucket } from './access.ts';
import { addressOf } from './address.ts';
import { s3Empty, s3Xml } from './answers.ts';
import { plainBody } from './chunked.ts';
import { type Deletion, deleteVersion, versionAt } from './versions.ts';

/** Objects and versions that go, one by one or a thousand at once. */
export const deletionOperations: Readonly<Record<string, Operation>> = {
  DeleteObject: {
    mutating: true,
    run: (context, request) => {
      const bucket = ownBucket(context, request);
      const key = addressOf(request).key ?? '';
      const { versionId } = request.query;
      checkLock(bucket, { key, versionId }, context.now);
      const { marker, versionId: gone } = deleteVersion(bucket, key, versionId, context.now);
      const id = marker ?? gone;
      return s3Empty(context, 204, {
        ...(id && { 'x-amz-version-id': id }),
        ...(marker && { 'x-amz-delete-marker': 'true' }),
      });
    },
  },

  DeleteObjects: { mutating: true, run: (context, request) => deleteObjects(context, request) },
};

interface Doomed {
  readonly key: string;
  readonly versionId: string | undefined;
}

/** Answers 200 whatever became of each: what could not be deleted is an error inside. */
const deleteObjects = (context: Context, request: HttpRequest): HttpResponse => {
  const bucket = ownBucket(context, request);
  const body = Buffer.from(plainBody(request)).toString('utf8');
  const doomed = xmlElements(body, 'Object').flatMap((object): Doomed[] => {
    const key = xmlText(object, 'Key');
    return key === undefined ? [] : [{ key, versionId: xmlText(object, 'VersionId') }];
  });
  if (doomed.length === 0 || doomed.length > 1000) {
    throw new ServiceError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const quiet = xmlText(body, 'Quiet') === 'true';
  const results = doomed.map((each) => attempt(context, bucket, each));
  return s3Xml(context, 'DeleteResult', {
    Deleted: quiet ? [] : results.flatMap(({ deleted }) => (deleted ? [deleted] : [])),
    Error: results.flatMap(({ error }) => (error ? [error] : [])),
  });
};

const attempt = (context: Context, bucket: Bucket, { key, versionId }: Doomed) => {
  try {
    checkRight(context, bucket, { key, versionId });
    checkLock(bucket, { key, versionId }, context.now);
    return { deleted: shown(key, versionId, deleteVersion(bucket, key, versionId, context.now)) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { error: { Key: key, VersionId: versionId, Code: error.code, Message: error.message } };
  }
};

const shown = (Key: string, VersionId: string | undefined, { marker }: Deletion) => ({
  Key,
  VersionId,
  ...(marker && { DeleteMarker: true, DeleteMarkerVersionId: marker }),
});

/** Who may delete is asked for each key by itself (Service Authorization Reference, "Actions for Amazon S3"). */
const checkRight = ({ account, callerArn }: Context, bucket: Bucket, { key, versionId }: Doomed): void => {
  const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  const obstacle = obstacleTo(account, action, [`arn:aws:s3:::${bucket.name}/${key}`]);
  if (obstacle) throw new ServiceError('AccessDenied', sentenceOf(obstacle, callerArn), 403);
};

/** An object lock keeps a version; a marker in front of it can always be made. */
const checkLock = (bucket: Bucket, { key, versionId }: Doomed, now: number): void => {
  const locked = versionId === undefined ? undefined : versionAt(bucket, key, versionId)?.lockedUntil;
  if (locked === undefined || locked <= now) return;
  throw new ServiceError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
};
