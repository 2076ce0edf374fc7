import { plain } from './accounts.ts';
import type { Context } from './context.ts';
import { type Own, type Part, type Text, textsAt } from './value.ts';
import { isPattern, overlap } from './wildcards.ts';

/** A bucket, or all that a pattern may mean, and whose it is. */
export interface Place {
  readonly whose: 'own' | 'report' | 'prefilled' | 'answered' | 'other' | 'unknown';
  readonly bucket: string;
  /** The key or its pattern; undefined for the bucket itself. */
  readonly key: string | undefined;
}

/** Which bucket and keys a policy's resource means; undefined when it is not about S3 at all. */
export const placeInArn = (text: Text, context: Context): Place | undefined => {
  const [first, second, third] = text;
  if (isOwnBucket(first)) return own(first, second);
  if (first === undefined) return undefined;
  const named = typeof first === 'string' ? /^arn:[^:]*:s3:::([\s\S]*)$/.exec(first)?.[1] : undefined;
  if (named === '' && isOwnBucket(second)) return own(second, third);
  if (typeof first === 'object' && 'own' in first) return undefined;
  const written = plain(text);
  if (named === undefined) return elsewhere(text, written);
  if (written === undefined) {
    const slash = named.indexOf('/');
    if (slash > 0)
      return { whose: whoseBucket(named.slice(0, slash), context), bucket: named.slice(0, slash), key: '*' };
    return { whose: unresolved(text) ? 'unknown' : 'other', bucket: named, key: '*' };
  }
  const [, bucket = '', key] = /^arn:[^:]*:s3:::([^/]*)(?:\/([\s\S]*))?$/.exec(written) ?? [];
  return { whose: whoseBucket(bucket, context), bucket, key };
};

/** Whose a bucket of that name is. */
export const placeOfName = (text: Text, context: Context): Place => {
  const [first] = text;
  if (text.length === 1 && isOwnBucket(first)) return { whose: 'own', bucket: `<${first.own}>`, key: undefined };
  const written = plain(text);
  return written === undefined
    ? { whose: unresolved(text) ? 'unknown' : 'other', bucket: 'a bucket', key: undefined }
    : { whose: whoseBucket(written, context), bucket: written, key: undefined };
};

/** Whether a key of the report's bucket is one of the report itself. */
export const inReport = (key: string | undefined, { report }: Context): boolean => {
  if (key === undefined || !report) return false;
  if (report.prefix === undefined) return true;
  const folder = report.prefix.replace(/\/+$/, '');
  return folder === '' || key.startsWith(`${folder}/`);
};

const own = (bucket: Own, next: Part | undefined): Place =>
  next === undefined
    ? { whose: 'own', bucket: `<${bucket.own}>`, key: undefined }
    : typeof next === 'string' && next.startsWith('/')
      ? { whose: 'own', bucket: `<${bucket.own}>`, key: next.slice(1) }
      : { whose: 'other', bucket: `<${bucket.own}> and more`, key: '*' };

const isOwnBucket = (part: Part | undefined): part is Own =>
  typeof part === 'object' && 'own' in part && part.type === 'AWS::S3::Bucket' && /^(Ref|Arn)$/.test(part.attribute);

const unresolved = (text: Text): boolean => text.some((part) => typeof part === 'object' && 'hole' in part);

/** What is no plain bucket ARN: access points, and patterns wide enough to mean a bucket. */
const elsewhere = (text: Text, written: string | undefined): Place | undefined => {
  const pattern = written ?? text.map((part) => (typeof part === 'string' ? part : '*')).join('');
  if (/^arn:[^:*?]*:(?!s3)[a-z0-9-]+:/.test(pattern)) return undefined;
  if (unresolved(text) && !pattern.startsWith('arn:')) return { whose: 'unknown', bucket: 'unknown', key: '*' };
  return overlap(pattern, 'arn:aws:s3*:*') || overlap(pattern, 'arn:aws:s3:::?*')
    ? { whose: 'other', bucket: pattern, key: '*' }
    : undefined;
};

const whoseBucket = (bucket: string, context: Context): Place['whose'] => {
  if (bucket === '' || isPattern(bucket)) return 'other';
  if (bucket === context.report?.bucket) return 'report';
  if (createdNames(context).has(bucket)) return 'own';
  const { parameters, prefilled } = context.given;
  const naming = Object.keys(parameters).filter((key) => parameters[key] === bucket);
  if (naming.length === 0) return 'other';
  return naming.some((key) => prefilled.includes(key)) ? 'prefilled' : 'answered';
};

const names = new WeakMap<Context, ReadonlySet<string>>();

/** Names of buckets that the template is sure to create: were there one already, the stack would fail. */
const createdNames = (context: Context): ReadonlySet<string> => {
  const known = names.get(context);
  if (known) return known;
  const found = context.resources
    .filter(({ id, type }) => type === 'AWS::S3::Bucket' && !context.template.resources.get(id)?.conditional)
    .flatMap(({ properties }) => textsAt(properties, 'BucketName'))
    .flatMap((text) => plain(text) ?? []);
  const set = new Set(found);
  names.set(context, set);
  return set;
};
