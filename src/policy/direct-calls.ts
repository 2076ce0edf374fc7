import { arns } from './arns.ts';
import type { Grant, Names, Phase } from './grant.ts';

/** One operation that this program asks of AWS, and what IAM has to allow for it. */
export interface DirectCall {
  /** By the SDK's name, such as `s3:HeadBucket`. */
  readonly call: string;
  /** IAM's name of it. */
  readonly action: string;
  /** `*` where the Service Authorization Reference knows no narrower resource for the action. */
  readonly on: On;
  readonly topic: string;
  readonly phases: readonly Phase[];
  /** True for what a removal needs only where the bucket and the billing data go as well. */
  readonly ofData?: boolean;
  readonly why: string;
}

type Arns = ReturnType<typeof arns>;
type On = (arn: Arns, names: Names) => readonly string[];

const anywhere: On = () => ['*'];
const bucket: On = (arn) => [arn.bucket];
const crawlerStack: On = (arn, { stackName }) => [arn.stack(stackName)];
const extractorStack: On = (arn, { extractorStackName }) => [arn.stack(extractorStackName)];
/** A change set that is named by its own ARN is authorised on that one, on the stack's where both are named. */
const changeSet: On = (arn, names) => [...extractorStack(arn, names), arn.changeSets];

/** A call, what it is for, and IAM's name of it where that is another. */
type Row = readonly [call: string, why: string, action?: string];

const rows = (
  topic: string,
  phases: readonly Phase[],
  on: On,
  ...each: readonly [Row, ...Row[]]
): readonly DirectCall[] => each.map(([call, why, action = call]) => ({ call, action, on, topic, phases, why }));

const ofData = (call: DirectCall): DirectCall => ({ ...call, ofData: true });

const looks = ['status', 'setup', 'extractor'] as const;
const all = [...looks, 'remove'] as const;
const remove = ['remove'] as const;

const removalRows: readonly DirectCall[] = [
  ...rows('DeleteStacks', remove, (arn, names) => [...crawlerStack(arn, names), ...extractorStack(arn, names)], [
    'cloudformation:DeleteStack',
    'to delete both stacks',
  ]),
  ...rows('ReadExtractorStack', remove, extractorStack, [
    'cloudformation:DescribeStackEvents',
    'to see what becomes of the extractor stack',
  ]),
  ...rows('DeleteReport', remove, (arn) => [arn.report], ['cur:DeleteReportDefinition', 'to delete the report']),
  ...rows(
    'WriteBucket',
    remove,
    bucket,
    ['s3:PutBucketPolicy', "to take this program's statements out of the bucket policy"],
    ['s3:DeleteBucketPolicy', 'to delete a policy in which nothing is left'],
    ['s3:PutBucketNotificationConfiguration', 'to put back what the crawler stack empties', 's3:PutBucketNotification'],
  ),
  ...rows(
    'WriteSchedule',
    remove,
    anywhere,
    ['glue:UpdateCrawlerSchedule', 'to give a crawler its schedule back'],
    ['glue:StopCrawlerSchedule', 'to turn a schedule off'],
  ),
  ...rows(
    'DeleteData',
    remove,
    bucket,
    ['s3:ListObjectVersions', 'to see what the bucket holds', 's3:ListBucketVersions'],
    ['s3:ListMultipartUploads', 'to see which uploads are unfinished', 's3:ListBucketMultipartUploads'],
    ['s3:DeleteBucket', 'to delete the bucket'],
  ).map(ofData),
  ...rows(
    'DeleteFiles',
    remove,
    (arn) => arn.billingFiles,
    ['s3:DeleteObjects', 'to delete the billing data', 's3:DeleteObjectVersion'],
    ['s3:AbortMultipartUpload', 'to abort unfinished uploads'],
  ).map(ofData),
];

/**
 * Every operation that the gateways send, but for sts:GetCallerIdentity, which needs no right, and sts:AssumeRole, which is a
 * right of whoever assumes the role. Actions and their resources: AWS's Service Authorization Reference.
 */
