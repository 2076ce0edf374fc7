import { plain } from './accounts.ts';
import type { Context } from './context.ts';
import { ownByName } from './created.ts';
import { joinedParts, type Own, type Part, shown, type Text } from './value.ts';
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
  const [first, ...rest] = text;
  if (first === undefined) return undefined;
  if (isOwnBucket(first) && first.attribute === 'Arn') return placeOf([first], rest, context);
  if (typeof first === 'object' && 'own' in first) return undefined;
  const [, named] = (typeof first === 'string' && /^arn:[^:]*:s3:::([\s\S]*)$/.exec(first)) || [];
  if (named === undefined) return elsewhere(text, plain(text));
  const behind: Text = joinedParts([named, ...rest]);
  const at = behind.findIndex((part) => typeof part === 'string' && part.includes('/'));
  const cut = behind[at];
  if (typeof cut !== 'string') return placeOf(behind, [], context);
  const slash = cut.indexOf('/');
  return placeOf(
    joinedParts([...behind.slice(0, at), cut.slice(0, slash)]),
    [cut.slice(slash), ...behind.slice(at + 1)],
    context,
  );
};

/** Whose a bucket of that name is. */
export const placeOfName = (text: Text, context: Context): Place => ({
  ...placeOf(text, [], context),
  bucket: plain(text) ?? (ownByName(text, buckets, context) ? shown(text) : 'a bucket'),
});

const buckets = /^AWS::S3::Bucket$/;

const placeOf = (bucket: Text, rest: Text, context: Context): Place => {
  const key = rest.length === 0 ? undefined : keyIn(rest);
  // What goes on without a slash is another bucket's name.
  if (key === 'no key') return { whose: 'other', bucket: `${shown(bucket)} and more`, key: '*' };
  return { whose: whoseBucket(bucket, context), bucket: plain(bucket) ?? shown(bucket), key };
};

const keyIn = (rest: Text): string => {
  const [first] = rest;
  if (typeof first !== 'string' || !first.startsWith('/')) return 'no key';
  return rest
    .map((part) => (typeof part === 'string' ? part : '*'))
    .join('')
    .slice(1);
};

/** Whether a key of the report's bucket is one of the report itself. */
export const inReport = (key: string | undefined, { report }: Context): boolean => {
  if (key === undefined || report?.prefix === undefined) return false;
  const folder = report.prefix.replace(/\/+$/, '');
  return folder === '' || key.startsWith(`${folder}/`);
};

const isOwnBucket = (part: Part | undefined): part is Own =>
  typeof part === 'object' && 'own' in part && part.type === 'AWS::S3::Bucket';

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

/** Whose the bucket is whose name is spelled out, but for names that AWS fills in. */
const whoseBucket = (text: Text, context: Context): Place['whose'] => {
  if (unresolved(text)) return 'unknown';
  const bucket = plain(text) ?? '';
  if (isPattern(bucket)) return 'other';
  if (bucket !== '' && bucket === context.report?.bucket) return 'report';
  if (ownByName(text, buckets, context)) return 'own';
  if (bucket === '') return 'other';
  const { parameters, prefilled } = context.given;
  const naming = Object.keys(parameters).filter((key) => parameters[key] === bucket);
  if (naming.length === 0) return 'other';
  return naming.some((key) => prefilled.includes(key)) ? 'prefilled' : 'answered';
};
