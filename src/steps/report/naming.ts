import type { Aws } from '../../aws/aws.ts';
import type { BucketStanding } from '../../aws/buckets.ts';
import type { Report } from '../../aws/reports.ts';
import { procedureName } from '../procedure.ts';
import { differences } from './definition.ts';

export interface Naming {
  /** What report and bucket are to be called; undefined when the proposals are taken too. */
  readonly name: string | undefined;
  readonly because: string;
}

/** Bucket names are global, so the procedure's own may be someone else's: then the account id makes it ours. */
export const fallbackName = (account: string): string => `${procedureName}-${account}`;

/**
 * Finds the name to propose: that of a report which fits already, else the procedure's while it is free or ours, else the
 * fallback.
 */
export const proposeName = async (
  aws: { readonly buckets: Pick<Aws['buckets'], 'standing'> },
  account: string,
  reports: readonly Report[],
): Promise<Naming> => {
  const names = [procedureName, fallbackName(account)];
  const existing = names.find((name) => reports.some((report) => fitsUnder(report, name)));
  if (existing) return { name: existing, because: 'a report of this name exists and fits' };
  let because = 'the procedure names it so';
  for (const name of names) {
    const mentioned = async () => reports.some((report) => report.S3Bucket === name);
    const standing = await aws.buckets.standing(name, account, mentioned);
    if (usable(standing)) return { name, because };
    because = `the bucket name ${name} belongs to another account`;
  }
  return { name: undefined, because: `${names.join(' and ')} both belong to other accounts` };
};

const fitsUnder = (report: Report, name: string): boolean =>
  differences(report, { reportName: name, bucket: name, prefix: report.S3Prefix }).every(({ editable }) => editable);

/** Everything but someone else's: what is ours and troubled is explained by the look, not avoided by another name. */
const usable = (standing: BucketStanding): boolean => standing.kind !== 'foreign';
