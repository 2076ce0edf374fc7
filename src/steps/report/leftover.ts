import type { Aws } from '../../aws/aws.ts';
import type { ObjectHead } from '../../aws/objects.ts';
import { procedurePrefix } from '../procedure.ts';
import { removedFrom } from '../removed-report.ts';
import { corrupts } from './corruption.ts';
import type { ReportPlace } from './definition.ts';

/** What an overwrite report has left in its place: only such a one leaves months of data, or a crawler file. */
export const findLeftover = async (
  { objects }: Pick<Aws, 'objects'>,
  { bucket, reportName, prefix }: ReportPlace,
): Promise<ObjectHead | undefined> => {
  const folder = `${prefix}/${reportName}/`;
  return (
    (await objects.findFirst(bucket, `${folder}${reportName}/year=`)) ??
    (await objects.find(bucket, `${folder}crawler-cfn.yml`))
  );
};

/** The prefix for a new report, and what explains one that is not the usual. */
export interface PrefixProposal {
  readonly prefix: string;
  readonly because?: string;
}

/**
 * The procedure's prefix, or the first of its successors below which no report of this name has delivered before.
 * @param holds whether data of one lies below a prefix
 */
export const proposePrefix = async (
  { reportName, bucket }: Omit<ReportPlace, 'prefix'>,
  notes: Readonly<Record<string, string>>,
  holds: (prefix: string) => Promise<boolean>,
): Promise<PrefixProposal> => {
  const at = (prefix: string) => ({ reportName, bucket, prefix });
  const removed = removedFrom(notes, at(procedurePrefix));
  const what = removed
    ? `the report ${reportName} was taken back from ${procedurePrefix}`
    : `${bucket} holds what a report of this name has delivered below ${procedurePrefix}`;
  const because = `${what}, and ${corrupts('another one there')}`;
  for (let prefix = procedurePrefix, number = 2; ; prefix = `${procedurePrefix}-${number}`, number += 1) {
    if (removedFrom(notes, at(prefix)) || (number < mostLooks && (await holds(prefix)))) continue;
    return prefix === procedurePrefix ? { prefix } : { prefix, because };
  }
};

const mostLooks = 20;

/** The same beside a prefix that was chosen: the first of its successors from which no report was taken back. */
export const otherPrefix = ({ prefix, ...place }: ReportPlace, notes: Readonly<Record<string, string>>): string => {
  let number = 2;
  while (removedFrom(notes, { ...place, prefix: `${prefix}-${number}` })) number += 1;
  return `${prefix}-${number}`;
};
