import type { Setback } from '../../step.ts';
import { json, printable } from '../../text.ts';
import type { Doubt, PolicyStanding } from './bucket-policy.ts';
import { corrupts as warning } from './corruption.ts';
import type { Difference, ReportPlace } from './definition.ts';
import { deliverer } from './delivery-request.ts';
import { adopting, setupWith } from './elsewhere.ts';
import type { Trouble } from './payer.ts';

interface Names extends ReportPlace {
  readonly customer: string;
  readonly account: string;
}

const corrupts = warning('this');

/** Differences under their reason, a line each. */
const differenceLines = (found: readonly Difference[]): readonly string[] => {
  const width = Math.max(...found.map(({ setting }) => setting.length));
  const group = (title: string, obstacle: Difference['obstacle']) => {
    const lines = found.filter((difference) => difference.obstacle === obstacle);
    if (lines.length === 0) return [];
    return [
      title,
      ...lines.map(
        ({ setting, found: is, wanted }) => `  ${setting.padEnd(width)}  is ${printable(is)}, has to be ${wanted}`,
      ),
    ];
  };
  return [
    ...group('AWS lets nobody change this of a report:', 'fixed'),
    ...group('Changing this would change or move the data of whoever reads the report today:', 'readers'),
  ];
};

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const exceptionKey = 'aws:PrincipalServiceName';

const conditionsText = (under: readonly string[]): string =>
  under.length === 0 ? '' : `, under its condition${under.length === 1 ? '' : 's'} ${listed(under.map(printable))}`;

