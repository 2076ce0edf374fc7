import { bucketOf, type Refusal, region } from './refusal.ts';

const reports = `The reports that there are: aws cur describe-report-definitions ${region}`;

/** What refuses a report. */
export const reportRefusals: readonly Refusal[] = [
  {
    code: /^ReportLimitReachedException$/,
    text: 'The account has as many cost and usage reports as AWS allows',
    advice: () => ['Delete a report that nobody needs in the Billing console, or ask AWS to raise the limit.', reports],
  },
  {
    code: /^DuplicateReportNameException$/,
    text: 'The account has a cost and usage report of this name already',
    advice: () => [reports, 'The next run compares it with what Spot needs, and adopts it if it fits: spot-cur resume'],
  },
  {
    says: /Failed to verify customer bucket permission/i,
    text: "AWS's billing service may not write into the bucket, or does not see yet that it may: the bucket policy is missing, wrong, or newer than AWS's last look",
    advice: (trouble) => [
      'A policy takes up to three minutes to be seen. The next run looks at it again: spot-cur resume',
      `The policy as it stands: aws s3api get-bucket-policy --bucket ${bucketOf(trouble)}`,
    ],
  },
  {
    code: /^ValidationException$/,
    says: /^(UnknownError)?$/,
    text: 'AWS refused the request without saying why',
    advice: () => [
      'Most likely, in this order: the report settings do not go together (Athena needs Parquet, overwriting and a prefix); the bucket is in another region; the bucket policy is not right.',
      'What can be seen of all that: spot-cur doctor',
    ],
  },
  {
    code: /^AWSOrganizationsNotInUseException$/,
    text: 'The account is in no organization: it stands for itself, and its report holds its own costs alone',
    advice: () => ['Which account it is: aws sts get-caller-identity'],
  },
];
