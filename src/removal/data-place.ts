import type { Contents, Scope, Tally } from '../aws/contents.ts';
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

/** AWS's write test at the bucket's root, and what there is of it where nobody looks. */
export const own = {
  writeTest: { prefix: 'aws-programmatic-access-test-object', exact: true } satisfies Scope,
  nothing: { versions: 0, bytes: 0, uploads: 0 } satisfies Tally,
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

export const scopesOf = (place: Place): Scope => ({ prefix: folderOf(place) });

/** The first key that no report of this connection, nor AWS's write test, has brought. */
export const findOther = (
  contents: Contents,
  { name, account, places }: { readonly name: string; readonly account: string; readonly places: readonly Place[] },
): Promise<string | undefined> =>
  contents.findOther(
    name,
    account,
    (key) => key === own.writeTest.prefix || places.some((place) => key.startsWith(folderOf(place))),
  );

export const isEmpty = ({ versions, uploads }: Tally): boolean => versions === 0 && uploads === 0;
