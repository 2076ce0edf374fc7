import type { ChangeSet } from '../../aws/stacks.ts';
import type { Move } from '../../step.ts';
import { failureOf, latestStackNews, stackNews, stackStanding } from '../stack-standing.ts';
import { changes } from './changes.ts';
import type { Offer, Seen } from './inspect.ts';
import { type Parameters, parametersFor } from './parameters.ts';
import { findingLines, reviewOffer } from './reviewing.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

/** The next move of step 3: a change set from the very bytes that were shown, executed by its ARN. */
export const decide = (seen: Seen, settings: Settings, now: number): Move => {
  const { stackName, stack } = seen;
  switch (stackStanding(stack)) {
    case 'standing':
      return seen.ours
        ? { kind: 'done', reason: texts.done(stack?.name ?? stackName), outputs: {} }
        : { kind: 'blocked', ...texts.nameTaken(settings, stackName) };
    case 'busy':
    case 'deleting':
      return seen.ours ? underWay(seen) : { kind: 'blocked', ...texts.nameTaken(settings, stackName) };
    case 'undeletable':
    case 'failed':
      return seen.ours && stack
        ? remove(seen, settings, stack.id)
        : { kind: 'blocked', ...texts.nameTaken(settings, stackName) };
    case 'odd':
      return { kind: 'blocked', ...texts.odd(stack) };
    case 'absent':
    case 'review':
      return deploy(seen, settings, now);
  }
};

const attemptOf = (stackName: string) => `extractor-execution:${stackName}`;

/** The failure that a new attempt follows. */
const after = ({ stack, events, stackName }: Seen) =>
  stack && stackStanding(stack) !== 'review'
    ? { after: { attempt: attemptOf(stackName), ...failureOf(stack, events) } }
    : {};

const remove = (seen: Seen, settings: Settings, id: string): Move => ({
  kind: 'change',
  plan: `extractor-removal:${id}`,
  reason: texts.removePlan(seen.stackName),
  changes: [changes.remove(seen.stackName, id)],
  later: [texts.createSummary(seen.stackName, settings.account)],
  ...after(seen),
});

const underWay = ({ stack, events }: Seen): Move => ({
  kind: 'wait',
  span: 'minutes',
  pollEvery: 2_000,
  reason: texts.underWay(stack?.name ?? '', stack?.status ?? ''),
  news: stackNews(events),
  ...(stack && { lastNews: latestStackNews(stack.id) }),
});

const deploy = (seen: Seen, settings: Settings, now: number): Move => {
  const { offer } = seen;
  if (!offer) return { kind: 'blocked', ...texts.noLink(settings.customer) };
  const parameters = parametersFor(offer.template, offer.link, settings);
  const objection = obstacle(offer, parameters, settings);
  if (objection) return { kind: 'blocked', ...objection };
  const reviewed = reviewOffer(offer, parameters, settings, { confirmations: seen.confirmations, now });
  const alarms = reviewed.findings.filter(
    ({ level, id }) => level === 'alarm' && !settings['accept-risk'].includes(id),
  );
  if (alarms.length > 0)
    return {
      kind: 'blocked',
      code: 'alarm',
      ...texts.alarms(settings.customer, alarms),
      details: reviewed.findings.filter(({ level }) => level !== 'note').flatMap(findingLines),
    };
  const plan = `extractor:${offer.sha256}:${JSON.stringify(parameters.values)}`;
  const { prepared } = seen;
  if (!prepared) {
    return {
      kind: 'change',
      plan,
      reason: texts.plan(settings),
      changes: [changes.prepare(seen.stackName, offer, parameters, reviewed)],
      later: [texts.executeSummary],
      warnings: [...texts.findings(reviewed.findings), ...texts.dropped(parameters)],
      ...after(seen),
    };
  }
  if (outdated(prepared.changeSet, offer, parameters))
    return {
      kind: 'change',
      plan: `${plan}:discard`,
      reason: texts.outdated(seen.stackName),
      changes: [changes.discard(seen.stackName, prepared.changeSet)],
      later: [texts.prepareSummary(seen.stackName)],
    };
  return execute(seen, prepared, offer, plan);
};

/** True when answers or link have changed since. Secrets are shown as asterisks, and can't be compared. */
const outdated = ({ status, parameters }: ChangeSet, { template }: Offer, { values }: Parameters): boolean =>
  status === 'CREATE_COMPLETE' &&
  Object.entries(parameters).some(([key, value]) => {
    const declared = template.parameters[key];
    const wanted = values[key] ?? declared?.default;
    return declared?.noEcho === false && wanted !== undefined && wanted !== value;
  });

const execute = (seen: Seen, { changeSet, body }: NonNullable<Seen['prepared']>, offer: Offer, plan: string): Move => {
  const { stackName } = seen;
  if (/^CREATE_(PENDING|IN_PROGRESS)$/.test(changeSet.status))
    return { kind: 'wait', span: 'minutes', pollEvery: 1_000, reason: texts.preparing(stackName) };
  const unfit =
    changeSet.status === 'CREATE_COMPLETE'
      ? strayed(body, offer)
      : texts.changeSetFailed(changeSet.reason ?? changeSet.status);
  if (unfit)
    return {
      kind: 'change',
      plan,
      reason: unfit,
      changes: [changes.discard(stackName, changeSet)],
      thenStop: { reason: unfit, advice: texts.strayedAdvice },
    };
  return {
    kind: 'change',
    plan,
    reason: texts.executeSummary,
    changes: [changes.execute(stackName, changeSet, body !== undefined)],
  };
};

/** Why what CloudFormation would deploy is not what was shown. Some endpoints give no body: then only our own bytes count. */
const strayed = (body: string | undefined, offer: Offer): string | undefined => {
  if (body === undefined) return offer.inline ? undefined : texts.bodyUnknown;
  // The answer is XML, whose readers turn CR LF into LF and may trim.
  const same = (text: string) => text.replace(/\r\n?/g, '\n').trim();
  return same(body) === same(offer.text) ? undefined : texts.bodyStrayed;
};

const obstacle = (offer: Offer, parameters: Parameters, settings: Settings) => {
  if (parameters.bucketKey === undefined) return texts.noBucketParameter(offer);
  if (parameters.accountListKey === undefined && settings['account-list']) return texts.noAccountListParameter(offer);
  const filledIn = parameters.accountListKey && linkedValue(parameters, parameters.accountListKey);
  if (filledIn !== undefined && settings['account-list'] && filledIn !== settings['account-list'])
    return texts.accountListFilledIn(filledIn);
  if (parameters.refused.length > 0) return texts.paramRefused(parameters.refused);
  if (parameters.missing.length > 0) return texts.paramMissing(settings.customer, parameters.missing);
  return undefined;
};

/** What the link fills in for a key of the template. */
const linkedValue = ({ origins, values }: Parameters, key: string): string | undefined =>
  origins[key] === 'link' ? values[key] : undefined;
