import { createHash } from 'node:crypto';
import { type Operation, ServiceError } from '../../service.ts';
import { ownBucket } from './access.ts';
import { addressOf } from './address.ts';
import { s3Empty, s3Xml } from './answers.ts';

/** Multipart uploads that were begun: they are listed and aborted, and never completed here. */
export const uploadOperations: Readonly<Record<string, Operation>> = {
  CreateMultipartUpload: {
    mutating: true,
    run: (context, request) => {
      const bucket = ownBucket(context, request);
      const key = addressOf(request).key ?? '';
      const uploads = bucket.uploads ?? [];
      const what = `${bucket.name} ${key} ${context.now} ${uploads.length}`;
      const uploadId = createHash('sha256').update(what).digest('hex');
      bucket.uploads = [...uploads, { key, uploadId, initiated: context.now }];
      return s3Xml(context, 'InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: uploadId });
    },
  },

  AbortMultipartUpload: {
    mutating: true,
    run: (context, request) => {
      const bucket = ownBucket(context, request);
      const { uploadId } = request.query;
      const left = (bucket.uploads ?? []).filter((each) => each.uploadId !== uploadId);
      if (left.length === (bucket.uploads ?? []).length) {
        throw new ServiceError(
          'NoSuchUpload',
          'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
          404,
        );
      }
      if (left.length > 0) bucket.uploads = left;
      else delete bucket.uploads;
      return s3Empty(context, 204);
    },
  },

  ListMultipartUploads: {
    mutating: false,
    run: (context, request) => {
      const bucket = ownBucket(context, request);
      const { prefix = '' } = request.query;
      const after = [request.query['key-marker'] ?? '', request.query['upload-id-marker'] ?? ''] as const;
      const most = Math.min(Number(request.query['max-uploads'] ?? 1000), 1000);
      const rest = (bucket.uploads ?? [])
        .filter(({ key }) => key.startsWith(prefix))
        .map(({ key, uploadId, initiated }) => ({ key, uploadId, initiated, place: `${key}\u0000${uploadId}` }))
        .sort((a, b) => (a.place < b.place ? -1 : 1))
        .filter(({ key, place }) =>
          after[1] === '' ? key > after[0] || after[0] === '' : place > after.join('\u0000'),
        );
      const page = rest.slice(0, most);
      const last = rest.length > page.length ? page.at(-1) : undefined;
      return s3Xml(context, 'ListMultipartUploadsResult', {
        Bucket: bucket.name,
        KeyMarker: after[0],
        UploadIdMarker: after[1],
        NextKeyMarker: last?.key,
        NextUploadIdMarker: last?.uploadId,
        Prefix: prefix,
        MaxUploads: most,
        IsTruncated: last !== undefined,
        Upload: page.map(({ key, uploadId, initiated }) => ({
          Key: key,
          UploadId: uploadId,
          StorageClass: 'STANDARD',
          Initiated: new Date(initiated).toISOString(),
        })),
      });
    },
  },
};
