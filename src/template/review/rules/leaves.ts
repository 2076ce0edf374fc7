import { isOwnAccount, plain } from '../accounts.ts';
import { inReport, placeInArn, placeOfName } from '../buckets.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { shown, type Text } from '../value.ts';
import { placeOf, walkThrough } from '../walk.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What leaves the account other than through a policy: destinations in other accounts, and buckets. */
export const leaves: Rule = (context) =>
  context.resources.flatMap((resource) => [...elsewhere(resource, context), ...buckets(resource, context)]);

/** Places in properties that name someone without giving them anything, or that other rules read. */
const otherRules =
  /^(Variables|Environment|Description|Tags|Metadata|ZipFile|Layers|ImageUri|Image|ManagedPolicyArns|Statement|UserData)$/i;
const accountKey = /account|owner|principal|vendor|catalog|registry|tenant/i;
/** Types whose principals the rules on who gets in read. */
const principalsRead = /^AWS::(Lambda::(Permission|LayerVersionPermission)|Events::EventBusPolicy)$/;

export const isReadElsewhere = ({ type }: Pick<Resource, 'type'>, path: readonly string[]): boolean =>
  /^Custom::|^AWS::CloudFormation::CustomResource$/.test(type) ||
  path.some((key) => otherRules.test(key)) ||
  (path[0] === 'Principal' && principalsRead.test(type));

const elsewhere = (resource: Resource, context: Context): readonly Remark[] => {
  const { id, properties } = resource;
  const found: Remark[] = [];
  walkThrough(properties, (value, path) => {
    if (value.kind !== 'text' || isReadElsewhere(resource, path)) return;
    const account = accountIn(value.text, accountKey.test(path.at(-1) ?? ''));
    if (account === undefined || isOwnAccount(account, context)) return;
    found.push(
      remark('outside-destination', 'alarm', id, [
        `${id} is tied to something in an account outside yours.`,
        `${shown(value.text)} in ${placeOf(path)}`,
        `Data or control may leave there. ${askSpot}`,
      ]),
    );
  });
  return found;
};

const accountIn = (text: Text, alone: boolean): string | undefined => {
  const written = text.map((part) => (typeof part === 'string' ? part : plain([part]) || '')).join('');
  const inArn = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(written)?.[1];
  const inUrl = /^(?:https:\/\/)?sqs\.[a-z0-9-]+\.amazonaws\.com\/(\d{12})\//.exec(written)?.[1];
  return inArn ?? inUrl ?? (alone && /^\d{12}$/.test(written) ? written : undefined);
};

const bucketKeys =
  /^(DestinationBucketName|BucketARN|BucketArn|S3BucketName|OutputLocation|LogDestination|OutputS3BucketName|S3OutputLocation|DeliveryS3Bucket|LogBucket)$/;
/** Where `Bucket` and `S3Bucket` name code, which is a rule of its own. */
const codeIn = /^(Code|Content|CodeUri|DefinitionS3Location|BodyS3Location|SourceBundle|ArtifactS3Location|Location)$/;
/** Where they name a destination, even for types about buckets. */
const destinations =
  /^(Destination|S3Destination|S3DestinationConfiguration|S3Configuration|S3Logs|ExecuteCommandConfiguration)$/;

const buckets = (resource: Resource, context: Context): readonly Remark[] => {
  const found: Remark[] = [];
  walkThrough(resource.properties, (value, path) => {
    if (value.kind === 'text') found.push(...bucketAt(resource, value.text, path, context));
  });
  return found;
};

const bucketAt = (resource: Resource, text: Text, path: readonly string[], context: Context): readonly Remark[] => {
  const delivers = isDestination(resource.type, path);
  if (!delivers && (!isAddress(text) || isReadElsewhere(resource, path))) return [];
  const { whose, bucket, inside } = destination(text, context);
  if (whose === 'own' || whose === undefined) return [];
  const known = whose === 'prefilled' || whose === 'answered' || (whose === 'report' && (inside || !delivers));
  if (known && !delivers) return [];
  const verb = delivers ? 'delivers data to' : 'is tied to';
  return [
    remark(known ? 'destination' : 'outside-bucket', known ? 'warning' : 'alarm', resource.id, [
      `${resource.id} ${verb} a bucket that ${known ? 'the link or you have named' : 'neither the link nor you have named'}.`,
      `${bucket} in ${placeOf(path)}`,
      known ? 'Compare the bucket with what Spot told you.' : `Data leaves to whoever owns it. ${askSpot}`,
    ]),
  ];
};

const isDestination = (type: string, path: readonly string[]): boolean => {
  const [key = '', parent = ''] = path.toReversed();
  if (bucketKeys.test(key) || (parent === 'ArtifactStore' && key === 'Location')) return true;
  if (!/^(S3)?Bucket(Name)?$/.test(key) || /^Custom::|^AWS::CloudFormation::CustomResource$/.test(type)) return false;
  if (path.some((each) => /^(Variables|Statement|Tags)$/.test(each))) return false;
  return path.some((each) => destinations.test(each)) || (!/^AWS::S3/.test(type) && !codeIn.test(parent));
};

/** Any bucket or object of S3, spelled as one. */
const isAddress = ([first]: Text): boolean => typeof first === 'string' && /^(s3:\/\/|arn:[^:]*:s3:::)/.test(first);

const destination = (text: Text, context: Context) => {
  const [first] = text;
  const address = typeof first === 'string' ? /^s3:\/\/([\s\S]*)$/.exec(first)?.[1] : undefined;
  const arn: Text | undefined =
    address !== undefined
      ? ['arn:aws:s3:::'.concat(address), ...text.slice(1)]
      : first && shown([first]).startsWith('arn:')
        ? text
        : undefined;
  if (!arn) return { ...placeOfName(text, context), bucket: shown(text), inside: true };
  const place = placeInArn(arn, context);
  return { whose: place?.whose, bucket: shown(text), inside: place?.key === undefined || inReport(place.key, context) };
};
