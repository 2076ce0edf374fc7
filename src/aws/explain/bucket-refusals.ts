import { bucketOf, type Refusal } from './refusal.ts';

/** What refuses a bucket, or something in it. */
export const bucketRefusals: readonly Refusal[] = [
  {
    says: /Configurations overlap|share a common event type/i,
    text: 'The bucket has a notification for the same event and the same prefix already, and S3 takes only one',
    advice: (trouble) => [
      `The notifications that there are: aws s3api get-bucket-notification-configuration --bucket ${bucketOf(trouble)}`,
    ],
  },
  {
    code: /^BucketAlreadyExists$/,
    text: 'The bucket name is taken: names are unique among all accounts of AWS',
    advice: () => ['Take another one, for report and bucket: spot-cur setup <customer> --bucket <name>'],
  },
  {
    of: /^s3:/,
    code: /^(NoSuchBucket|NoSuchKey|NotFound)$/,
    text: 'The bucket, or what was looked for in it, is not there (any more)',
    advice: (trouble) => [
      `What there is: aws s3 ls s3://${bucketOf(trouble)}`,
      'The next run looks anew and goes on from what is there: spot-cur resume',
    ],
  },
  {
    code: /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException|301)$/,
    text: 'The bucket is in another region, and all of this has to be in us-east-1',
    advice: (trouble) => [
      `Where it is: aws s3api get-bucket-location --bucket ${bucketOf(trouble)}`,
      'Take another bucket: spot-cur setup <customer> --bucket <name>',
    ],
  },
  {
    code: /^(OperationAborted|ConditionalRequestConflict|ConcurrentModificationException)$/,
    text: 'Somebody else is changing the same thing this very moment',
    advice: () => ['Wait a minute. The next run looks anew: spot-cur resume'],
  },
];
