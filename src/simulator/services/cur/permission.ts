import { allows, type PolicyRequest } from '../s3/policy.ts';

/** Where a report goes, and whose it is. */
export interface ReportPlace {
  readonly account: string;
  readonly bucket: string;
}

/**
 * Whether the bucket policy lets the billing service deliver, judged by effect. GetBucketAcl is not asked for: the policy
 * that AWS's own console writes lacks it.
 */
export const mayDeliver = (policy: string | undefined, place: ReportPlace): boolean =>
  policy !== undefined &&
  allows(policy, request('s3:GetBucketPolicy', `arn:aws:s3:::${place.bucket}`, place)) &&
  allows(policy, request('s3:PutObject', `arn:aws:s3:::${place.bucket}/any/key`, place));

/** The policy that AWS documents for the bucket of a report. */
export const documentedPolicy = ({ account, bucket }: ReportPlace): string => {
  const Condition = {
    StringEquals: {
      'aws:SourceArn': `arn:aws:cur:us-east-1:${account}:definition/*`,
      'aws:SourceAccount': account,
    },
  };
  const Principal = { Service: 'billingreports.amazonaws.com' };
  const acl = { Action: ['s3:GetBucketAcl', 's3:GetBucketPolicy'], Resource: `arn:aws:s3:::${bucket}` };
  const put = { Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` };
  const Statement = [acl, put].map((grant) => ({ Effect: 'Allow', Principal, ...grant, Condition }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
};

// The service names itself by the pattern and not by one report: AWS documents StringEquals with the asterisk, and it works.
const request = (action: string, resource: string, { account }: ReportPlace): PolicyRequest => ({
  service: 'billingreports.amazonaws.com',
  action,
  resource,
  keys: {
    'aws:securetransport': 'true',
    's3:tlsversion': '1.3',
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': 'billingreports.amazonaws.com',
    'aws:resourceaccount': account,
    'aws:sourcearn': `arn:aws:cur:us-east-1:${account}:definition/*`,
    'aws:sourceaccount': account,
  },
});
