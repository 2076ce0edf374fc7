import type { ChangeMove, Move } from '../../step.ts';
import { moment } from '../remembered.ts';
import { removedFrom } from '../removed-report.ts';
import { alwaysDenies, type Doubt, judgePolicy } from './bucket-policy.ts';
import { changes } from './changes.ts';
import { differences } from './definition.ts';
import { fittingPlace, underOtherName } from './elsewhere.ts';
import { goneTrouble } from './gone.ts';
import { delivers, type Seen } from './inspect.ts';
import { otherPrefix } from './leftover.ts';
import { payerText, payerTrouble, type Trouble } from './payer.ts';
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
const obstacle = (seen: Seen, settings: Settings): Trouble | undefined => {
  const vouched = settings.vouched === settings.account || settings.provenance.report !== undefined;
  if (!seen.payer.organization.known && !vouched) return texts.unproven(settings.customer, settings.account);
  return differing(seen, settings) ?? bucketTrouble(seen, settings) ?? deleted(seen, settings);
};

/** A report that stands and can't be changed to what Spot needs. */
export const differing = ({ report, others }: Seen, settings: Settings): Trouble | undefined => {
  const fixed = report ? differences(report, settings).filter(({ editable }) => !editable) : [];
  if (!report || fixed.length === 0) return undefined;
  const bucketStands = settings.provenance.bucket !== undefined;
  const reachable = !bucketStands || report.S3Bucket === settings.bucket;
  return texts.differs(settings, fixed, {
    otherName: underOtherName(settings, others, bucketStands),
    asItIs: reachable ? fittingPlace(report) : undefined,
  });
};

export const bucketTrouble = ({ standing, bucket, others, ...seen }: Seen, settings: Settings): Trouble | undefined => {
  const otherBucket =
    settings.provenance.bucket === undefined
      ? underOtherName(settings, others, false)
      : 'spot-cur setup <another customer name> --bucket <name>';
  switch (standing.kind) {
    case 'free':
    case 'ours':
      break;
    case 'foreign':
      return texts.foreignBucket(settings, underOtherName(settings, others, false));
    case 'elsewhere':
      return texts.bucketElsewhere(settings, standing.region, otherBucket);
    case 'closed':
      return texts.closedBucket(settings, otherBucket);
    case 'unclear':
      return texts.unclearBucket(settings, otherBucket);
  }
  const policy = bucket && judgePolicy(bucket.policy, settings);
  if (policy?.kind !== 'conflict') return undefined;
  const disproven = delivers({ ...seen, standing, bucket, others }) && !alwaysDenies(policy);
  return disproven ? undefined : texts.policyConflict(settings, policy, otherBucket);
};

/** Where an overwrite report has been before, no new one of its name may deliver: by what it has left, or by what is remembered. */
export const deleted = ({ report, bucket, others }: Seen, settings: Settings): Trouble | undefined => {
  const key = bucket?.leftover?.known ? bucket.leftover.value?.key : undefined;
  const removed = removedFrom(settings.notes, settings)?.at;
  if (report || (key === undefined && removed === undefined)) return undefined;
  const { bucket: ours, report: made } = settings.provenance;
  return goneTrouble(
    settings,
    { key, removed, ours: made?.id === settings.reportName },
    {
      otherName: underOtherName(settings, others, ours !== undefined),
      otherPrefix: otherPrefix(settings, settings.notes),
    },
  );
};

/** What has to be written, in one plan. */
const planned = (seen: Seen, settings: Settings): ChangeMove | undefined => {
  const make = changes(settings, { others: seen.others, key: keyOf(seen), doubts: doubtsOf(seen, settings) });
  const list = [];
  if (seen.standing.kind === 'free') list.push(make.bucket, make.publicAccessBlock);
  else if (settings.provenance.bucket?.origin === 'created' && isOpen(seen)) list.push(make.publicAccessBlock);
  const policy = judgePolicy(seen.bucket?.policy, settings);
  if (policy.kind === 'merge' && !delivers(seen))
    list.push(
      make.policy(policy.policy, policy.kept, {
        before: seen.bucket?.policy,
        stands: seen.standing.kind === 'ours',
      }),
    );
  if (!seen.report) list.push(make.report);
  else if (differences(seen.report, settings).length > 0) list.push(make.refresh(seen.report));
  if (list.length === 0) return undefined;
  return {
    kind: 'change',
    plan: 'report',
    reason: texts.plan(settings),
    changes: list,
    account: payerText(seen.payer, settings.account),
    warnings: warnings(seen, settings),
  };
};

/** Worth knowing before agreeing: what is adopted as it is, and what can't be told. */
const warnings = (seen: Seen, settings: Settings): readonly string[] => {
  const { standing, report, bucket, payer, others } = seen;
  const { provenance } = settings;
  const key = keyOf(seen);
  const fitting = others.map(fittingPlace).find((place) => place !== undefined);
  const said: readonly (string | false | undefined)[] = [
    standing.kind === 'ours' && !provenance.bucket && !report && texts.adopts(settings.bucket),
    isOpen(seen) && provenance.bucket?.origin !== 'created' && texts.openBucket(settings.bucket),
    key !== undefined && texts.encrypted(settings.bucket, key),
    bucket?.ownership?.known && bucket.ownership.value === 'ObjectWriter' && texts.foreignFiles(settings.bucket),
    ...doubtsOf(seen, settings).map((doubt) => texts.policyDoubt(doubt)),
    bucket?.leftover && !bucket.leftover.known && texts.leftoverUnknown(settings, bucket.leftover.reason),
    !report && !provenance.bucket && fitting && texts.standsBesides(settings.customer, fitting),
    settings.bucket !== settings.reportName && texts.namesDiffer(settings),
    !payer.transfer.known && texts.transferUnknown(payer.transfer.reason),
  ];
  return said.filter((each) => typeof each === 'string');
};

const doubtsOf = ({ bucket }: Seen, settings: Settings): readonly Doubt[] => {
  const policy = judgePolicy(bucket?.policy, settings);
  return policy.kind === 'conflict' ? [] : (policy.doubts ?? []);
};

const keyOf = ({ bucket }: Seen): string | undefined =>
  bucket?.defaultKey?.known ? bucket.defaultKey.value : undefined;

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
    advice: refused(seen)
      ? refusedAdvice(seen, settings)
      : since !== undefined && now > since + firstDeliveryWithin
        ? texts.overdue(settings)
        : [],
  };
};

const refused = ({ report }: Seen): boolean => report?.lastStatus !== undefined && report.lastStatus !== 'SUCCESS';

const refusedAdvice = (seen: Seen, settings: Settings): readonly string[] => {
  const doubts = doubtsOf(seen, settings);
  const key = keyOf(seen);
  return texts.refused(settings, { doubts, key, standsNow: doubts.length === 0 && key === undefined });
};

/** AWS tells no time of creation: the state does, else AWS's write test in a bucket that nobody else's report shares. */
const requestedAt = ({ bucket }: Seen, { provenance }: Settings): number | undefined =>
  provenance.report?.origin === 'created'
    ? moment(provenance.report.at)
    : bucket?.writeTest.known
      ? bucket.writeTest.value?.modified
      : undefined;
