import { judgeConditions } from './conditions.ts';
import { definitions, deliverer, deliveryRequest } from './delivery-request.ts';
import { denialIn, excepting } from './denial.ts';
import { isRecord, listOf } from './iam-pattern.ts';
import {
  concerns,
  type Need,
  needs,
  type PolicyPlace,
  reaches,
  type Statement,
  servicesOf,
  sidOf,
} from './statement.ts';

export type { PolicyPlace, Statement } from './statement.ts';

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

/** A denial of which can't be told whether it meets the delivery: the conditions that leave it open. */
export interface Doubt {
  readonly sid: string;
  /** As "operator key". */
  readonly under: readonly string[];
}

export type PolicyStanding =
  /** AWS can deliver: nothing to write. */
  | { readonly kind: 'fits'; readonly doubts?: readonly Doubt[] }
  /** The document to write: what was there and ours. */
  | { readonly kind: 'merge'; readonly policy: string; readonly kept: number; readonly doubts?: readonly Doubt[] }
  /** Writing ours would not help, or would take what is not ours. */
  | { readonly kind: 'conflict'; readonly why: 'foreign-sid'; readonly sid: string }
  | {
      readonly kind: 'conflict';
      readonly why: 'denies';
      readonly sid: string;
      /** The conditions under which it denies, as "operator key"; empty when it always does. */
      readonly under: readonly string[];
      /** The statement as it would let AWS deliver. */
      readonly excepted: Statement;
    }
  /** Nothing that this program can read as a policy. */
  | { readonly kind: 'conflict'; readonly why: 'unreadable'; readonly sid: '' };

/** True for a denial that depends on nothing: even a delivery that went well before says nothing for the next. */
export const alwaysDenies = (policy: PolicyStanding): boolean =>
  policy.kind === 'conflict' && policy.why === 'denies' && policy.under.length === 0;

/** Compares a bucket policy by effect, never by Sid or text, and merges what is missing. */
export const judgePolicy = (text: string | undefined, place: PolicyPlace): PolicyStanding => {
  const document = text === undefined ? { Version: '2012-10-17' } : documentIn(text);
  const statements = document && statementsIn(document);
  if (!statements) return { kind: 'conflict', why: 'unreadable', sid: '' };
  const denials = statements.flatMap((statement) => denialIn(statement, place));
  const denial = denials.find(({ sure }) => sure);
  if (denial)
    return {
      kind: 'conflict',
      why: 'denies',
      sid: denial.sid,
      under: denial.under,
      excepted: excepting(denial.statement),
    };
  const doubts = denials.map(({ sid, under }) => ({ sid, under }));
  const doubtful = doubts.length > 0 ? { doubts } : {};
  if (needs(place).every((need) => statements.some((statement) => grants(statement, need, place))))
    return { kind: 'fits', ...doubtful };
  const foreign = statements.find((statement) => sidOf(statement).startsWith('SpotCur') && !isOurs(statement));
  if (foreign) return { kind: 'conflict', why: 'foreign-sid', sid: sidOf(foreign) };
  const kept = statements.filter((statement) => !isOurs(statement));
  const merged = { ...document, Statement: [...kept, ...wantedStatements(place)] };
  return { kind: 'merge', policy: JSON.stringify(merged, undefined, 2), kept: kept.length, ...doubtful };
};

/** A policy once this program's statements are out of it. */
export interface WithoutOwn {
  /** How many statements go, and how many stay as they are. */
  readonly own: number;
  readonly kept: number;
  /** Undefined where nothing is left to say. */
  readonly policy: string | undefined;
}

/** Takes out the statements of this program, by their Sids; undefined where there is none, or nothing that can be read. */
export const withoutOwn = (text: string | undefined): WithoutOwn | undefined => {
  const document = text === undefined ? undefined : documentIn(text);
  const statements = document && statementsIn(document);
  const kept = statements?.filter((statement) => !isOurs(statement)) ?? [];
  if (!statements || kept.length === statements.length) return undefined;
  const policy = kept.length > 0 ? JSON.stringify({ ...document, Statement: kept }, undefined, 2) : undefined;
  return { own: statements.length - kept.length, kept: kept.length, policy };
};

const documentIn = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const document: unknown = JSON.parse(text);
    return isRecord(document) ? document : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const statementsIn = ({ Statement }: Readonly<Record<string, unknown>>): readonly Statement[] | undefined => {
  const statements = listOf(Statement);
  return statements.every(isRecord) ? statements : undefined;
};

const isOurs = (statement: Statement): boolean =>
  sidOf(statement).startsWith('SpotCur') && servicesOf(statement.Principal).join() === deliverer;

const grants = (statement: Statement, need: Need, place: PolicyPlace): boolean =>
  statement.Effect === 'Allow' &&
  concerns(statement.Principal) &&
  reaches(statement, need) &&
  letsThrough(statement.Condition, place);

/** AWS's own form compares the source's pattern with StringEquals; others name the very report. Both deliver. */
const letsThrough = (block: unknown, place: PolicyPlace): boolean => {
  const request = deliveryRequest(place);
  const arns = request('aws:sourcearn') ?? [];
  return arns.some(
    (arn) => judgeConditions(block, (key) => (key === 'aws:sourcearn' ? [arn] : request(key))).truth === 'true',
  );
};
