import type { Report } from '../../aws/reports.ts';
import type { Change } from '../../step.ts';
import type { PolicyPlace } from './bucket-policy.ts';
import { type ReportPlace, settingLines, wantedDefinition } from './definition.ts';
import { texts } from './texts.ts';

/** AWS verifies the policy when the report is made, and a policy just written takes a while to be seen. */
const policyBecomesVisibleWithin = 150_000;

/** The writes of step 1. */
export const changes = (place: ReportPlace & PolicyPlace) => {
  const { bucket, account, reportName } = place;
  const definition = wantedDefinition(place);
  return {
    bucket: {
      id: `bucket:${bucket}`,
      summary: `Create the S3 bucket ${bucket} in us-east-1`,
      creates: { key: 'bucket', id: bucket },
      apply: ({ aws }) => aws.buckets.create(bucket),
    },
    publicAccessBlock: {
      id: `public-access-block:${bucket}`,
      summary: 'Turn on Block Public Access for it, all four settings',
      apply: ({ aws }) => aws.buckets.blockPublicAccess(bucket),
    },
    policy: (policy: string, kept: number, before: string | undefined) => ({
      id: `bucket-policy:${bucket}`,
      summary: texts.policySummary(kept),
      details: policyLines(policy, before),
      creates: { key: 'bucket-policy', id: bucket },
      apply: ({ aws }) => aws.buckets.putPolicy(bucket, account, policy),
    }),
    report: {
      id: `report:${reportName}`,
      summary: `Create the Cost and Usage Report ${reportName}`,
      details: settingLines(definition),
      creates: { key: 'report', id: reportName },
      apply: ({ aws }) => aws.reports.put(definition),
      retry: { forMs: policyBecomesVisibleWithin, passing },
    },
    refresh: (found: Report) => ({
      id: `report-refresh:${reportName}`,
      summary: `Change RefreshClosedReports of the report ${reportName} from false to true`,
      apply: ({ aws }) =>
        aws.reports.modify({
          ...definition,
          AdditionalSchemaElements: found.AdditionalSchemaElements,
          S3Prefix: found.S3Prefix,
        }),
    }),
  } satisfies Record<string, Change | ((...given: never[]) => Change)>;
};

const passing = (error: unknown): string | undefined =>
  /failed to verify customer bucket permission/i.test((error as Error).message) ? texts.policyNotSeenYet : undefined;

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
