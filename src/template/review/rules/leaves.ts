import { isOwnAccount, plain } from '../accounts.ts';
import { inReport, placeInArn, placeOfName } from '../buckets.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { at, holeIn, literal, shown, type Text, textsAt } from '../value.ts';
import { placeOf, walk } from '../walk.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What leaves the account other than through a policy: destinations in other accounts, buckets, addresses. */
export const leaves: Rule = (context) =>
  context.resources.flatMap((resource) => [
    ...elsewhere(resource, context),
    ...buckets(resource, context),
    ...addresses(resource),
  ]);

/** Places in properties that name someone without giving them anything, or that other rules read. */
const otherRules =
  /^(Principal|AWS|Variables|Environment|Description|Tags|Metadata|ZipFile|Layers|ImageUri|Image|ManagedPolicyArns|Condition|Statement|UserData)$/i;
const accountKey = /account|owner|principal|vendor/i;

const elsewhere = ({ id, type, properties }: Resource, context: Context): readonly Remark[] => {
  const found: Remark[] = [];
  if (/^Custom::|CustomResource$/.test(type)) return found;
  walk(properties, (value, path) => {
    if (value.kind !== 'text' || path.some((key) => otherRules.test(key))) return;
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
/** Where `Bucket` and `S3Bucket` name a destination rather than code or the resource itself. */
const destinations =
  /^(Destination|S3Destination|S3DestinationConfiguration|S3Configuration|S3Logs|ExecuteCommandConfiguration)$/;

const buckets = ({ id, type, properties }: Resource, context: Context): readonly Remark[] => {
  const found: Remark[] = [];
  walk(properties, (value, path) => {
    if (value.kind !== 'text' || !isDestination(type, path)) return;
    const { whose, bucket, inside } = destination(value.text, context);
    if (whose === 'own' || whose === undefined) return;
    const known = whose === 'prefilled' || whose === 'answered' || (whose === 'report' && inside);
    found.push(
      remark(known ? 'destination' : 'outside-bucket', known ? 'warning' : 'alarm', id, [
        known
          ? `${id} delivers data to a bucket that the link or you have named.`
          : `${id} delivers data to a bucket that neither the link nor you have named.`,
        `${bucket} in ${placeOf(path)}`,
        known ? 'Compare the bucket with what Spot told you.' : `Data leaves to whoever owns it. ${askSpot}`,
      ]),
    );
  });
  return found;
};

const isDestination = (type: string, path: readonly string[]): boolean => {
  const key = path.at(-1) ?? '';
  const named = /^(S3)?Bucket(Name)?$/.test(key);
  return (
    bucketKeys.test(key) ||
    (named && (type === 'AWS::CUR::ReportDefinition' || path.some((each) => destinations.test(each))))
  );
};

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

/** Endpoints beyond AWS, and people's addresses. */
const addresses = ({ id, type, properties }: Resource): readonly Remark[] => [
  ...at(properties, 'Subscription')
    .concat(type === 'AWS::SNS::Subscription' ? [properties] : [])
    .flatMap((each) => subscription(id, textsAt(each, 'Protocol'), textsAt(each, 'Endpoint'))),
  ...(/^AWS::Events::(ApiDestination|Connection|Endpoint)$/.test(type)
    ? [
        remark('outside-endpoint', 'alarm', id, [
          `${id} sends events of this account to an address on the internet.`,
          textsAt(properties, 'InvocationEndpoint').map(shown).join(', ') || type,
          askSpot,
        ]),
      ]
    : []),
  ...textsAt(properties, 'HttpEndpointDestinationConfiguration', 'EndpointConfiguration', 'Url').map((text) =>
    remark('outside-endpoint', 'alarm', id, [`${id} sends data to an address on the internet.`, shown(text), askSpot]),
  ),
];

const subscription = (id: string, protocols: readonly Text[], endpoints: readonly Text[]): readonly Remark[] =>
  endpoints.flatMap((endpoint) => {
    const kinds = protocols.map((text) => literal(text) ?? '');
    const seen = `${protocols.map(shown).join(', ')} ${shown(endpoint)}`;
    if (holeIn(endpoint) || kinds.some((kind) => /^https?$/.test(kind) || kind === ''))
      return [
        remark('outside-endpoint', 'alarm', id, [`${id} sends messages to an address on the internet.`, seen, askSpot]),
      ];
    return kinds.some((kind) => /^(email|sms)/.test(kind))
      ? [remark('mail', 'warning', id, [`${id} sends messages to a person.`, seen, 'See that it is someone of yours.'])]
      : [];
  });
