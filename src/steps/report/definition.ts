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
  /** True for what is changed in place. */
  readonly editable: boolean;
  /** Why it is left alone: AWS lets nobody edit it, or whoever reads the report today would find its data changed or moved. */
  readonly obstacle?: 'fixed' | 'readers';
}

type Setting = keyof ReportDefinition | 'BillingViewArn';

/** AWS edits neither name nor granularity, resource ids or versioning of a report (Cost and Usage Reports User Guide). */
const obstacles: Readonly<Record<Setting, Difference['obstacle']>> = {
  ReportName: 'fixed',
  TimeUnit: 'fixed',
  Format: 'readers',
  Compression: 'readers',
  AdditionalSchemaElements: 'fixed',
  S3Bucket: 'readers',
  S3Prefix: 'readers',
  S3Region: 'readers',
  AdditionalArtifacts: 'readers',
  RefreshClosedReports: undefined,
  ReportVersioning: 'fixed',
  BillingViewArn: 'fixed',
};

const show = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') || '(none)' : String(value === '' ? '(empty)' : value);

/** Where a report that exists is not what Spot needs. More schema elements than ours fit; order never matters. */
export const differences = (found: Report, place: ReportPlace): readonly Difference[] => {
  const wanted = wantedDefinition(place);
  const fits: Readonly<Record<Setting, boolean>> = {
    ReportName: found.ReportName === wanted.ReportName,
    TimeUnit: found.TimeUnit === wanted.TimeUnit,
    Format: found.Format === wanted.Format,
    Compression: found.Compression === wanted.Compression,
    AdditionalSchemaElements: wanted.AdditionalSchemaElements.every((each) =>
      found.AdditionalSchemaElements.includes(each),
    ),
    S3Bucket: found.S3Bucket === wanted.S3Bucket,
    S3Prefix: bare(found.S3Prefix) === wanted.S3Prefix,
    S3Region: found.S3Region === wanted.S3Region,
    AdditionalArtifacts: found.AdditionalArtifacts.join() === wanted.AdditionalArtifacts.join(),
    RefreshClosedReports: found.RefreshClosedReports === wanted.RefreshClosedReports,
    ReportVersioning: found.ReportVersioning === wanted.ReportVersioning,
    // A view of its own leaves costs out.
    BillingViewArn: found.billingView === undefined || found.billingView.endsWith('/primary'),
  };
  return (Object.keys(fits) as Setting[])
    .filter((setting) => !fits[setting])
    .map((setting) => {
      const obstacle = obstacles[setting];
      const [is, should] =
        setting === 'BillingViewArn' ? [found.billingView, 'primary'] : [found[setting], wanted[setting]];
      return {
        setting,
        wanted: show(should),
        found: show(is),
        editable: obstacle === undefined,
        ...(obstacle && { obstacle }),
      };
    });
};

/** A prefix without the slashes that the console lets stand around it. */
export const bare = (prefix: string): string => prefix.replace(/^\/|\/$/g, '');

/** Where a report stands, as the answers name it. */
export const placeOf = ({ ReportName, S3Bucket, S3Prefix }: Report): ReportPlace => ({
  reportName: ReportName,
  bucket: S3Bucket,
  prefix: bare(S3Prefix),
});

/** The definition as lines of a plan, every setting named. */
export const settingLines = (definition: ReportDefinition): readonly string[] =>
  Object.entries(definition).map(([setting, value]) => `${setting.padEnd(24)} ${show(value)}`);
