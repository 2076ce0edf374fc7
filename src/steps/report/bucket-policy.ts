/** One statement of a bucket policy, as loosely as S3 accepts it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PolicyPlace {
  readonly bucket: string;
  readonly account: string;
  readonly reportName: string;
}

/** Whoever delivers reports. The ARN says us-east-1 wherever the bucket is; its region there breaks delivery. */
const deliverer = 'billingreports.amazonaws.com';
const definitions = (account: string) => `arn:aws:cur:us-east-1:${account}:definition/*`;

/** The statements that let AWS deliver, under Sids of our own. */
export const wantedStatements = ({ bucket, account }: PolicyPlace): readonly Statement[] => {
  const Condition = {
    StringLike: { 'aws:SourceArn': definitions(account) },
    StringEquals: { 'aws:SourceAccount': account },
  };
  const Principal = { Service: deliverer };
  return [
    {
      Sid: 'SpotCurReadBucket',
      Effect: 'Allow',
      Principal,
      Action: ['s3:GetBucketAcl', 's3:GetBucketPolicy'],
      Resource: `arn:aws:s3:::${bucket}`,
      Condition,
    },
    {
      Sid: 'SpotCurDeliver',
      Effect: 'Allow',
      Principal,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/*`,
      Condition,
    },
  ];
};

export type PolicyStanding =
  /** AWS can deliver: nothing to write. */
  | { readonly kind: 'fits' }
  /** The document to write: what was there and ours. */
  | { readonly kind: 'merge'; readonly policy: string; readonly kept: number }
  /** Writing ours would not help, or would take what is not ours. */
  | { readonly kind: 'conflict'; readonly sid: string; readonly why: 'foreign-sid' | 'denies' };

/** Compares a bucket policy by effect, never by Sid or text, and merges what is missing. */
export const judgePolicy = (text: string | undefined, place: PolicyPlace): PolicyStanding => {
  const document: { Statement?: unknown } =
    text === undefined ? ({ Version: '2012-10-17' } as object) : JSON.parse(text);
  const statements = listOf(document.Statement) as Statement[];
  const denying = statements.find((statement) => denies(statement, place));
  if (denying) return { kind: 'conflict', sid: denying.Sid ?? '(without Sid)', why: 'denies' };
  if (needs(place).every((need) => statements.some((statement) => grants(statement, need, place))))
    return { kind: 'fits' };
  const foreign = statements.find((statement) => statement.Sid?.startsWith('SpotCur') && !isOurs(statement));
  if (foreign) return { kind: 'conflict', sid: foreign.Sid ?? '', why: 'foreign-sid' };
  const kept = statements.filter((statement) => !isOurs(statement));
  const merged = { ...document, Statement: [...kept, ...wantedStatements(place)] };
  return { kind: 'merge', policy: JSON.stringify(merged, undefined, 2), kept: kept.length };
};

/** GetBucketAcl is written but not needed: the console's own form does without. */
const needs = ({ bucket }: PolicyPlace) => [
  { action: 's3:GetBucketPolicy', resource: `arn:aws:s3:::${bucket}` },
  { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/any/key` },
];

type Need = ReturnType<typeof needs>[number];

const isOurs = (statement: Statement): boolean =>
  statement.Sid?.startsWith('SpotCur') === true && servicesOf(statement.Principal).join() === deliverer;

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const servicesOf = (principal: unknown): readonly unknown[] =>
  typeof principal === 'object' && principal !== null ? listOf((principal as { Service?: unknown }).Service) : [];

const everyone = (principal: unknown): boolean =>
  principal === '*' ||
  (typeof principal === 'object' && principal !== null && listOf((principal as { AWS?: unknown }).AWS).includes('*'));

/** IAM's wildcards: `*` any run of characters, `?` one. */
const matches = (pattern: unknown, text: string, ignoreCase = false): boolean => {
  if (typeof pattern !== 'string') return false;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(text);
};

const concerns = (principal: unknown): boolean => servicesOf(principal).includes(deliverer) || everyone(principal);

const reaches = ({ Action, NotAction, Resource, NotResource }: Statement, { action, resource }: Need): boolean => {
  const acts = (patterns: unknown) => listOf(patterns).some((pattern) => matches(pattern, action, true));
  const lies = (patterns: unknown) => listOf(patterns).some((pattern) => matches(pattern, resource));
  return (
    (NotAction === undefined ? acts(Action) : !acts(NotAction)) &&
    (NotResource === undefined ? lies(Resource) : !lies(NotResource))
  );
};

const grants = (statement: Statement, need: Need, place: PolicyPlace): boolean =>
  statement.Effect === 'Allow' &&
  concerns(statement.Principal) &&
  reaches(statement, need) &&
  Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => listOf(values).some((value) => holds(operator, key, value, place))),
  );

/** Whether a condition lets the delivery of this report through. AWS's own form compares the pattern with StringEquals. */
const holds = (operator: string, key: string, value: unknown, { account, reportName }: PolicyPlace): boolean => {
  if (!/^(String|Arn)(Equals|Like)(IfExists)?$/.test(operator) || typeof value !== 'string') return false;
  if (/^aws:SourceAccount$/i.test(key)) return matches(value, account);
  if (!/^aws:SourceArn$/i.test(key)) return false;
  if (value === definitions(account)) return true;
  return matches(value, `arn:aws:cur:us-east-1:${account}:definition/${reportName}`);
};

/** Conditions decide for themselves, so only a denial without any is certain. What is spelled the other way round counts. */
const denies = (statement: Statement, place: PolicyPlace): boolean =>
  statement.Effect === 'Deny' &&
  Object.keys(statement.Condition ?? {}).length === 0 &&
  (statement.NotPrincipal === undefined ? concerns(statement.Principal) : !concerns(statement.NotPrincipal)) &&
  needs(place).some((need) => reaches(statement, need));
