import type { Report } from '../../aws/reports.ts';
import { Problem } from '../../errors.ts';
import { readField } from '../../field.ts';
import type { Question, Step } from '../../step.ts';
import { defineStep } from '../define.ts';
import { procedureName, procedurePrefix } from '../procedure.ts';
import { checks, resources } from './checks.ts';
import { decide } from './decide.ts';
import { bare } from './definition.ts';
import { effects } from './effects.ts';
import { disagreements, fields } from './fields.ts';
import { inspect, inspectPayer } from './inspect.ts';
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

  async ask(aws, { customer, answers, caller, provenance }, now) {
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
    if (answers.prefix === undefined)
      questions.push(askPrefix(reports, answers['report-name'] ?? named ?? naming?.name));
    return questions;
  },

  inspect: ({ aws }, given, _connection, now) => inspect(aws, given, now),
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

/** A report that stands keeps its prefix. */
export const askPrefix = (reports: readonly Report[], name: unknown): Question => {
  const standing = reports.find(({ ReportName }) => ReportName === name);
  const prefix = standing && bare(standing.S3Prefix);
  return prefix && prefix !== procedurePrefix && readField(fields.prefix, prefix).ok
    ? {
        field: fields.prefix,
        proposal: prefix,
        because: 'the report that exists delivers there',
        unusual: true,
        required: false,
      }
    : { field: fields.prefix, proposal: procedurePrefix, required: false };
};