/** What step 1 says. */
export const texts = {
  vouch: (account: string) =>
    `AWS does not let these credentials see whether ${account} is it; type the id if you know that it is`,

  plan: (settings: Names) => `The report ${settings.reportName} has to be set up in account ${settings.account}.`,

  adopts: (bucket: string) =>
    `The bucket ${bucket} exists in this account and will be used. Its other settings stay as they are.`,

  namesDiffer: (settings: Names) =>
    `The procedure gives report and bucket the same name; here they are ${settings.reportName} and ${settings.bucket}. The message for Spot names both.`,

  transferUnknown: (reason: string) => `Whether billing has been transferred could not be checked: ${reason}`,

  policySummary: (kept: number) =>
    kept === 0
      ? 'Set its bucket policy, so that AWS can deliver the report'
      : `Add two statements to its bucket policy, so that AWS can deliver the report; the ${kept === 1 ? 'one that is there stays as it is' : `${kept} that are there stay as they are`}`,

  policyChanged: ({ bucket, customer }: Names): Setback => ({
    reason: `Somebody has changed the policy of the bucket ${bucket} since this plan was made. It is left as it is: what was added would have been lost.`,
    advice: [`Look at the plan again: spot-cur resume ${customer}`],
  }),

  policyNotSeenYet: 'AWS does not see yet that it may write to the bucket',

  unproven: (customer: string, account: string): Trouble => ({
    reason: `AWS does not let these credentials see whether ${account} is the management account.`,
    advice: [
      `If you know that ${account} is the management account, say so: ${setupWith(customer, { account })}`,
      'Or have organizations:DescribeOrganization allowed.',
    ],
  }),

  standsBesides: (customer: string, place: ReportPlace): string =>
    `The report ${printable(place.reportName)} exists and fits as it is. To use it instead of making another: ${adopting(customer, place)}`,

  /** `asItIs`: the place in which the report that differs would be what Spot needs. */
  differs: (
    { customer, reportName }: Names,
    found: readonly Difference[],
    { otherName, asItIs }: { readonly otherName: string; readonly asItIs: ReportPlace | undefined },
  ): Trouble => ({
    reason: `A report named ${reportName} exists and is not what Spot needs, by its ${listed(found.map(({ setting }) => setting))}.`,
    details: differenceLines(found),
    advice: [
      ...(asItIs ? [`It fits where it is. Use it there: ${adopting(customer, asItIs)}`] : []),
      `${asItIs ? 'Or leave' : 'Leave'} it as it is, and have another one made: ${otherName}`,
      `Do not delete the report to create it again under the same name, bucket and prefix: ${corrupts}.`,
    ],
    releases: ['report'],
  }),

  leftoverUnknown: ({ bucket, reportName }: Names, reason: string) =>
    `Whether ${bucket} holds data of an earlier report named ${reportName} could not be checked: ${reason} If one was deleted, choose another name: ${corrupts} when it is created again.`,

  foreignBucket: ({ bucket }: Names, otherName: string): Trouble => ({
    reason: `The bucket name ${bucket} belongs to another AWS account; bucket names are unique in the whole world.`,
    advice: [`Choose another name for report and bucket: ${otherName}`],
    releases: ['bucket', 'bucket-policy', 'report'],
  }),

  bucketElsewhere: ({ bucket }: Names, region: string, otherBucket: string): Trouble => ({
    reason: `The bucket ${bucket} is in ${printable(region)}. Report, crawler and extractor all have to be in us-east-1.`,
    advice: [`Choose another name; that bucket will be created in us-east-1: ${otherBucket}`],
  }),

  closedBucket: ({ bucket }: Names, otherBucket: string): Trouble => ({
    reason: `The bucket ${bucket} belongs to this account, and these credentials may not reach it.`,
    advice: [
      `Have s3:ListBucket, s3:GetBucketPolicy and s3:GetObject allowed on arn:aws:s3:::${bucket} and what is in it.`,
      `Or use another bucket: ${otherBucket}`,
    ],
  }),

  unclearBucket: ({ bucket }: Names, otherBucket: string): Trouble => ({
    reason: `The bucket ${bucket} exists, and AWS does not let these credentials see whether it is this account's.`,
    advice: ['Have s3:ListAllMyBuckets allowed.', `Or use another bucket: ${otherBucket}`],
  }),

  policyConflict: (
    { bucket }: Names,
    policy: Extract<PolicyStanding, { kind: 'conflict' }>,
    otherBucket: string,
  ): Trouble => {
    const other = `Or use another bucket: ${otherBucket}`;
    switch (policy.why) {
      case 'denies':
        return {
          reason: `The policy of the bucket ${bucket} denies AWS the delivery of reports, in the statement ${printable(policy.sid)}${conditionsText(policy.under)}.`,
          details: [
            `With the service that delivers excepted, by the line on ${exceptionKey}, the statement reads:`,
            ...json(policy.excepted).split('\n'),
          ],
          advice: [`Have the statement changed so by whoever keeps that policy; this program leaves it alone.`, other],
        };
      case 'foreign-sid':
        return {
          reason: `The policy of the bucket ${bucket} has a statement ${printable(policy.sid)} that is not for the delivery of reports; Sids that begin with SpotCur are this program's.`,
          advice: ['Rename that statement in the S3 console.', other],
        };
      case 'unreadable':
        return {
          reason: `The policy of the bucket ${bucket} is not in a form that this program can read, so it can't be added to without losing what it says.`,
          advice: ['Have it put right in the S3 console, under Permissions.', other],
        };
    }
  },

  policyDoubt: ({ sid, under }: Doubt) =>
    `The bucket policy denies in the statement ${printable(sid)}${conditionsText(under)}; whether that meets AWS's delivery can't be told from here. If AWS is refused, have ${deliverer} excepted: "StringNotEquals": { "${exceptionKey}": "${deliverer}" }`,

  openBucket: (bucket: string) => `Block Public Access is not fully on for ${bucket}. It is left as it is.`,

  encrypted: (bucket: string, key: string) =>
    key === 'aws/s3' || key.endsWith('alias/aws/s3')
      ? `The bucket ${bucket} encrypts with AWS's own KMS key aws/s3, whose policy can't be extended to let ${deliverer} use it. Deliveries may fail; encryption by S3 (SSE-S3) or with a key of yours does not stand in the way.`
      : `The bucket ${bucket} encrypts with the KMS key ${printable(key)}. AWS can deliver only if the policy of that key allows ${deliverer} kms:GenerateDataKey* and kms:Decrypt.`,

  foreignFiles: (bucket: string) =>
    `The bucket ${bucket} leaves files to whoever writes them (ObjectWriter), so what AWS delivers will belong to AWS, and a bucket policy can't share it. BucketOwnerEnforced is what new buckets have.`,

  bucketStood: (bucket: string) =>
    `The account has a bucket ${bucket} already, made in the meantime. It is left as it is and looked at.`,

  reportStood: (reportName: string) =>
    `Somebody else has created a report named ${reportName} in the meantime. It is left as it is and looked at.`,

  tooMany: (names: readonly string[], customer: string, fitting: ReportPlace | undefined): Setback => ({
    reason: `The account has as many cost and usage reports as AWS allows: ${names.map(printable).join(', ')}.`,
    advice: [
      ...(fitting
        ? [`The report ${printable(fitting.reportName)} fits as it is. To use it: ${adopting(customer, fitting)}`]
        : []),
      `Have one that nobody needs deleted in the Billing console, or the limit raised by AWS Support. Then: spot-cur resume ${customer}`,
    ],
  }),

  unverified: (
    { bucket, customer }: Names,
    words: string,
    { doubts, key }: { readonly doubts: readonly Doubt[]; readonly key: string | undefined },
  ): Setback => ({
    reason: `AWS could not make sure that it may write to the bucket ${bucket}, also after some minutes. It says: ${printable(words)}`,
    advice: [
      ...doubts.map((doubt) => texts.policyDoubt(doubt)),
      ...(key === undefined ? [] : [texts.encrypted(bucket, key)]),
      ...(doubts.length > 0 || key !== undefined
        ? [`Then: spot-cur resume ${customer}`]
        : [
            'Nothing that can be seen here stands against it: the policy fits, and AWS can take longer to see a new one.',
            `In some minutes, again: spot-cur resume ${customer}`,
          ]),
    ],
  }),

  fileUnknown: ({ bucket }: Names, reason: string): Trouble => ({
    reason: `Whether the report has been delivered can't be told: ${reason}`,
    advice: [`Have s3:ListBucket on arn:aws:s3:::${bucket} and s3:GetObject on arn:aws:s3:::${bucket}/* allowed.`],
  }),

  waiting: (delivered: boolean, file: boolean, lastStatus: string | undefined): string => {
    if (lastStatus !== undefined && lastStatus !== 'SUCCESS')
      return `AWS could not deliver the report the last time (${printable(lastStatus)}); it tries again every few hours.`;
    if (delivered) return 'AWS has delivered the report; crawler-cfn.yml is still missing from the bucket.';
    if (file) return 'crawler-cfn.yml is in the bucket; AWS does not say yet that the report is delivered.';
    return 'AWS prepares the first report; neither its delivery nor crawler-cfn.yml is there yet. This takes up to 24 hours.';
  },

  /** What may be the matter when the last delivery was refused. */
  refused: (
    { bucket }: Names,
    {
      doubts,
      key,
      standsNow,
    }: { readonly doubts: readonly Doubt[]; readonly key: string | undefined; readonly standsNow: boolean },
  ): string[] => [
    ...(standsNow ? ['What stands now lets AWS deliver, as far as it can be seen; nothing has to be done.'] : []),
    ...doubts.map((doubt) => texts.policyDoubt(doubt)),
    ...(key === undefined ? [] : [texts.encrypted(bucket, key)]),
  ],

  overdue: ({ account }: Names): string[] => [
    `It takes longer than the 24 hours that AWS names. If nothing comes within a day, ask AWS Support from account ${account}.`,
  ],

  done: (settings: Names) => `AWS delivers the report ${settings.reportName}.`,
};
