import { isPayer, type Payer, payerText, payerTrouble } from '../steps/report/payer.ts';
import { texts } from '../steps/report/texts.ts';
import { couldNotLook, type Finding, fine, obstacle } from './finding.ts';
import { answerOf, type Subject } from './subject.ts';

const untold = { known: true, value: undefined } as const;

/** Whose billing the account holds. */
export const accountFindings = (subject: Subject, payer: Payer): readonly Finding[] => [
  payerFinding(subject, payer),
  transferFinding(subject, payer),
];

const payerFinding = (subject: Subject, { organization }: Payer): Finding => {
  const { account } = subject.caller;
  const id = 'account';
  const payer = { organization, transfer: untold };
  const trouble = payerTrouble(payer, account);
  if (trouble) return obstacle(id, trouble);
  if (isPayer(payer, account)) return fine(id, `Account ${account} is ${article(payerText(payer, account))}.`);
  if (answerOf(subject, 'account') === account)
    return fine(id, `Account ${account} is taken for the management account, since --account names it.`);
  const reason = organization.known ? '' : organization.reason;
  return couldNotLook(id, 'the organization', { reason }, texts.unproven(subject.customer, account).advice);
};

const article = (text: string): string => (/^management/.test(text) ? `the ${text}` : text);

const transferFinding = ({ caller: { account } }: Subject, { transfer }: Payer): Finding => {
  const id = 'billing-transfer';
  if (!transfer.known) return couldNotLook(id, 'Billing Transfers', transfer);
  const trouble = payerTrouble({ organization: untold, transfer }, account);
  return trouble ? obstacle(id, trouble) : fine(id, 'No Billing Transfer is in force.');
};
