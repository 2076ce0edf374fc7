import type { HttpRequest, HttpResponse } from '../../http.ts';
import { type Context, type Operation, ServiceError } from '../../service.ts';
import type { StoredObject } from '../../world.ts';
import { ownBucket } from './access.ts';
import { s3Xml } from './answers.ts';
import { etagOf } from './object-operations.ts';
import { contentOf } from './store.ts';

/** The keys of a bucket, in pages of at most a thousand. */
export const listingOperations: Readonly<Record<string, Operation>> = {
  ListObjectsV2: { mutating: false, run: (context, request) => listObjects(context, request) },
};

/** One line of a listing: an object, or all keys that share a prefix up to the delimiter. */
interface Entry {
  readonly name: string;
  readonly object?: StoredObject;
}

const listObjects = (context: Context, request: HttpRequest): HttpResponse => {
  const bucket = ownBucket(context, request);
  const { prefix = '', delimiter = '', 'start-after': startAfter = '' } = request.query;
  const token = request.query['continuation-token'];
  const most = maximumOf(request.query['max-keys']);
  const after = token === undefined ? startAfter : Buffer.from(token, 'base64').toString('utf8');
  const rest = entriesOf(bucket.objects, prefix, delimiter).filter(({ name }) => inOrder(after, name) < 0);
  const page = rest.slice(0, most);
  const last = page.at(-1);
  const truncated = rest.length > page.length && last !== undefined;
  // A client asks for this when keys may hold what XML can't.
  const url = request.query['encoding-type'] === 'url';
  const shown = (text: string) => (url ? encodeURIComponent(text).replaceAll('%2F', '/') : text);

  return s3Xml(context, 'ListBucketResult', {
    Name: bucket.name,
    Prefix: shown(prefix),
    Delimiter: delimiter === '' ? undefined : shown(delimiter),
    MaxKeys: most,
    EncodingType: url ? 'url' : undefined,
    KeyCount: page.length,
    IsTruncated: truncated,
    ContinuationToken: token,
    NextContinuationToken: truncated ? Buffer.from(last.name).toString('base64') : undefined,
    StartAfter: startAfter === '' ? undefined : shown(startAfter),
    Contents: page.flatMap(({ name, object }) => (object ? [{ Key: shown(name), ...about(object) }] : [])),
    CommonPrefixes: page.filter(({ object }) => !object).map(({ name }) => ({ Prefix: shown(name) })),
  });
};

const entriesOf = (objects: Readonly<Record<string, StoredObject>>, prefix: string, delimiter: string): Entry[] => {
  const entries = new Map<string, Entry>();
  for (const [key, object] of Object.entries(objects)) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = cut < 0 ? key : key.slice(0, cut + delimiter.length);
    entries.set(name, cut < 0 ? { name, object } : { name });
  }
  return [...entries.values()].sort((a, b) => inOrder(a.name, b.name));
};

/** S3 sorts by the bytes of UTF-8. */
const inOrder = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const about = (object: StoredObject) => {
  const content = contentOf(object);
  return {
    LastModified: new Date(object.modified).toISOString(),
    ETag: etagOf(content),
    Size: content.length,
    StorageClass: 'STANDARD',
  };
};

/** How many keys a page may hold. @throws ServiceError for what is no number */
export const maximumOf = (text: string | undefined): number => {
  if (text === undefined || text === '') return 1000;
  if (/^\d+$/.test(text)) return Math.min(Number(text), 1000);
  throw new ServiceError('InvalidArgument', 'Provided max-keys not an integer or within integer range');
};
