import type { Check, Resource } from '../../step.ts';
import { printable } from '../../text.ts';
import { judgePolicy } from './bucket-policy.ts';
import { differences } from './definition.ts';
import { delivers, type Seen } from './inspect.ts';
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
  ...(seen.bucket ? [publicAccess(seen.bucket.blocksPublicAccess, settings)] : []),
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

const policyCheck = (seen: Seen, settings: Settings): Check => {
  const { bucket } = seen;
  const id = 'bucket-policy';
  if (!bucket) return { id, state: 'missing', text: 'The bucket policy is not there yet.' };
  const policy = judgePolicy(bucket.policy, settings);
  if (delivers(seen) && !(policy.kind === 'conflict' && policy.why === 'denies'))
    return { id, state: 'ok', text: 'AWS delivers the report with the bucket policy that stands.' };
  return {
    fits: { id, state: 'ok' as const, text: 'The bucket policy lets AWS deliver the report.' },
    merge: { id, state: 'missing' as const, text: 'The bucket policy does not let AWS deliver the report yet.' },
    conflict: { id, state: 'wrong' as const, text: 'The bucket policy stands against the delivery of the report.' },
  }[policy.kind];
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
