import type { Report } from '../aws/reports.ts';
import { adopting, fittingPlace } from '../steps/report/elsewhere.ts';
import type { Settings } from '../steps/report/settings.ts';
import { printable } from '../text.ts';
import type { Finding } from './finding.ts';

/** AWS's guide says so, and the exception's text says five: only AWS itself knows (aws-facts §3). */
const usualLimit = 10;

/** That AWS may refuse one more report; nothing while the account has few of them. Days are UTC. */
export const limitFindings = (all: readonly Report[], { customer }: Pick<Settings, 'customer'>): readonly Finding[] => {
  if (all.length < usualLimit) return [];
  const fitting = all.flatMap((report) => fittingPlace(report) ?? []);
  return [
    {
      id: 'report-limit',
      level: 'warning',
      title: `The account has ${all.length} reports, and one more has to be created. AWS's guide names ${usualLimit} as the most, so AWS may refuse it.`,
      details: [...all].sort((one, other) => (one.lastDelivery ?? 0) - (other.lastDelivery ?? 0)).map(useLine),
      advice: [
        ...fitting.map(
          (place) => `Use the report ${printable(place.reportName)}, which fits: ${adopting(customer, place)}`,
        ),
        'Whoever reads these buckets can tell which report nobody needs, and delete it: aws cur delete-report-definition --region us-east-1 --report-name <name>',
        'Or have AWS Support raise the limit. Nothing has to be done as long as AWS takes one more.',
      ],
    },
  ];
};

/** What tells whether somebody still reads a report, the longest out of use first. */
const useLine = ({ ReportName, S3Bucket, lastDelivery, lastStatus }: Report): string => {
  const last = lastDelivery === undefined ? '' : ` on ${new Date(lastDelivery).toISOString().slice(0, 10)}`;
  return printable(`${ReportName}: to the bucket ${S3Bucket}, ${statusText(lastStatus)}${last}`);
};

const statusText = (status: string | undefined): string =>
  status === undefined ? 'never delivered' : status === 'SUCCESS' ? 'delivered' : `could not be delivered (${status})`;
