import { sha256 } from './sha256.ts';

/** Where a report was delivered before it was taken back. */
export interface RemovedReport {
  readonly reportName: string;
  readonly bucket: string;
  readonly prefix: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

type Place = Omit<RemovedReport, 'at'>;

const start = 'removed-report:';

const keyOf = ({ reportName, bucket, prefix }: Place): string =>
  `${start}${sha256([reportName, bucket, prefix].join('\n')).slice(0, 16)}`;

/** What the state remembers of a report that is gone: AWS warns of making another in its place. None of the parts has blanks. */
export const removedReportNote = (removed: RemovedReport): Readonly<Record<string, string>> => ({
  [keyOf(removed)]: `${removed.at} ${removed.reportName} ${removed.bucket} ${removed.prefix}`,
});

/** The reports that were taken back, by what is remembered of them. */
export const removedReports = (notes: Readonly<Record<string, string>>): readonly RemovedReport[] =>
  Object.entries(notes).flatMap(([key, text]) => {
    const [at, reportName, bucket, prefix] = text.split(' ');
    return key.startsWith(start) && at && reportName && bucket && prefix ? [{ at, reportName, bucket, prefix }] : [];
  });

/** The report that was taken back from this very place. */
export const removedFrom = (notes: Readonly<Record<string, string>>, place: Place): RemovedReport | undefined =>
  removedReports(notes).find(
    ({ reportName, bucket, prefix }) =>
      reportName === place.reportName && bucket === place.bucket && prefix === place.prefix,
  );
