import { placeOf } from './delivery.ts';
import { currentOf, resourceEvents } from './services/cloudformation/stacks.ts';
import { bucketNamed, writeObject } from './services/s3/store.ts';
import { extractorTemplate } from './templates/extractor.ts';
import {
  type Account,
  accountOf,
  type Bucket,
  type GlueCrawler,
  type Report,
  type Stack,
  type World,
} from './world.ts';

/** The account in which Spot keeps what it hands to its customers. */
const SPOT_ACCOUNT = '999988887777';
/** How long Spot takes for a link once the crawler stack stands and the crawler is scheduled. */
const LINK_AFTER_MS = 48 * 3_600_000;

const TEMPLATES = 'spot-connect-templates';
const TEMPLATE_KEY = 'extractor/spot-extractor.yaml';
const CODE = 'spot-connect-code';
const CODE_KEY = 'extractor/extractor.zip';
const OUTPUT = 'spot-connect-output';

/** Gives Spot its account and buckets, unless the world has them already. `now` is ms. */
export const establishSpot = (world: World, now: number): void => {
  if (bucketNamed(world, TEMPLATES)) return;
  accountOf(world, SPOT_ACCOUNT);
  writeObject(openBucket(world, TEMPLATES, now), TEMPLATE_KEY, extractorTemplate, { now, contentType: 'text/yaml' });
  writeObject(openBucket(world, CODE, now), CODE_KEY, 'stands in for the code of the extractor', { now });
  newBucket(world, OUTPUT, now);
};

/** The quick-create link that Spot has sent for this account by `now` (ms); undefined until then. */
export const linkFor = (world: World, accountId: string, now: number): string | undefined => {
  const account = Object.hasOwn(world.accounts, accountId) ? world.accounts[accountId] : undefined;
  for (const stack of account?.stacks ?? []) {
    const connected = account && connectionOf(account, stack, now);
    if (connected && now >= connected.since + (account.spotTakes ?? LINK_AFTER_MS))
      return quickCreateLink(account, connected.report);
  }
  return undefined;
};

const connectionOf = (account: Account, stack: Stack, now: number): { report: Report; since: number } | undefined => {
  const { status, at } = currentOf(stack, now);
  if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status)) return undefined;
  for (const { type, physicalId } of resourceEvents(stack, now)) {
    const crawler = account.crawlers.find(({ name }) => type === 'AWS::Glue::Crawler' && name === physicalId);
    const report = crawler && account.reports.find((candidate) => crawls(crawler, candidate));
    if (!report || crawler?.schedule?.state !== 'SCHEDULED') continue;
    return { report, since: Math.max(at, crawler.schedule.changed) };
  }
  return undefined;
};

const crawls = ({ targets }: GlueCrawler, report: Report): boolean => {
  const { bucket, folder } = placeOf(report);
  return targets.some(({ path }) => path.startsWith(`s3://${bucket}/${folder}/`));
};

const quickCreateLink = ({ id, spotOffer = {} }: Account, { definition }: Report): string => {
  if (spotOffer.link !== undefined) return spotOffer.link;
  const parameters: Readonly<Record<string, string | undefined>> = {
    CURPrefixName: String(definition.S3Prefix),
    CustomerName: `customer-${id}`,
    LambdaFunctionBucket: CODE,
    LambdaFunctionKey: CODE_KEY,
    S3OutputBucket: OUTPUT,
    ...spotOffer.parameters,
  };
  const fields = {
    templateURL: spotOffer.templateUrl ?? urlOf(TEMPLATES, TEMPLATE_KEY),
    stackName: spotOffer.stackName ?? 'SpotExtractor',
    ...Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`param_${key}`, value])),
  };
  const query = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}=${encodeURIComponent(value)}`,
  );
  const console = 'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1';
  return `${console}#/stacks/create/review?${query.join('&')}`;
};

const urlOf = (bucket: string, key: string): string => `https://${bucket}.s3.us-east-1.amazonaws.com/${key}`;

/** A template that Spot keeps for one account: texts for one read after the other, the last one staying. */
export interface OfferedTemplate {
  readonly texts: readonly string[];
  /** The bucket that holds it, Spot's own for templates when absent; made when it isn't there. */
  readonly bucket?: string | undefined;
  /** Whether that bucket is closed to everybody but Spot. */
  readonly closed?: boolean | undefined;
}

/** Puts a template where the link of this account can lead to. `now` is ms. @returns its URL */
export const offerTemplate = (world: World, account: string, offered: OfferedTemplate, now: number): string => {
  const { texts, bucket: name = offered.closed ? 'spot-connect-private' : TEMPLATES } = offered;
  const bucket = bucketNamed(world, name) ?? (offered.closed ? newBucket : openBucket)(world, name, now);
  const key = `extractor/${account}/spot-extractor.yaml`;
  const [first, ...later] = texts;
  if (first !== undefined) writeObject(bucket, key, first, { now, contentType: 'text/yaml', later });
  return urlOf(name, key);
};

const newBucket = (world: World, name: string, now: number): Bucket => {
  const bucket = { name, owner: SPOT_ACCOUNT, region: 'us-east-1', created: now, objects: {} };
  world.buckets[name] = bucket;
  return bucket;
};

/** A bucket whose objects anybody may read. */
const openBucket = (world: World, name: string, now: number): Bucket => {
  const bucket = newBucket(world, name, now);
  const grant = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}/*` };
  bucket.policy = JSON.stringify({ Version: '2012-10-17', Statement: [grant] });
  return bucket;
};
