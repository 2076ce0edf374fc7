import type { ChangeMove, Move } from '../../step.ts';
import { moment } from '../remembered.ts';
import { judgePolicy } from './bucket-policy.ts';
import { changes } from './changes.ts';
import { differences } from './definition.ts';
import { delivers, type Seen } from './inspect.ts';
import { payerText, payerTrouble } from './payer.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

const hour = 3_600_000;
const firstDeliveryWithin = 24 * hour;
const pollEvery = 15 * 60_000;

/** The next move of step 1, from what stands and nothing else. */
export const decide = (seen: Seen, settings: Settings, now: number): Move => {
  const trouble = payerTrouble(seen.payer, settings.account) ?? obstacle(seen, settings);
  if (trouble) return { kind: 'blocked', ...trouble };
  const plan = planned(seen, settings);
  if (plan) return plan;
  return delivery(seen, settings, now);
};

/** What no change of ours can mend. */
const obstacle = (seen: Seen, settings: Settings) => {
  const vouched = settings.vouched === settings.account || settings.provenance.report !== undefined;
  if (!seen.payer.organization.known && !vouched) return texts.unproven(settings.account);
  if (seen.report) {
    const fixed = differences(seen.report, settings).filter((difference) => !difference.editable);
    if (fixed.length > 0) return texts.differs(settings, fixed);
  }
  switch (seen.standing.kind) {
    case 'free':
    case 'ours':
      break;
    case 'foreign':
      return texts.foreignBucket(settings);
    case 'elsewhere':
      return texts.bucketElsewhere(settings.bucket, seen.standing.region);
    case 'closed':
      return texts.closedBucket(settings.bucket);
    case 'unclear':
      return texts.unclearBucket(settings.bucket);
  }
  const policy = seen.bucket && judgePolicy(seen.bucket.policy, settings);
  if (policy?.kind !== 'conflict' || (policy.why === 'foreign-sid' && delivers(seen))) return undefined;
  return texts.policyConflict(settings.bucket, policy);
};

/** What has to be written, in one plan. */
const planned = (seen: Seen, settings: Settings): ChangeMove | undefined => {
  const make = changes(settings);
  const list = [];
  if (seen.standing.kind === 'free') list.push(make.bucket, make.publicAccessBlock);
  else if (settings.provenance.bucket?.origin === 'created' && isOpen(seen)) list.push(make.publicAccessBlock);
  const policy = judgePolicy(seen.bucket?.policy, settings);
  if (policy.kind === 'merge' && !delivers(seen))
    list.push(make.policy(policy.policy, policy.kept, seen.bucket?.policy));
  if (!seen.report) list.push(make.report);
  else if (differences(seen.report, settings).length > 0) list.push(make.refresh(seen.report));
  if (list.length === 0) return undefined;
  const adopted = seen.standing.kind === 'ours' && settings.provenance.bucket === undefined && !seen.report;
  return {
    kind: 'change',
    plan: 'report',
    reason: texts.plan(settings),
    changes: list,
    account: payerText(seen.payer, settings.account),
    warnings: [
      ...(adopted ? [texts.adopts(settings.bucket)] : []),
      ...(settings.bucket === settings.reportName ? [] : [texts.namesDiffer(settings)]),
      ...(seen.payer.transfer.known ? [] : [texts.transferUnknown(seen.payer.transfer.reason)]),
    ],
  };
};

const isOpen = ({ bucket }: Seen): boolean =>
  bucket?.blocksPublicAccess.known === true && !bucket.blocksPublicAccess.value;

/** The wait for AWS: the report has a status, and the crawler file lies in the bucket. */
const delivery = (seen: Seen, settings: Settings, now: number): Move => {
  const delivered = seen.report?.lastDelivery !== undefined && seen.report.lastStatus === 'SUCCESS';
  const file = seen.bucket?.crawlerFile;
  if (file && !file.known) return { kind: 'blocked', ...texts.fileUnknown(settings, file.reason) };
  if (delivered && file?.value)
    return {
      kind: 'done',
      reason: texts.done(settings),
      outputs: {
        reportName: settings.reportName,
        bucket: settings.bucket,
        prefix: settings.prefix,
        crawlerKey: file.value.key,
      },
    };
  const since = requestedAt(seen, settings);
  return {
    kind: 'wait',
    span: 'days',
    pollEvery,
    reason: texts.waiting(delivered, file?.value !== undefined, seen.report?.lastStatus),
    since,
    expectedBy: since === undefined ? undefined : since + firstDeliveryWithin,
    advice: since !== undefined && now > since + firstDeliveryWithin ? texts.overdue(settings) : [],
  };
};

/** AWS tells no time of creation: the state does, else AWS's write test in a bucket that nobody else's report shares. */
const requestedAt = ({ bucket }: Seen, { provenance }: Settings): number | undefined =>
  provenance.report?.origin === 'created'
    ? moment(provenance.report.at)
    : bucket?.writeTest.known
      ? bucket.writeTest.value?.modified
      : undefined;
