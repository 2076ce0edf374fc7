import type { Aws } from '../../aws/aws.ts';
import type { BucketStanding } from '../../aws/buckets.ts';
import { glance } from '../../aws/glance.ts';
import type { Report } from '../../aws/reports.ts';
import { Problem } from '../../errors.ts';
import { readField } from '../../field.ts';
import type { Question, Step } from '../../step.ts';
import { defineStep } from '../define.ts';
import { procedureName, procedurePrefix } from '../procedure.ts';
import { checks, resources } from './checks.ts';
import { decide } from './decide.ts';
import { bare, type ReportPlace } from './definition.ts';
import { effects } from './effects.ts';
import { disagreements, fields } from './fields.ts';
import { inspect, inspectPayer } from './inspect.ts';
import { findLeftover, type PrefixProposal, proposePrefix } from './leftover.ts';
import { type Naming, proposeName } from './naming.ts';
import { isPayer, payerTrouble } from './payer.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';

/** Step 1: the account's Cost and Usage Report, delivered to a bucket that bears its name. */
export const report: Step = defineStep({
  id: 'report',
  title: 'Cost and Usage Report',
  fields: Object.values(fields),
  settings,
  disagreements,

  async ask(aws, { customer, answers, caller, notes, provenance }, now) {
    const named = answers.bucket ?? answers['report-name'];
    const vouched = answers.account !== undefined || provenance.report !== undefined;
    if (named !== undefined && answers.prefix !== undefined && vouched) return [];
    const payer = await inspectPayer(aws, now);
    const trouble = payerTrouble(payer, caller.account);
    if (trouble) throw new Problem(trouble.reason, trouble.advice);
    const reports = await aws.reports.list();
    const questions: Question[] = [];
    if (!vouched && !isPayer(payer, caller.account))
      questions.push({ field: fields.account, because: texts.vouch(caller.account), required: true });
    const naming = named === undefined ? await proposeName(aws, caller.account, reports) : undefined;
    if (naming) questions.push(askName(naming, customer));
    if (answers.prefix === undefined) {
      const bucket = named ?? naming?.name;
      const reportName = answers['report-name'] ?? bucket;
      const names = { reportName: String(reportName), bucket: String(answers.bucket ?? bucket) };
      const prefix = await askPrefix(reports, names, () =>
        proposePrefix(names, notes, leftovers(aws, caller.account, names)),
      );
      questions.push(prefix);
    }
    return questions;
  },

  inspect: ({ aws }, given, { attempts }, now) => inspect(aws, given, { attempts, now }),
  decide,
  checks,
  resources,
  effects,
});

const askName = ({ name, because }: Naming, customer: string): Question => ({
  field: fields.bucket,
  proposal: name,
  because,
  unusual: name !== procedureName,
  required: name === undefined,
  unattended: new Problem(`No name is left to propose: ${because}.`, [
    `Choose one: spot-cur setup ${customer} --bucket <name>`,
  ]),
});

/** Whether a report of this name has left data below a prefix: looked for in a bucket of this account alone. */
const leftovers = (aws: Aws, account: string, names: Omit<ReportPlace, 'prefix'>) => {
  let standing: Promise<BucketStanding> | undefined;
  return async (prefix: string): Promise<boolean> => {
    standing ??= aws.buckets.standing(names.bucket, account, async () => false);
    if ((await standing).kind !== 'ours') return false;
    // What can't be seen is told of with the plan.
    const found = await glance(findLeftover(aws, { ...names, prefix }));
    return found.known && found.value !== undefined;
  };
};

/** A report that stands keeps its prefix; one that is made gets a prefix of its own. */
export const askPrefix = async (
  reports: readonly Report[],
  { reportName }: Omit<ReportPlace, 'prefix'>,
  fresh: () => Promise<PrefixProposal>,
): Promise<Question> => {
  const field = fields.prefix;
  const standing = reports.find(({ ReportName }) => ReportName === reportName);
  const kept = standing && bare(standing.S3Prefix);
  if (kept && kept !== procedurePrefix && readField(field, kept).ok)
    return { field, proposal: kept, because: 'the report that exists delivers there', unusual: true, required: false };
  if (standing) return { field, proposal: procedurePrefix, required: false };
  const { prefix, because } = await fresh();
  return { field, proposal: prefix, ...(because && { because, unusual: true }), required: false };
};
