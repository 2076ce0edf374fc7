import type { Contents, Counted, Scope, Tally } from '../aws/contents.ts';
import type { Report } from '../aws/reports.ts';
import type { State } from '../state/state.ts';
import { removedReports } from '../steps/removed-report.ts';
import { bare } from '../steps/report/definition.ts';
import { madeId } from './origin.ts';

/** Where a report of this connection has delivered. */
export interface Place {
  readonly reportName: string;
  readonly bucket: string;
  readonly prefix: string;
}

const writeTest = 'aws-programmatic-access-test-object';

/** AWS's write test at the bucket's root, and what there is of it where nobody looks. */
export const own = {
  writeTest: { prefix: writeTest, exact: true } satisfies Scope,
  nothing: { versions: 0, bytes: 0, uploads: 0, unusual: [] } satisfies Counted,
};

/** The place of the report that this connection made, as its answers have it. */
export const reportPlace = (state: State): Place | undefined => {
  const reportName = madeId(state, 'report');
  const { bucket, 'report-name': named, prefix } = state.answers;
  const where = bucket ?? named;
  if (reportName === undefined || typeof where !== 'string' || typeof prefix !== 'string') return undefined;
  return { reportName, bucket: where, prefix };
};

/** All places in a bucket to which reports of this connection have delivered, those that were taken back before among them. */
export const placesIn = (state: State, bucket: string): readonly Place[] => {
  const standing = reportPlace(state);
  const all = [...(standing ? [standing] : []), ...removedReports(state.notes)].filter(
    (each) => each.bucket === bucket,
  );
  const folders = new Map(all.map((place) => [folderOf(place), place]));
  return [...folders.values()];
};

export const folderOf = ({ prefix, reportName }: Place): string => `${prefix}/${reportName}/`;

/** A report that delivers into the folder of a place, or has that within its own: whoever empties the one takes of the other. */
export const findDeliverer = (reports: readonly Report[], place: Place): Report | undefined => {
  const folder = folderOf(place);
  return reports
    .filter(({ S3Bucket }) => S3Bucket === place.bucket)
    .find(({ S3Prefix, ReportName }) => {
      const above = bare(S3Prefix);
      const theirs = above === '' ? `${ReportName}/` : `${above}/${ReportName}/`;
      return theirs.startsWith(folder) || folder.startsWith(theirs);
    });
};

/**
 * What AWS delivers into a report's folder (aws-facts §5, and the CUR guide on its files): data by month, the status table, manifests and
 * statements by billing period, the crawler file. Anything else there is somebody's own.
 */
const delivered = (name: string): RegExp => {
  const report = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const month = 'year=\\d{4}/month=\\d{1,2}/[^/]+';
  const status = 'cost_and_usage_data_status/[^/]+';
  const statements = `${report}-(Manifest\\.json|create-table\\.sql)`;
  return new RegExp(`^(${report}/(${month}|${status})|${status}|\\d{8}-\\d{8}/.+|${statements}|crawler-cfn\\.yml)$`);
};

const isDelivered = (place: Place): ((key: string) => boolean) => {
  const [folder, pattern] = [folderOf(place), delivered(place.reportName)];
  return (key) => key.startsWith(folder) && pattern.test(key.slice(folder.length));
};

/** All of the report's folder, which is the report's own. */
export const scopesOf = (place: Place): Scope => ({ prefix: folderOf(place), expected: isDelivered(place) });

/** Keys that no report of this connection, nor AWS's write test, has brought: a few, if there are many. */
export const findOthers = (
  contents: Contents,
  { name, account, places }: { readonly name: string; readonly account: string; readonly places: readonly Place[] },
): Promise<readonly string[]> => {
  const folders = places.map(folderOf);
  return contents.findOthers(name, account, (key) => key === writeTest || folders.some((each) => key.startsWith(each)));
};

export const isEmpty = ({ versions, uploads }: Tally): boolean => versions === 0 && uploads === 0;
