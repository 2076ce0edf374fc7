/** ARNs of what this procedure makes, for the journal. Everything is in us-east-1. */
export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;

export const reportArn = (account: string, report: string): string =>
  `arn:aws:cur:us-east-1:${account}:definition/${report}`;

/** CloudFormation gives a stack the end of its ARN when it is made. */
export const stackArn = (account: string, stack: string): string =>
  `arn:aws:cloudformation:us-east-1:${account}:stack/${stack}`;

export const crawlerArn = (account: string, crawler: string): string =>
  `arn:aws:glue:us-east-1:${account}:crawler/${crawler}`;
