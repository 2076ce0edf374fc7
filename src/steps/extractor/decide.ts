import type { ChangeSet, Stack } from '../../aws/stacks.ts';
import type { Failure, Move } from '../../step.ts';
import { openAlarms, worthReading } from '../finding-lines.ts';
import { failureOf } from '../stack-failure.ts';
import { removeFailed } from '../stack-removal.ts';
import { latestStackNews, stackNews, stackStanding, stackStandstill } from '../stack-standing.ts';
import { oddity } from '../stack-trouble.ts';
import { changes } from './changes.ts';
import { execute } from './execution.ts';
import type { Offer, Seen } from './inspect.ts';
import { type Parameters, parametersFor } from './parameters.ts';
import { reviewOffer } from './reviewing.ts';
import type { Settings } from './settings.ts';
import { placeFor, texts } from './texts.ts';

/** The next move of step 3: a change set from the very bytes that were shown, executed by its ARN. */
export const decide = (seen: Seen, settings: Settings, now: number): Move => {
  const { stack, stackName, ours } = seen;
  const standing = stackStanding(stack);
  if (!stack || standing === 'absent' || standing === 'review') return deploy(seen, settings, now);
  // A name that is about to be free is waited for, whoever bore it.
  if (standing === 'deleting') return underWay(stack, seen);
  if (!ours) return { kind: 'blocked', ...texts.nameTaken(settings, stack) };
  switch (standing) {
    case 'busy':
      return underWay(stack, seen);
    case 'failed':
    case 'undeletable':
      return removeFailed({
        stack,
        events: seen.events,
        made: seen.made,
        customer: settings.customer,
        step: 'extractor',
        otherName: texts.otherName(settings.customer, stackName),
        later: [texts.createSummary(stackName, settings.account)],
        ...afterFailure(seen, settings),
      });
    case 'odd':
      return { kind: 'blocked', ...oddity(stack, seen.events) };
    case 'standing':
      return standingMove(stack, seen, settings);
  }
};

/** What this connection made may have been changed since on purpose; what was found has to fit. */
const standingMove = (stack: Stack, { differences, made }: Seen, settings: Settings): Move =>
  differences.length > 0 && !made
    ? { kind: 'blocked', ...texts.differs(settings, stack, differences) }
    : {
        kind: 'done',
        reason:
          made || settings.link !== undefined ? texts.done(stack.name, differences) : texts.found(settings, stack),
        outputs: {},
      };

/** The failure that a new attempt follows. */
const afterFailure = ({ stack, events, stackName }: Seen, { customer }: Settings): { readonly after?: Failure } => {
  const failure = stack && failureOf(stack, events, placeFor(customer));
  if (!failure) return {};
  const { reason, advice, cause } = failure;
  const attempt = `extractor-execution:${stackName}`;
  return {
    after: {
      attempt,
      undone: [`extractor-change-set:${stackName}`, attempt],
      lost: ['extractor-stack'],
      passing: cause === 'role',
      reason,
      advice,
    },
  };
};

const underWay = ({ id, name, status }: Stack, { events }: Seen): Move => ({
  kind: 'wait',
  span: 'minutes',
  pollEvery: 2_000,
  standstill: stackStandstill,
  reason: texts.underWay(name, status),
  news: stackNews(events),
  lastNews: latestStackNews(id),
});

const deploy = (seen: Seen, settings: Settings, now: number): Move => {
  const { offer, unreadable } = seen;
  if (unreadable) return { kind: 'blocked', ...texts.unreadable(settings, unreadable) };
  if (!offer) return { kind: 'blocked', ...texts.noLink(settings.customer) };
  const parameters = parametersFor(offer.template, offer.link, settings);
  const objection = obstacle(offer, parameters, settings);
  if (objection) return { kind: 'blocked', ...objection };
  const reviewed = reviewOffer(offer, parameters, settings, { confirmations: seen.confirmations, now });
  const alarms = openAlarms(reviewed.findings, settings['accept-risk']);
  if (alarms.length > 0)
    return {
      kind: 'blocked',
      code: 'alarm',
      ...texts.alarms(settings.customer, alarms),
      details: worthReading(reviewed.findings),
    };
  const plan = `extractor:${offer.sha256}:${JSON.stringify(parameters.values)}`;
  const { prepared, stack, stackName } = seen;
  const beside = stack?.status === 'REVIEW_IN_PROGRESS' && !isOwnReview(stack, settings) ? stack.id : undefined;
  if (!prepared) {
    return {
      kind: 'change',
      plan,
      reason: texts.plan(settings),
      changes: [changes.prepare({ ...settings, stackName }, offer, parameters, reviewed)],
      // Known before the first attempt only: afterwards, its own change set lies in that stack too.
      notes: { 'extractor-beside': beside ?? '' },
      later: [texts.executeSummary],
      warnings: [
        ...texts.findings(reviewed.findings),
        ...texts.dropped(parameters),
        ...(beside ? [texts.beside(stackName)] : []),
      ],
      ...afterFailure(seen, settings),
    };
  }
  if (outdated(prepared.changeSet, offer, parameters))
    return {
      kind: 'change',
      plan: `${plan}:discard`,
      reason: texts.outdated(seen.stackName),
      changes: [changes.discard(stackName, prepared.changeSet, settings.notes['extractor-beside'])],
      later: [texts.prepareSummary(seen.stackName)],
    };
  return execute({ seen, settings, prepared, offer, parameters, plan, now });
};

/** A stack under review that began with a change set of this connection. */
const isOwnReview = ({ id }: Stack, { notes }: Settings): boolean =>
  id === notes['extractor-stack-id'] && id !== notes['extractor-beside'];

/** True when answers or link have changed since. Secrets are shown as asterisks, and can't be compared. */
const outdated = ({ status, parameters }: ChangeSet, { template }: Offer, { values }: Parameters): boolean =>
  status === 'CREATE_COMPLETE' &&
  Object.entries(parameters).some(([key, value]) => {
    const declared = template.parameters[key];
    const wanted = values[key] ?? declared?.default;
    return declared?.noEcho === false && wanted !== undefined && wanted !== value;
  });

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
