import type { Report } from '../../aws/reports.ts';
import { shellWord } from '../../text.ts';
import { differences, placeOf, type ReportPlace } from './definition.ts';
import { fallbackName } from './naming.ts';
import type { Settings } from './settings.ts';

/** The command that sets the connection up anew with other answers, for those that nothing fixes. */
export const setupWith = (customer: string, answers: Readonly<Record<string, string>>): string =>
  [`spot-cur setup ${customer}`, ...Object.entries(answers).map(([id, value]) => `--${id} ${shellWord(value)}`)].join(
    ' ',
  );

/**
 * The command for another name: of report and bucket while no bucket stands, else of the report alone.
 * @param bucketStands whether the bucket is the connection's, so that it keeps its name
 */
export const underOtherName = (settings: Settings, others: readonly Report[], bucketStands: boolean): string => {
  const { customer, account, bucket, reportName } = settings;
  const taken = (name: string) => name === reportName || others.some(({ ReportName }) => ReportName === name);
  if (bucketStands || settings.apart) {
    let number = 2;
    while (taken(`${reportName}-${number}`)) number += 1;
    return setupWith(customer, { 'report-name': `${reportName}-${number}` });
  }
  const fallback = fallbackName(account);
  return bucket === fallback || taken(fallback)
    ? `spot-cur setup ${customer} --bucket <name>`
    : setupWith(customer, { bucket: fallback });
};

/** The place in which a report is what Spot needs, under whatever name, bucket and prefix; undefined where it is not. */
export const fittingPlace = (report: Report): ReportPlace | undefined => {
  const place = placeOf(report);
  return place.prefix !== '' && differences(report, place).every(({ editable }) => editable) ? place : undefined;
};

/** The command that takes a report as it stands. */
export const adopting = (customer: string, { reportName, bucket, prefix }: ReportPlace): string =>
  setupWith(customer, { 'report-name': reportName, bucket, prefix });
