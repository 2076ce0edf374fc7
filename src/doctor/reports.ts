import type { Report } from '../aws/reports.ts';
import { deleted, differing } from '../steps/report/decide.ts';
import { differences } from '../steps/report/definition.ts';
import { adopting, fittingPlace } from '../steps/report/elsewhere.ts';
import type { Seen } from '../steps/report/inspect.ts';
import type { Settings } from '../steps/report/settings.ts';
import { printable } from '../text.ts';
import { couldNotLook, type Finding, fine, obstacle } from './finding.ts';
import type { Sight } from './looks.ts';
import { limitFindings } from './report-limit.ts';

/** The reports that the account has: the one under the connection's name, and the others. */
export const reportFindings = (
  sight: Sight<readonly Report[]>,
  seen: Seen | undefined,
  settings: Settings,
): readonly Finding[] => {
  if (!sight.known) return [couldNotLook('report', "the account's Cost and Usage Reports", sight)];
  const others = sight.value.filter(({ ReportName }) => ReportName !== settings.reportName);
  const suffices = others.length < sight.value.length && !(seen && differing(seen, settings));
  return [
    ...(seen ? [ownFinding(seen, settings)] : []),
    ...(suffices ? [] : limitFindings(sight.value, settings)),
    ...(others.length > 0 ? othersFindings(others, settings) : []),
  ];
};

const ownFinding = (seen: Seen, settings: Settings): Finding => {
  const id = 'report';
  const { reportName } = settings;
  const trouble = differing(seen, settings) ?? deleted(seen, settings);
  if (trouble) return obstacle(id, trouble);
  const { report } = seen;
  if (!report) return fine(id, `There is no report ${reportName} yet: it will be created.`);
  const ours = settings.provenance.report !== undefined;
  const changed = differences(report, settings);
  const title = `The report ${reportName} exists and ${changed.length > 0 ? 'fits, once it refreshes closed months' : 'has the settings that Spot needs'}${ours ? '' : ': it will be used'}.`;
  const { lastStatus } = report;
  if (lastStatus === undefined || lastStatus === 'SUCCESS') return fine(id, title, changedText(report, changed.length));
  return {
    id,
    level: 'warning',
    title: `${title} AWS could not deliver it the last time, and tries again every few hours.`,
    evidence: printable(lastStatus),
    advice: [`What may be the matter: spot-cur status ${settings.customer}`],
  };
};

const changedText = ({ RefreshClosedReports: refreshes }: Report, changed: number): string | undefined =>
  changed > 0 ? `RefreshClosedReports is ${refreshes}` : undefined;

/** What the account holds beside: none of it is touched, and one that fits can be used instead. */
const othersFindings = (others: readonly Report[], settings: Settings): readonly Finding[] => {
  const fitting = others.filter((report) => fittingPlace(report) !== undefined);
  const misfits = others.filter((report) => !fitting.includes(report));
  const { customer } = settings;
  return [
    ...fitting.map((report): Finding => {
      const place = fittingPlace(report);
      return {
        id: 'report-that-fits',
        level: 'ok',
        title: `The report ${printable(report.ReportName)} would do as it is.`,
        evidence: printable(`s3://${report.S3Bucket}/${report.S3Prefix}`),
        advice: place ? [`To use it: ${adopting(customer, place)}`] : [],
      };
    }),
    ...(misfits.length > 0
      ? [
          {
            ...fine(
              'other-reports',
              misfits.length === 1
                ? 'One other report does not fit, and is left alone.'
                : `${misfits.length} other reports do not fit, and are left alone.`,
            ),
            details: misfits.map(misfitLine),
          },
        ]
      : []),
  ];
};

const misfitLine = (report: Report): string => {
  const found = differences(report, {
    reportName: report.ReportName,
    bucket: report.S3Bucket,
    prefix: report.S3Prefix,
  }).filter(({ editable }) => !editable);
  const why = found.map(({ setting, found: is }) => `${setting} is ${is}`).join(', ');
  return printable(`${report.ReportName}: ${why || 'it has no prefix'}`);
};
