import { printable } from '../../text.ts';
import type { Difference } from './definition.ts';
import { fallbackName } from './naming.ts';
import type { Trouble } from './payer.ts';

interface Names {
  readonly customer: string;
  readonly account: string;
  readonly bucket: string;
  readonly reportName: string;
}

const otherName = ({ customer, account, bucket }: Names) => {
  const name = bucket === fallbackName(account) ? '<name>' : fallbackName(account);
  return `Choose another name for report and bucket: spot-cur setup ${customer} --bucket ${name}`;
};

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

  policyNotSeenYet: 'AWS does not see the new bucket policy yet',

  unproven: (account: string): Trouble => ({
    reason: `AWS does not let these credentials see whether ${account} is the management account.`,
    advice: [`If you know that it is: --account ${account}`, 'Or have organizations:DescribeOrganization allowed.'],
  }),

  differs: (settings: Names, found: readonly Difference[]): Trouble => ({
    reason: `A report named ${settings.reportName} exists and is not what Spot needs: ${found
      .map(({ setting, wanted, found: is }) => `${setting} is ${printable(is)} and has to be ${wanted}`)
      .join('; ')}.`,
    advice: [
      otherName(settings),
      'Do not delete the report to create it again under the same name, bucket and prefix: AWS warns that this can corrupt its data.',
    ],
  }),

  foreignBucket: (settings: Names): Trouble => ({
    reason: `The bucket name ${settings.bucket} belongs to another AWS account; bucket names are unique in the whole world.`,
    advice: [otherName(settings)],
  }),

  bucketElsewhere: (bucket: string, region: string): Trouble => ({
    reason: `The bucket ${bucket} is in ${printable(region)}. Report, crawler and extractor all have to be in us-east-1.`,
    advice: ['Choose another name with --bucket; it will be created in us-east-1.'],
  }),

  closedBucket: (bucket: string): Trouble => ({
    reason: `The bucket ${bucket} belongs to this account, and these credentials may not reach it.`,
    advice: [
      `Have s3:ListBucket, s3:GetBucketPolicy and s3:GetObject allowed on arn:aws:s3:::${bucket} and what is in it.`,
    ],
  }),

  unclearBucket: (bucket: string): Trouble => ({
    reason: `The bucket ${bucket} exists, and AWS does not let these credentials see whether it is this account's.`,
    advice: ['Have s3:ListAllMyBuckets allowed, or choose another name with --bucket.'],
  }),

  policyConflict: (
    bucket: string,
    { sid, why }: { readonly sid: string; readonly why: 'foreign-sid' | 'denies' },
  ): Trouble =>
    why === 'denies'
      ? {
          reason: `The policy of the bucket ${bucket} denies AWS the delivery of reports, in the statement ${printable(sid)}.`,
          advice: [
            'Have billingreports.amazonaws.com excepted from that statement, or choose another name with --bucket.',
          ],
        }
      : {
          reason: `The policy of the bucket ${bucket} has a statement ${printable(sid)} that is not for the delivery of reports; Sids that begin with SpotCur are this program's.`,
          advice: ['Rename that statement in the S3 console, or choose another name with --bucket.'],
        },

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

  overdue: ({ account }: Names): string[] => [
    `It takes longer than the 24 hours that AWS names. If nothing comes within a day, ask AWS Support from account ${account}.`,
  ],

  done: (settings: Names) => `AWS delivers the report ${settings.reportName}.`,
};
