import type { Check, Resource } from '../../step.ts';
import { printable } from '../../text.ts';
import { alwaysDenies, judgePolicy } from './bucket-policy.ts';
import { differences } from './definition.ts';
import { delivers, type Seen, type SeenBucket } from './inspect.ts';
import { isPayer, payerText } from './payer.ts';
import type { Settings } from './settings.ts';

/** What of step 1 stands in AWS. */
export const resources = (seen: Seen, { bucket, reportName }: Settings): readonly Resource[] => [
  ...(seen.standing.kind === 'ours' ? [{ key: 'bucket', id: bucket }] : []),
  ...(seen.report ? [{ key: 'report', id: reportName }] : []),
];

/** The evidence for step 1. */
export const checks = (seen: Seen, settings: Settings): readonly Check[] => [
  managementAccount(seen, settings),
  bucketCheck(seen, settings),
  ...(seen.bucket ? bucketChecks(seen.bucket, settings) : []),
  policyCheck(seen, settings),
  reportCheck(seen, settings),
  deliveryCheck(seen),
  crawlerFileCheck(seen, settings),
];

const managementAccount = ({ payer }: Seen, { account, vouched }: Settings): Check => ({
  id: 'management-account',
  state: isPayer(payer, account) ? 'ok' : payer.organization.known ? 'wrong' : vouched === account ? 'ok' : 'unknown',
  text: `Account ${account}: ${payerText(payer, account)}.`,
});

const bucketCheck = ({ standing }: Seen, { bucket }: Settings): Check => {
  const said = {
    free: ['missing', 'does not exist yet'],
    ours: ['ok', 'belongs to this account'],
    foreign: ['wrong', 'belongs to another account'],
    elsewhere: ['wrong', 'is outside us-east-1'],
    closed: ['wrong', 'may not be reached with these credentials'],
    unclear: ['unknown', 'exists, and whose it is could not be checked'],
  } as const;
  const [state, text] = said[standing.kind];
  return { id: 'bucket', state, text: `The bucket ${bucket} ${text}.` };
};

const publicAccess = (blocks: NonNullable<Seen['bucket']>['blocksPublicAccess'], { bucket }: Settings): Check => ({
  id: 'public-access-block',
  state: blocks.known ? (blocks.value ? 'ok' : 'wrong') : 'unknown',
  text: blocks.known
    ? `Block Public Access is ${blocks.value ? 'on' : 'not fully on'} for ${bucket}.`
    : `Block Public Access of ${bucket} could not be read.`,
  ...(!blocks.known && { evidence: blocks.reason }),
});

/** What of a bucket is warned about and never changed, once it is somebody's; what S3 gives to new ones is not worth a line. */
const bucketChecks = (seen: SeenBucket, settings: Settings): readonly Check[] => [
  publicAccess(seen.blocksPublicAccess, settings),
  ...encryption(seen.defaultKey, settings),
  ...ownership(seen.ownership, settings),
];

const encryption = (key: SeenBucket['defaultKey'], { bucket }: Settings): readonly Check[] => {
  if (!key || (key.known && key.value === undefined)) return [];
  const text = key.known
    ? `${bucket} is encrypted with a KMS key, and whether that key lets AWS deliver is not looked at.`
    : `The encryption of ${bucket} could not be read.`;
  return [
    {
      id: 'bucket-encryption',
      state: 'unknown',
      text,
      evidence: printable(key.known ? (key.value ?? '') : key.reason),
    },
  ];
};

const ownership = (seen: SeenBucket['ownership'], { bucket }: Settings): readonly Check[] => {
  if (!seen || (seen.known && seen.value !== 'ObjectWriter')) return [];
  const [state, text] = seen.known
    ? (['wrong', `What AWS writes to ${bucket} belongs to AWS, not to this account.`] as const)
    : (['unknown', `Who owns the files in ${bucket} could not be read.`] as const);
  return [{ id: 'bucket-ownership', state, text, evidence: seen.known ? seen.value : seen.reason }];
};

const policyCheck = (seen: Seen, settings: Settings): Check => {
  const { bucket } = seen;
  const id = 'bucket-policy';
  if (!bucket) return { id, state: 'missing', text: 'The bucket policy is not there yet.' };
  const policy = judgePolicy(bucket.policy, settings);
  if (delivers(seen) && !alwaysDenies(policy))
    return { id, state: 'ok', text: 'AWS delivers the report with the bucket policy that stands.' };
  switch (policy.kind) {
    case 'fits':
      return policy.doubts
        ? {
            id,
            state: 'unknown',
            text: 'The bucket policy lets AWS deliver the report, unless a denial in it meets the delivery.',
            evidence: policy.doubts.map(({ sid, under }) => printable(`${sid}: ${under.join(', ')}`)).join('; '),
          }
        : { id, state: 'ok', text: 'The bucket policy lets AWS deliver the report.' };
    case 'merge':
      return { id, state: 'missing', text: 'The bucket policy does not let AWS deliver the report yet.' };
    case 'conflict':
      return {
        id,
        state: 'wrong',
        text:
          policy.why === 'unreadable'
            ? 'The bucket policy is not in a form that this program can read.'
            : 'The bucket policy stands against the delivery of the report.',
        ...(policy.sid && { evidence: printable(policy.sid) }),
      };
  }
};

const reportCheck = ({ report }: Seen, settings: Settings): Check => {
  const id = 'report';
  if (!report) return { id, state: 'missing', text: `The report ${settings.reportName} does not exist yet.` };
  const different = differences(report, settings);
  return different.length === 0
    ? { id, state: 'ok', text: `The report ${settings.reportName} has the settings that Spot needs.` }
    : {
        id,
        state: 'wrong',
        text: `The report ${settings.reportName} is not what Spot needs.`,
        evidence: different.map(({ setting, found }) => `${setting}: ${printable(found)}`).join(', '),
      };
};

const deliveryCheck = ({ report }: Seen): Check => {
  const id = 'delivery';
  const { lastDelivery, lastStatus } = report ?? {};
  if (lastStatus !== undefined && lastStatus !== 'SUCCESS')
    return { id, state: 'wrong', text: 'The last delivery failed.', evidence: lastStatus };
  return lastDelivery === undefined
    ? { id, state: report ? 'pending' : 'missing', text: 'AWS has not delivered the report yet.' }
    : { id, state: 'ok', text: 'AWS has delivered the report.', evidence: new Date(lastDelivery).toISOString() };
};

const crawlerFileCheck = ({ bucket, report }: Seen, settings: Settings): Check => {
  const id = 'crawler-file';
  const file = bucket?.crawlerFile;
  if (file && !file.known)
    return { id, state: 'unknown', text: 'Whether crawler-cfn.yml is there could not be read.', evidence: file.reason };
  return file?.value
    ? { id, state: 'ok', text: 'crawler-cfn.yml is there.', evidence: `s3://${settings.bucket}/${file.value.key}` }
    : { id, state: report ? 'pending' : 'missing', text: 'crawler-cfn.yml is not there yet.' };
};
