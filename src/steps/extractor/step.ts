import type { Question, Step } from '../../step.ts';
import { readQuickCreateLink } from '../../template/quick-create-link.ts';
import { defineStep } from '../define.ts';
import { checks, resources } from './checks.ts';
import { decide } from './decide.ts';
import { effects } from './effects.ts';
import { fields, proposedName } from './fields.ts';
import { inspect } from './inspect.ts';
import { retold } from './retold.ts';
import { settings } from './settings.ts';

/** Step 3: Spot's extractor, deployed from the link that Spot sends back. */
export const extractor: Step = defineStep({
  id: 'extractor',
  title: 'Extractor',
  fields: Object.values(fields),
  settings,

  async ask(_aws, { answers, outputs }) {
    // The report's bucket is known once its turn has come: everything is asked on one screen then.
    if (typeof answers.link !== 'string' || !outputs.bucket) return [];
    const link = readQuickCreateLink(answers.link);
    const questions: Question[] = [];
    if (answers['account-list'] === undefined)
      questions.push({ field: fields.accountList, proposal: '', because: 'empty for all accounts', required: false });
    if (answers['extractor-stack-name'] === undefined)
      questions.push({
        field: fields.extractorStackName,
        proposal: proposedName(link.stackName),
        required: false,
      });
    if (answers['cur-bucket'] === undefined)
      questions.push({
        field: fields.curBucket,
        proposal: outputs.bucket,
        because: "the report's bucket",
        required: false,
      });
    return questions;
  },

  inspect: (outside, given, connection) => inspect(outside, given, connection),
  decide,
  checks,
  resources,
  effects,
  retold,
});