export const directCalls: readonly DirectCall[] = [
  ...rows(
    'ReadAccount',
    looks,
    anywhere,
    ['organizations:DescribeOrganization', 'to tell a management account'],
    ['organizations:ListOutboundResponsibilityTransfers', 'to see whether the billing is transferred'],
    // Without a name it lists all stacks, which takes a right of its own: so one is found when the state is lost.
    ['cloudformation:DescribeStacks', 'to find a stack by what it holds', 'cloudformation:ListStacks'],
  ),
  ...rows(
    'ReadAccount',
    all,
    anywhere,
    ['cur:DescribeReportDefinitions', 'to find the report'],
    ['s3:ListBuckets', "to tell our bucket from another account's", 's3:ListAllMyBuckets'],
    ['cloudformation:DescribeStacks', 'to find the stacks'],
  ),
  ...rows(
    'ReadBucket',
    looks,
    bucket,
    ['s3:ListObjectsV2', 'to look for the crawler file', 's3:ListBucket'],
    ['s3:GetPublicAccessBlock', 'to see Block Public Access', 's3:GetBucketPublicAccessBlock'],
    ['s3:GetBucketEncryption', 'to see whose keys encrypt it', 's3:GetEncryptionConfiguration'],
    ['s3:GetBucketOwnershipControls', 'to see who owns what is delivered'],
  ),
  ...rows(
    'ReadBucket',
    all,
    bucket,
    ['s3:HeadBucket', 'to see whether the bucket is there', 's3:ListBucket'],
    ['s3:GetBucketPolicy', 'to see whether AWS may deliver'],
    [
      's3:GetBucketNotificationConfiguration',
      'to see what the crawler stack would replace',
      's3:GetBucketNotification',
    ],
  ),
  ...rows(
    'ReadFiles',
    looks,
    (arn) => arn.deliveredFiles,
    ['s3:HeadObject', 'to see whether the crawler file is delivered', 's3:GetObject'],
    ['s3:GetObject', 'to read the crawler file'],
  ),
  ...rows('ReadCrawlerStack', all, crawlerStack, [
    'cloudformation:DescribeStackEvents',
    'to see why the crawler stack failed',
  ]),
  ...rows('ReadCrawlerStack', looks, crawlerStack, ['cloudformation:GetTemplate', 'to see whose the crawler stack is']),
  ...rows('ReadCrawler', all, (arn) => [arn.crawler], ['glue:GetCrawler', 'to see the schedule and the last crawl']),
  ...rows('ReadTables', looks, (arn) => arn.tables, ['glue:GetTables', 'to see whether the tables are there']),
  ...rows('ReadTemplates', ['status', 'extractor'], anywhere, [
    'cloudformation:GetTemplateSummary',
    "to see what the extractor's template asks for",
  ]),
  ...rows(
    'ReadExtractorStack',
    ['status', 'extractor'],
    changeSet,
    ['cloudformation:DescribeStackEvents', 'to see why the extractor stack failed'],
    ['cloudformation:DescribeChangeSet', 'to see what is prepared'],
    ['cloudformation:GetTemplate', 'to compare it with what was reviewed'],
  ),

  ...rows(
    'WriteBucket',
    ['setup'],
    bucket,
    ['s3:CreateBucket', 'to create the bucket'],
    ['s3:PutPublicAccessBlock', 'to turn on Block Public Access', 's3:PutBucketPublicAccessBlock'],
    ['s3:PutBucketPolicy', 'to let AWS deliver'],
    [
      's3:PutBucketNotificationConfiguration',
      'to put back what the crawler stack replaced',
      's3:PutBucketNotification',
    ],
  ),
  ...rows(
    'WriteReport',
    ['setup'],
    (arn) => [arn.report],
    ['cur:PutReportDefinition', 'to create the report'],
    ['cur:ModifyReportDefinition', 'to have closed months refreshed'],
  ),
  ...rows(
    'WriteCrawlerStack',
    ['setup'],
    crawlerStack,
    ['cloudformation:CreateStack', 'to create the crawler stack'],
    ['cloudformation:DeleteStack', 'to delete it when it failed'],
  ),
  ...rows(
    'WriteSchedule',
    ['setup'],
    anywhere,
    ['glue:UpdateCrawlerSchedule', 'to have the crawler run daily'],
    ['glue:StartCrawlerSchedule', 'to turn its schedule on'],
  ),
  ...rows(
    'Foresee',
    ['setup'],
    anywhere,
    ['lambda:GetAccountSettings', "to foresee that functions can't be made"],
    ['lakeformation:GetDataLakeSettings', "to foresee that the database can't be made"],
  ),
  ...rows('ForeseeRights', ['setup'], (arn) => arn.principals, [
    'iam:SimulatePrincipalPolicy',
    'to foresee which rights are missing',
  ]),
  ...rows('FindRole', ['setup'], (arn) => arn.principals.filter((each) => each.includes(':role/')), [
    'iam:GetRole',
    "to find the role's path",
  ]),

  ...rows(
    'WriteExtractorStack',
    ['extractor'],
    extractorStack,
    ['cloudformation:CreateChangeSet', 'to prepare the extractor stack'],
    ['cloudformation:DeleteStack', 'to delete it when it failed'],
  ),
  ...rows(
    'WriteChangeSet',
    ['extractor'],
    changeSet,
    ['cloudformation:ExecuteChangeSet', 'to create the extractor stack'],
    ['cloudformation:DeleteChangeSet', 'to throw away what was prepared'],
  ),

  ...removalRows,
];

/** What the program's own calls need in a phase; to delete the billing data only where that is asked for. */
export const directGrants = (phase: Phase, names: Names, deleteData = false): readonly Grant[] => {
  const arn = arns(names);
  return directCalls
    .filter(({ phases, ofData }) => phases.includes(phase) && (deleteData || !ofData))
    .map(({ call, action, on, topic, why }) => ({
      phase,
      topic,
      actions: [action],
      resources: on(arn, names),
      by: 'call' as const,
      call,
      why,
    }))
    .filter(({ resources }) => resources.length > 0);
};
