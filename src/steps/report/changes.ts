import type { Report } from '../../aws/reports.ts';
import { Problem } from '../../errors.ts';
import type { Change, Setback } from '../../step.ts';
import { bucketArn, reportArn } from '../arns.ts';
import type { Doubt } from './bucket-policy.ts';
import { settingLines, wantedDefinition } from './definition.ts';
import { fittingPlace, underOtherName } from './elsewhere.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

/** AWS verifies the policy when the report is made, and a policy just written takes a while to be seen. */
const policyBecomesVisibleWithin = 150_000;

/** What the refusal of a write is explained with. */
interface Surroundings {
  /** The account's other reports. */
  readonly others: readonly Report[];
  /** The KMS key that the bucket encrypts with. */
  readonly key: string | undefined;
  /** Denials in its policy of which can't be told whether they meet the delivery. */
  readonly doubts: readonly Doubt[];
}

/** The writes of step 1. */
export const changes = (settings: Settings, { others, key, doubts }: Surroundings) => {
  const { bucket, account, reportName, customer } = settings;
  const definition = wantedDefinition(settings);
  const refusals: readonly Refusal[] = [
    {
      meant: ({ name }) => name === 'BucketAlreadyExists',
      say: () => texts.foreignBucket(settings, underOtherName(settings, others, false)),
    },
    {
      meant: ({ name }) => name === 'ReportLimitReachedException',
      say: () =>
        texts.tooMany(
          others.map(({ ReportName }) => ReportName),
          customer,
          others.map(fittingPlace).find(Boolean),
        ),
    },
    {
      meant: ({ message }) => unverified.test(message),
      say: ({ message }) => texts.unverified(settings, message, { doubts, key }),
    },
  ];
  const explained = (error: unknown): never => {
    const refusal = error instanceof Error ? refusals.find(({ meant }) => meant(error)) : undefined;
    if (!refusal) throw error;
    const { reason, advice } = refusal.say(error as Error);
    const { $metadata } = error as { $metadata?: { requestId?: string } };
    throw new Problem(reason, advice, 'blocked', $metadata?.requestId);
  };
  return {
    bucket: {
      id: `bucket:${bucket}`,
      summary: `Create the S3 bucket ${bucket} in us-east-1`,
      call: { action: 's3:CreateBucket', arn: bucketArn(bucket) },
      creates: { key: 'bucket', id: bucket },
      async apply({ aws }) {
        // S3 answers 200 to the owner of a bucket that stands, and resets its ACLs (aws-facts §4).
        const { kind } = await aws.buckets.standing(bucket, account, async () => false);
        if (kind !== 'ours') return aws.buckets.create(bucket).catch(explained);
        return { stood: true, told: texts.bucketStood(bucket) };
      },
    },
    publicAccessBlock: {
      id: `public-access-block:${bucket}`,
      summary: 'Turn on Block Public Access for it, all four settings',
      call: { action: 's3:PutBucketPublicAccessBlock', arn: bucketArn(bucket) },
      apply: ({ aws }) => aws.buckets.blockPublicAccess(bucket, account),
    },
    /** `stands`: the bucket is there already, so that others may have written its policy since. */
    policy: (policy: string, kept: number, { before, stands }: { before: string | undefined; stands: boolean }) => ({
      id: `bucket-policy:${bucket}`,
      summary: texts.policySummary(kept),
      details: policyLines(policy, before),
      call: { action: 's3:PutBucketPolicy', arn: bucketArn(bucket) },
      creates: { key: 'bucket-policy', id: bucket },
      async apply({ aws }) {
        if (stands && (await aws.buckets.findPolicy(bucket)) !== before) {
          const { reason, advice } = texts.policyChanged(settings);
          throw new Problem(reason, advice);
        }
        return aws.buckets.putPolicy(bucket, account, policy);
      },
    }),
    report: {
      id: `report:${reportName}`,
      summary: `Create the Cost and Usage Report ${reportName}`,
      details: settingLines(definition),
      call: { action: 'cur:PutReportDefinition', arn: reportArn(account, reportName) },
      creates: { key: 'report', id: reportName },
      async apply({ aws }) {
        const { requestId, stood } = await aws.reports.put(definition).catch(explained);
        return { requestId, ...(stood && { stood, told: texts.reportStood(reportName) }) };
      },
      retry: { forMs: policyBecomesVisibleWithin, passing },
    },
    refresh: (found: Report) => ({
      id: `report-refresh:${reportName}`,
      summary: `Change RefreshClosedReports of the report ${reportName} from false to true`,
      details: ['AWS then corrects months that are closed. All else of the report stays as it is.'],
      call: { action: 'cur:ModifyReportDefinition', arn: reportArn(account, reportName) },
      apply: ({ aws }) =>
        aws.reports
          .modify(
            {
              ...definition,
              AdditionalSchemaElements: found.AdditionalSchemaElements,
              S3Prefix: found.S3Prefix,
            },
            found.billingView,
          )
          .catch(explained),
      retry: { forMs: policyBecomesVisibleWithin, passing },
    }),
  } satisfies Record<string, Change | ((...given: never[]) => Change)>;
};

/** A refusal of AWS that can be told better than in its own words. */
interface Refusal {
  readonly meant: (error: Error) => boolean;
  readonly say: (error: Error) => Setback;
}

const unverified = /failed to verify customer bucket permission/i;

const passing = (error: unknown): string | undefined =>
  unverified.test((error as Error).message) ? texts.policyNotSeenYet : undefined;

/** The policy as it will stand; statements that are not there yet are marked. */
const policyLines = (policy: string, before: string | undefined): readonly string[] => {
  const lines = compact(policy).split('\n');
  if (before === undefined) return lines;
  const old = new Set(statementsIn(before));
  const statements = statementsIn(policy).values();
  let fresh = false;
  return lines.map((line) => {
    if (line === beginOfStatement) fresh = !old.has(statements.next().value ?? '');
    const marked = `${fresh ? '+' : ' '} ${line}`;
    if (endOfStatement.test(line)) fresh = false;
    return marked;
  });
};

/** How JSON.stringify sets in the statements of a policy, by two blanks a level. */
const beginOfStatement = '    {';
const endOfStatement = /^ {4}\},?$/;

const statementsIn = (policy: string): readonly string[] =>
  [JSON.parse(policy).Statement ?? []].flat().map((statement: unknown) => JSON.stringify(statement));

/** JSON with its innermost lists and objects on one line each, which is how people write policies. */
const compact = (pretty: string): string =>
  pretty
    .replace(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (_, inner: string) => `[${inner.replace(/\n\s+/g, ' ')}]`)
    .replace(/\{\n\s+("[^"\n]*": "[^"\n]*")\n\s+\}/g, '{ $1 }');
