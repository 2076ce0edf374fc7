import type { Report } from '../aws/reports.ts';
import type { State } from '../state/state.ts';
import type { Change } from '../step.ts';
import { reportArn } from '../steps/arns.ts';
import { removedReportNote } from '../steps/removed-report.ts';
import { differences, wantedDefinition } from '../steps/report/definition.ts';
import { printable, shellWord } from '../text.ts';
import { type Place, reportPlace } from './data-place.ts';
import { originOf } from './origin.ts';
import { changedMeanwhile, foundThere, type Part, type Stay } from './part.ts';
import type { Seen } from './seen.ts';

const key = 'report';

/** The report definition, as long as it is still what this connection made. `now` in ms. */
export const reportPart = ({ reports }: Seen, state: State, now: number): Part => {
  const origin = originOf(state, key);
  if (!origin) return {};
  if (!origin.created) return { stays: [adopted(origin.id, state)] };
  const place = reportPlace(state);
  const report = reports.find(({ ReportName }) => ReportName === origin.id);
  if (!report)
    return {
      settled: {
        releases: [key],
        ...(place && { notes: removedReportNote({ ...place, at: new Date(now).toISOString() }) }),
      },
    };
  const changed = place ? changesSince(report, place) : ['its place is not known any more'];
  if (changed.length > 0) return { stays: [changedSince(report, changed)] };
  return {
    changes: [deletion(report, state)],
    takes: [`the report ${printable(report.ReportName)}`],
    costs: [
      'AWS delivers this report no more, and a new one begins with the month in which it is made.',
      `AWS warns that another report of the same name, bucket and prefix can corrupt the data that lies there: a later setup proposes another prefix than ${place?.prefix}.`,
    ],
  };
};

/** True when this connection's report is there and is not to go. */
export const reportStays = ({ reports }: Pick<Seen, 'reports'>, state: State): boolean => {
  const origin = originOf(state, key);
  const report = reports.find(({ ReportName }) => ReportName === origin?.id);
  const place = reportPlace(state);
  return report !== undefined && (!origin?.created || !place || changesSince(report, place).length > 0);
};

/** True when this connection's report has delivered, or may have before it went. */
export const hasDelivered = ({ reports }: Pick<Seen, 'reports'>, state: State): boolean => {
  const report = reports.find(({ ReportName }) => ReportName === originOf(state, key)?.id);
  return !report || report.lastDelivery !== undefined || report.lastStatus === 'SUCCESS';
};

/** The reports that are there when this removal is done. */
export const reportsThatStay = (seen: Seen, state: State): readonly Report[] => {
  const going = reportStays(seen, state) ? undefined : originOf(state, key)?.id;
  return seen.reports.filter(({ ReportName }) => ReportName !== going);
};

/** In what a report is not as it was made, each as a line. */
const changesSince = (report: Report, place: Place): readonly string[] => {
  const more = report.AdditionalSchemaElements.filter(
    (each) => !wantedDefinition(place).AdditionalSchemaElements.includes(each),
  );
  return [
    ...differences(report, place).map(({ setting, found, wanted }) => `${setting} is ${found}, was ${wanted}`),
    ...(more.length > 0 ? [`AdditionalSchemaElements has ${more.join(', ')} beside RESOURCES`] : []),
  ].map(printable);
};

const changedSince = ({ ReportName }: Report, changed: readonly string[]): Stay => ({
  what: `The report ${printable(ReportName)}`,
  why: `somebody has changed it since this connection made it, so somebody may read it (${changed.join('; ')}). If nobody needs it: aws cur delete-report-definition --region us-east-1 --report-name ${shellWord(ReportName)}`,
});

const adopted = (name: string, { journal }: State): Stay => {
  const refreshed = journal.some(({ change, outcome }) => change === `report-refresh:${name}` && outcome === 'done');
  return {
    what: `The report ${printable(name)}`,
    why: `${foundThere}${refreshed ? '; that it refreshes closed months, which this connection has turned on, stays as well' : ''}`,
  };
};

const deletion = ({ ReportName, S3Bucket, S3Prefix }: Report, state: State): Change => ({
  id: `removal:report:${ReportName}`,
  summary: `Delete the Cost and Usage Report ${ReportName}`,
  details: [`It delivers to s3://${S3Bucket}/${S3Prefix}/${ReportName}/; what lies there stays for now.`],
  call: { action: 'cur:DeleteReportDefinition', arn: reportArn(state.account, ReportName) },
  async apply({ aws }) {
    if (reportStays({ reports: await aws.reports.list() }, state))
      throw changedMeanwhile(
        `the report ${printable(ReportName)}`,
        'It was not deleted, as somebody may read it.',
        state.customer,
      );
    return aws.reports.delete(ReportName);
  },
});
