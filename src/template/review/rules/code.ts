import { type Place, placeOfName } from '../buckets.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { holeIn, listed, shown, type Text, textsAt } from '../value.ts';
import { walk } from '../walk.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** Code that is loaded from S3: from which bucket. */
export const code: Rule = (context) =>
  context.resources.flatMap((resource) => [
    ...places(resource).flatMap(([where, bucket]) => fromBucket(resource, where, bucket, context)),
    ...unknownIn(resource),
  ]);

/** Where code, or what says which code, stands. */
const codeIn =
  /^(Code|Content|CodeUri|ContentUri|ImageUri|UserData|BuildSpec|ScriptLocation|Definition(String|S3Location|Uri)?)$/;

const unknownIn = (resource: Resource): readonly Remark[] => {
  const found: Remark[] = [];
  walk(resource.properties, (value, path) => {
    const inCode = path.some((key) => codeIn.test(key)) && !path.includes('Variables');
    if (inCode && value.kind === 'text' && holeIn(value.text))
      found.push(unresolved(resource, path.join('.'), value.text));
  });
  return found;
};

const unresolved = ({ id }: Resource, where: string, text: Text): Remark =>
  remark('unresolved-code', 'alarm', id, [
    `Which code ${id} runs can't be known before it is deployed.`,
    `${listed([text])} in ${where}`,
    'Ask for a template that spells it out, or give the parameter that it depends on with --param.',
  ]);

/** The properties that name a bucket with code in it. */
const bucketPaths = [
  ['Code', 'S3Bucket'],
  ['Content', 'S3Bucket'],
  ['CodeUri', 'Bucket'],
  ['DefinitionS3Location', 'Bucket'],
  ['BodyS3Location', 'Bucket'],
  ['SourceBundle', 'S3Bucket'],
  ['ArtifactS3Location', 'Bucket'],
  ['Location', 'S3Bucket'],
];
/** The properties that hold `s3://bucket/key` or `bucket/key`. */
const addressPaths = [
  ['Command', 'ScriptLocation'],
  ['Source', 'Location'],
  ['SecondarySources', 'Location'],
  ['DefinitionUri'],
  ['CodeUri'],
  ['ContentUri'],
  ['TemplateURL'],
  ['DefaultArguments', '--extra-py-files'],
  ['DefaultArguments', '--extra-jars'],
  ['DefaultArguments', '--additional-python-modules'],
];

const places = ({ properties }: Resource): readonly (readonly [string, Text])[] => [
  ...bucketPaths.flatMap((path) => textsAt(properties, ...path).map((text) => [path.join('.'), text] as const)),
  ...addressPaths.flatMap((path) =>
    textsAt(properties, ...path).map((text) => [path.join('.'), bucketIn(text)] as const),
  ),
];

/** The bucket of an address, up to its first slash. */
const bucketIn = (text: Text): Text => {
  const [first, ...rest] = text;
  if (typeof first !== 'string') return text.slice(0, 1);
  if (/^https?:/.test(first)) return text;
  const bare = first.replace(/^s3:\/\//, '');
  if (bare === '') return rest.slice(0, 1);
  return bare.includes('/') ? [bare.slice(0, bare.indexOf('/'))] : [bare, ...rest.slice(0, 1)];
};

const fromBucket = (resource: Resource, where: string, text: Text, context: Context): readonly Remark[] => {
  const place = placeOfName(text, context);
  if (/^https?:/.test(shown(text)))
    return [
      remark('code-from-elsewhere', 'alarm', resource.id, [
        `${resource.id} runs code from an address on the internet. This review has not read that code.`,
        `${shown(text)} in ${where}`,
        `Whoever owns the address decides what runs in your account. ${askSpot}`,
      ]),
    ];
  if (holeIn(text)) return [unresolved(resource, where, text)];
  const [level, whose] = judged[place.whose];
  return [
    remark(level === 'alarm' ? 'code-from-elsewhere' : 'code-from-bucket', level, resource.id, [
      `${resource.id} runs code from ${whose}. This review has not read that code.`,
      `${shown(text)} in ${where}`,
      level === 'alarm'
        ? `Whoever owns the bucket decides what runs in your account. ${askSpot}`
        : 'Compare the bucket with what Spot told you. Whoever owns it decides what runs.',
    ]),
  ];
};

const judged: Readonly<Record<Place['whose'], readonly ['warning' | 'alarm', string]>> = {
  own: ['warning', 'a bucket that the template itself creates and someone fills'],
  report: ['alarm', "the report's bucket"],
  prefilled: ['warning', 'a bucket that the link names'],
  answered: ['warning', 'a bucket that you named'],
  other: ['alarm', 'a bucket that neither the link nor you have named'],
  unknown: ['alarm', 'a bucket that is not known'],
};
