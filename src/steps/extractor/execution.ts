import type { ChangeMove, Move } from '../../step.ts';
import { openAlarms, worthReading } from '../finding-lines.ts';
import { changes } from './changes.ts';
import { isTransformed, type Offer, type Prepared, type Seen } from './inspect.ts';
import type { Parameters } from './parameters.ts';
import { reviewProcessed } from './reviewing.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

/** A change set as it is about to be executed, with what it has to be held against. */
export interface Execution {
  readonly seen: Seen;
  readonly settings: Settings;
  readonly prepared: Prepared;
  readonly offer: Offer;
  readonly parameters: Parameters;
  readonly plan: string;
  readonly now: number;
}

/** The next move with a change set that stands: wait for it, execute it, or discard what is not what was shown. */
export const execute = (execution: Execution): Move => {
  const { seen, settings, prepared, plan } = execution;
  const { changeSet, body } = prepared;
  const { stackName } = seen;
  if (/^CREATE_(PENDING|IN_PROGRESS)$/.test(changeSet.status))
    return { kind: 'wait', span: 'minutes', pollEvery: 1_000, reason: texts.preparing(stackName) };
  const unfit = unfitness(execution);
  if (unfit)
    return {
      kind: 'change',
      plan,
      reason: unfit.reason,
      changes: [changes.discard(stackName, changeSet, settings.notes['extractor-beside'])],
      thenStop: unfit,
    };
  return {
    kind: 'change',
    plan,
    reason: texts.executeSummary,
    changes: [changes.execute(stackName, changeSet, body !== undefined)],
  };
};

/** Why a change set must not be executed. */
const unfitness = (execution: Execution): ChangeMove['thenStop'] => {
  const { settings, prepared, offer } = execution;
  const { changeSet, body } = prepared;
  if (changeSet.status !== 'CREATE_COMPLETE')
    return texts.changeSetFailed(settings.customer, changeSet.reason ?? changeSet.status);
  const noted = settings.notes['extractor-sha256'];
  // Read once more, the link's template may be another one than the change set was made from.
  const reason = noted !== undefined && noted !== offer.sha256 ? texts.bodyStrayed : strayed(body, offer);
  return reason ? { reason, advice: texts.strayedAdvice(settings.customer) } : processedUnfitness(execution);
};

/** What transforms have made of the template is what is created: it is held against the same rules. */
const processedUnfitness = ({
  seen,
  settings,
  prepared,
  offer,
  parameters,
  now,
}: Execution): ChangeMove['thenStop'] => {
  if (!isTransformed(offer)) return undefined;
  if (prepared.processed === undefined)
    return { reason: texts.processedUnknown, advice: texts.strayedAdvice(settings.customer) };
  const { confirmations } = seen;
  const reviewed = reviewProcessed(prepared.processed, offer, parameters, settings, { confirmations, now });
  const alarms = openAlarms(reviewed.findings, settings['accept-risk']);
  if (alarms.length === 0) return undefined;
  return {
    ...texts.processedAlarms(settings.customer, alarms),
    code: 'alarm',
    details: worthReading(reviewed.findings),
  };
};

/** Why what CloudFormation would deploy is not what was shown. Some endpoints give no body: then only our own bytes count. */
export const strayed = (body: string | undefined, offer: Offer): string | undefined => {
  if (body === undefined) return offer.inline ? undefined : texts.bodyUnknown;
  // The answer is XML, whose readers turn CR LF into LF and may trim.
  const same = (text: string) => text.replace(/\r\n?/g, '\n').trim();
  return same(body) === same(offer.text) ? undefined : texts.bodyStrayed;
};
