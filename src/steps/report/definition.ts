import type { Report, ReportDefinition } from '../../aws/reports.ts';

export interface ReportPlace {
  readonly reportName: string;
  readonly bucket: string;
  readonly prefix: string;
}

/** The report as the procedure asks for it: the console's choices, spelled as PutReportDefinition does. */
export const wantedDefinition = ({ reportName, bucket, prefix }: ReportPlace): ReportDefinition => ({
  ReportName: reportName,
  TimeUnit: 'HOURLY',
  Format: 'Parquet',
  Compression: 'Parquet',
  AdditionalSchemaElements: ['RESOURCES'],
  S3Bucket: bucket,
  S3Prefix: prefix,
  S3Region: 'us-east-1',
  AdditionalArtifacts: ['ATHENA'],
  RefreshClosedReports: true,
  ReportVersioning: 'OVERWRITE_REPORT',
});

export interface Difference {
  readonly setting: string;
  readonly wanted: string;
  readonly found: string;
  /** False when AWS lets nobody edit it, or editing it would move the data. */
  readonly editable: boolean;
}

const show = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') || '(none)' : String(value === '' ? '(empty)' : value);

/** Where a report that exists is not what Spot needs. More schema elements than ours fit; order never matters. */
export const differences = (found: Report, place: ReportPlace): readonly Difference[] => {
  const wanted = wantedDefinition(place);
  const fits: Readonly<Record<keyof ReportDefinition, boolean>> = {
    ReportName: found.ReportName === wanted.ReportName,
    TimeUnit: found.TimeUnit === wanted.TimeUnit,
    Format: found.Format === wanted.Format,
    Compression: found.Compression === wanted.Compression,
    AdditionalSchemaElements: wanted.AdditionalSchemaElements.every((each) =>
      found.AdditionalSchemaElements.includes(each),
    ),
    S3Bucket: found.S3Bucket === wanted.S3Bucket,
    S3Prefix: found.S3Prefix.replace(/^\/|\/$/g, '') === wanted.S3Prefix,
    S3Region: found.S3Region === wanted.S3Region,
    AdditionalArtifacts: found.AdditionalArtifacts.join() === wanted.AdditionalArtifacts.join(),
    RefreshClosedReports: found.RefreshClosedReports === wanted.RefreshClosedReports,
    ReportVersioning: found.ReportVersioning === wanted.ReportVersioning,
  };
  return (Object.keys(fits) as (keyof ReportDefinition)[])
    .filter((setting) => !fits[setting])
    .map((setting) => ({
      setting,
      wanted: show(wanted[setting]),
      found: show(found[setting]),
      editable: setting === 'RefreshClosedReports',
    }));
};

/** The definition as lines of a plan, every setting named. */
export const settingLines = (definition: ReportDefinition): readonly string[] =>
  Object.entries(definition).map(([setting, value]) => `${setting.padEnd(24)} ${show(value)}`);
