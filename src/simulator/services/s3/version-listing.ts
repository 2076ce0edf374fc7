import type { HttpRequest, HttpResponse } from '../../http.ts';
import { type Context, type Operation, ServiceError } from '../../service.ts';
import { ownBucket } from './access.ts';
import { canonicalId, s3Xml } from './answers.ts';
import { maximumOf } from './listing.ts';
import { etagOf } from './object-operations.ts';
import { contentOf } from './store.ts';
import { versionsOf } from './versions.ts';

/** All versions of all keys, delete markers among them, in pages of at most a thousand. */
export const versionListing: Readonly<Record<string, Operation>> = {
  ListObjectVersions: { mutating: false, run: (context, request) => listVersions(context, request) },
};

const listVersions = (context: Context, request: HttpRequest): HttpResponse => {
  const bucket = ownBucket(context, request);
  const { prefix = '', delimiter } = request.query;
  if (delimiter !== undefined && delimiter !== '')
    throw new ServiceError('NotImplemented', 'A delimiter for versions is not simulated.', 501);
  const [key, id] = [request.query['key-marker'] ?? '', request.query['version-id-marker']];
  const most = maximumOf(request.query['max-keys']);
  const all = versionsOf(bucket, prefix);
  const marked = all.findIndex((each) => each.key === key && each.versionId === id);
  const rest =
    marked >= 0 ? all.slice(marked + 1) : all.filter((each) => Buffer.from(each.key).compare(Buffer.from(key)) > 0);
  const page = rest.slice(0, most);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  const url = request.query['encoding-type'] === 'url';
  const shown = (text: string) => (url ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  const about = (each: (typeof page)[number]) => ({
    Key: shown(each.key),
    VersionId: each.versionId,
    IsLatest: each.latest,
    LastModified: new Date(each.modified).toISOString(),
    Owner: { ID: canonicalId(bucket.owner) },
  });
  return s3Xml(context, 'ListVersionsResult', {
    Name: bucket.name,
    Prefix: shown(prefix),
    KeyMarker: shown(key),
    VersionIdMarker: id ?? '',
    NextKeyMarker: last && shown(last.key),
    NextVersionIdMarker: last?.versionId,
    MaxKeys: most,
    EncodingType: url ? 'url' : undefined,
    IsTruncated: last !== undefined,
    Version: page.flatMap((each) => {
      if (!each.object) return [];
      const content = contentOf(each.object);
      return [{ ...about(each), ETag: etagOf(content), Size: content.length, StorageClass: 'STANDARD' }];
    }),
    DeleteMarker: page.filter(({ object }) => !object).map(about),
  });
};
