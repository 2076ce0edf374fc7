import type { Bucket, StoredObject, World } from '../../world.ts';

/** The bucket of this name, whoever owns it. */
export const bucketNamed = (world: World, name: string): Bucket | undefined =>
  // `constructor` is a legal bucket name: never read it off the prototype.
  Object.hasOwn(world.buckets, name) ? world.buckets[name] : undefined;

/** The object under this key. */
export const objectAt = (bucket: Bucket, key: string): StoredObject | undefined =>
  Object.hasOwn(bucket.objects, key) ? bucket.objects[key] : undefined;

/** The decoded bytes. */
export const contentOf = (object: StoredObject): Uint8Array => Buffer.from(object.content, 'base64');

/** What is known of an object beside its bytes; `now` is ms. */
export interface ObjectAbout {
  readonly contentType?: string | undefined;
  readonly now: number;
}

/** Writes or replaces an object, remembering when its key was first written. */
export const writeObject = (bucket: Bucket, key: string, content: Uint8Array | string, about: ObjectAbout): void => {
  const before = objectAt(bucket, key);
  bucket.objects[key] = {
    content: Buffer.from(content).toString('base64'),
    contentType: about.contentType ?? 'binary/octet-stream',
    modified: about.now,
    ...(before && { first: before.first ?? before.modified }),
  };
};
