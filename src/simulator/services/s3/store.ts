import type { Bucket, StoredObject, World } from '../../world.ts';
import { freshVersionId, retire } from './versions.ts';

/** The bucket of this name, whoever owns it. */
export const bucketNamed = (world: World, name: string): Bucket | undefined =>
  // `constructor` is a legal bucket name: never read it off the prototype.
  Object.hasOwn(world.buckets, name) ? world.buckets[name] : undefined;

/** The object under this key. */
export const objectAt = (bucket: Bucket, key: string): StoredObject | undefined =>
  Object.hasOwn(bucket.objects, key) ? bucket.objects[key] : undefined;

/** The decoded bytes. */
export const contentOf = (object: StoredObject): Uint8Array => Buffer.from(object.content, 'base64');

/** The same for a read: an object that changes between two reads is another one from then on. */
export const takeContent = (bucket: Bucket, key: string, object: StoredObject): Uint8Array => {
  const [next, ...later] = object.later ?? [];
  if (next !== undefined) bucket.objects[key] = { ...object, content: next, later };
  return contentOf(object);
};

/** What is known of an object beside its bytes; `now` is ms. */
export interface ObjectAbout {
  readonly contentType?: string | undefined;
  readonly now: number;
  /** What is found in its place once it has been read, each after one more read. */
  readonly later?: readonly string[];
}

/** Writes or replaces an object, remembering when its key was first written. */
export const writeObject = (bucket: Bucket, key: string, content: Uint8Array | string, about: ObjectAbout): void => {
  const before = objectAt(bucket, key);
  retire(bucket, key);
  const versionId = freshVersionId(bucket, key, about.now);
  bucket.objects[key] = {
    content: Buffer.from(content).toString('base64'),
    contentType: about.contentType ?? 'binary/octet-stream',
    modified: about.now,
    ...(versionId && { versionId }),
    ...(before && { first: before.first ?? before.modified }),
    ...(about.later && { later: about.later.map((text) => Buffer.from(text).toString('base64')) }),
  };
};
