import { createHash } from 'node:crypto';
import type { Bucket, PastVersion, StoredObject } from '../../world.ts';

/** What S3 calls a version that was written without versioning. */
const unversioned = 'null';

/** The id by which S3 knows this version of an object. */
const versionIdOf = ({ versionId = unversioned }: Pick<StoredObject, 'versionId'>): string => versionId;

/** The id of a version that is about to be written, `now` in ms; undefined where none are kept. */
export const freshVersionId = (bucket: Bucket, key: string, now: number): string | undefined => {
  if (bucket.versioning !== 'Enabled') return undefined;
  const what = `${bucket.name} ${key} ${now} ${bucket.past?.length ?? 0}`;
  return createHash('sha256').update(what).digest('hex').slice(0, 32);
};

/** Makes room for what is written next under a key: what is there becomes a past version, where versions are kept. */
export const retire = (bucket: Bucket, key: string): void => {
  const object = currentOf(bucket, key);
  if (bucket.versioning === undefined) return;
  if (bucket.versioning === 'Suspended') forget(bucket, key, unversioned);
  if (!object || (bucket.versioning === 'Suspended' && versionIdOf(object) === unversioned)) return;
  keep(bucket, { key, versionId: versionIdOf(object), modified: object.modified, object });
  delete bucket.objects[key];
};

/** What a deletion did, as S3 tells it. */
export interface Deletion {
  readonly versionId?: string;
  /** The marker that was made, or that the version was. */
  readonly marker?: string;
}

/** Deletes one version, or whatever is the newest: that leaves a marker where versions are kept. `now` in ms. */
export const deleteVersion = (bucket: Bucket, key: string, versionId: string | undefined, now: number): Deletion => {
  if (versionId === undefined) return deleteNewest(bucket, key, now);
  const object = currentOf(bucket, key);
  if (object && versionIdOf(object) === versionId) delete bucket.objects[key];
  const gone = forget(bucket, key, versionId);
  promote(bucket, key);
  return { versionId, ...(gone && !gone.object && { marker: versionId }) };
};

const deleteNewest = (bucket: Bucket, key: string, now: number): Deletion => {
  retire(bucket, key);
  const marker = freshVersionId(bucket, key, now) ?? unversioned;
  delete bucket.objects[key];
  if (bucket.versioning === undefined) return {};
  keep(bucket, { key, versionId: marker, modified: now });
  return { marker };
};

/** All versions of the bucket below a prefix, by key, the newest of each first. */
export const versionsOf = (bucket: Bucket, prefix: string): readonly (PastVersion & { readonly latest: boolean })[] => {
  const current = Object.entries(bucket.objects).map(
    ([key, object]): PastVersion => ({ key, versionId: versionIdOf(object), modified: object.modified, object }),
  );
  const newestFirst = [...current, ...(bucket.past ?? []).toReversed()].filter(({ key }) => key.startsWith(prefix));
  const seen = new Set<string>();
  return newestFirst
    .map((each, order) => ({ ...each, latest: !seen.has(each.key) && Boolean(seen.add(each.key)), order }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.order - b.order)
    .map(({ order: _, ...each }) => each);
};

/** One version of an object; undefined for a marker and for what is not there. */
export const versionAt = (bucket: Bucket, key: string, versionId: string): StoredObject | undefined =>
  versionsOf(bucket, key).find((each) => each.key === key && each.versionId === versionId)?.object;

const currentOf = ({ objects }: Bucket, key: string): StoredObject | undefined =>
  Object.hasOwn(objects, key) ? objects[key] : undefined;

const keep = (bucket: Bucket, version: PastVersion): void => {
  bucket.past = [...(bucket.past ?? []), version];
};

const forget = (bucket: Bucket, key: string, versionId: string): PastVersion | undefined => {
  const gone = bucket.past?.find((each) => each.key === key && each.versionId === versionId);
  if (gone) bucket.past = bucket.past?.filter((each) => each !== gone) ?? [];
  if (bucket.past?.length === 0) delete bucket.past;
  return gone;
};

/** Without the newest version or marker, the one before it shows again. */
const promote = (bucket: Bucket, key: string): void => {
  const last = bucket.past?.findLast((each) => each.key === key);
  if (currentOf(bucket, key) || !last?.object) return;
  bucket.objects[key] = last.object;
  forget(bucket, key, last.versionId);
};
