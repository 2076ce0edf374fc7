import type { Report } from '../aws/reports.ts';
import { proposedStackName } from '../steps/athena/fields.ts';
import { proposedName } from '../steps/extractor/fields.ts';
import { procedureName, procedurePrefix } from '../steps/procedure.ts';
import type { PrefixProposal } from '../steps/report/leftover.ts';
import type { Naming } from '../steps/report/naming.ts';
import { askPrefix } from '../steps/report/step.ts';
import { answerOf, type Subject } from './subject.ts';

/** What the connection's things are, or will be, called. */
export interface Names {
  readonly bucket: string;
  readonly reportName: string;
  readonly prefix: string;
  readonly stackName: string;
  readonly extractorStackName: string;
  /** True when report and bucket were named, each by itself. */
  readonly apart: boolean;
  /** False where nobody has named the bucket and no name is left to propose: the procedure's stands in for it. */
  readonly settled: boolean;
}

/** What the user says that report and bucket are called; one stands for both. */
export const givenName = (subject: Pick<Subject, 'answers'>): string | undefined =>
  answerOf(subject, 'bucket') ?? answerOf(subject, 'report-name');

/** The prefix as setup takes it; `fresh` proposes one for a report that is yet to be made. */
export const prefixFor = async (
  subject: Pick<Subject, 'answers'>,
  naming: Pick<Naming, 'name'>,
  {
    reports,
    fresh,
  }: { readonly reports: readonly Report[]; readonly fresh: (place: Place) => Promise<PrefixProposal> },
): Promise<string> => {
  const bucket = givenName(subject) ?? naming.name ?? procedureName;
  const place = { bucket, reportName: answerOf(subject, 'report-name') ?? bucket };
  const asked = async () => (await askPrefix(reports, place, () => fresh(place))).proposal;
  return answerOf(subject, 'prefix') ?? (await asked()) ?? procedurePrefix;
};

type Place = Parameters<typeof askPrefix>[1];

/** The names as setup takes them: what is given, else what it would propose. */
export const namesFor = (subject: Pick<Subject, 'answers'>, naming: Pick<Naming, 'name'>, prefix: string): Names => {
  const name = givenName(subject) ?? naming.name;
  const bucket = name ?? procedureName;
  const reportName = answerOf(subject, 'report-name') ?? bucket;
  return {
    bucket,
    reportName,
    prefix,
    stackName: answerOf(subject, 'stack-name') ?? proposedStackName,
    extractorStackName: answerOf(subject, 'extractor-stack-name') ?? proposedName(undefined),
    apart: answerOf(subject, 'bucket') !== undefined && answerOf(subject, 'report-name') !== undefined,
    settled: name !== undefined,
  };
};
