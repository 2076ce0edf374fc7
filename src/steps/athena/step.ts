import type { Question, Step } from '../../step.ts';
import { printable } from '../../text.ts';
import { defineStep } from '../define.ts';
import { checks, resources } from './checks.ts';
import { decide } from './decide.ts';
import { effects } from './effects.ts';
import { fields, proposedStackName } from './fields.ts';
import { inspect } from './inspect.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';

/** Step 2: the report linked with Athena by AWS's own crawler stack, and the message for Spot. */
export const athena: Step = defineStep({
  id: 'athena',
  title: 'Athena and the crawler',
  fields: Object.values(fields),
  settings,

  doubts: ({ 'spot-org-id': ids, 'msp-account': msp }, account) =>
    texts.idWarnings(Array.isArray(ids) ? ids : [], [account, msp]),

  async ask(aws, { answers, caller }) {
    const questions: Question[] = [];
    if (answers['spot-org-id'] === undefined) questions.push({ field: fields.spotOrgId, required: true });
    if (answers['msp-account'] === undefined) {
      const assumedFrom = await aws.identity.findSource();
      // A role of the customer's own account tells nothing of the MSP.
      const source = assumedFrom?.account === caller.account ? undefined : assumedFrom;
      questions.push({
        field: fields.mspAccount,
        proposal: source?.account,
        ...(source && { because: `the role was assumed from ${source.from ? printable(source.from) : 'there'}` }),
        unusual: source !== undefined,
        required: source === undefined,
      });
    }
    if (answers['stack-name'] === undefined)
      questions.push({ field: fields.stackName, proposal: proposedStackName, required: false });
    if (answers.contact === undefined)
      questions.push({ field: fields.contact, proposal: '', because: 'empty for Spot Support', required: false });
    return questions;
  },

  inspect: (outside, given, connection) => inspect(outside, given, connection),
  decide,
  checks,
  resources,
  effects,
});
