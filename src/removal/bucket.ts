import { Problem } from '../errors.ts';
import type { State } from '../state/state.ts';
import type { BlockedMove, Change } from '../step.ts';
import { bucketArn } from '../steps/arns.ts';
import { printable } from '../text.ts';
import { deleteWriteTest } from './data.ts';
import { isEmpty } from './data-place.ts';
import { bucketName } from './inspect.ts';
import { madeStack, originOf } from './origin.ts';
import { type Facts, foundThere, namedKeys, type Part, type Stay } from './part.ts';
import { hasDelivered, reportsThatStay } from './report.ts';
import type { Seen } from './seen.ts';

const key = 'bucket';

/** The bucket itself, once nothing is in it. */
export const bucketPart = (seen: Seen, state: State, facts: Facts): Part => {
  const origin = originOf(state, key);
  if (!origin) return {};
  const what = `The bucket ${origin.id}`;
  if (!origin.created) return seen.bucket ? { stays: [{ what, why: foundThere }] } : {};
  const { bucket } = seen;
  // Gone, or gone and another account's by now.
  if (!bucket) return { settled: { releases: [key] } };
  const reason = whyItStays(seen, state, facts);
  if (reason !== undefined) return { stays: [{ what, why: reason }] };
  const { customer, account } = facts;
  const { data } = bucket;
  const last = data && !isEmpty(data.writeTest) ? [deleteWriteTest(bucket.name, data, customer, account)] : [];
  return {
    changes: [...last, deletion(bucket.name, facts)],
    takes: [`the bucket ${bucket.name}`],
    costs: [`The name of the bucket ${bucket.name} is free then, for anybody in the world.`],
  };
};

const whyItStays = (seen: Seen, state: State, { deleteData }: Facts): string | undefined => {
  const { bucket } = seen;
  const reader = reportsThatStay(seen, state).find(({ S3Bucket }) => S3Bucket === bucket?.name);
  if (reader) return `the report ${printable(reader.ReportName)}, which stays, is delivered there`;
  if (!deleteData)
    return hasDelivered(seen, state)
      ? 'it holds the billing data, and goes with it by --delete-data only'
      : 'it goes by --delete-data only';
  const others = bucket?.data?.others ?? [];
  if (others.length > 0)
    return `it holds ${namedKeys(others)}, which no report of this connection has brought. Nothing but the billing data is deleted from it`;
  return undefined;
};

const deletion = (bucket: string, { account, customer }: Facts): Change => ({
  id: `removal:bucket:${bucket}`,
  summary: `Delete the bucket ${bucket}`,
  call: { action: 's3:DeleteBucket', arn: bucketArn(bucket) },
  async apply({ aws }) {
    try {
      return await aws.buckets.delete(bucket, account);
    } catch (error) {
      if ((error as Error).name !== 'BucketNotEmpty') throw error;
      throw new Problem(`Something has come to the bucket ${bucket} since this plan was made, so it was not deleted.`, [
        `Look at it again: spot-cur remove ${customer} --delete-data`,
      ]);
    }
  },
});

/** A bucket of which can't be told, or seen, what has to be known before anything goes. */
export const bucketTrouble = ({ standing }: Seen, state: State): Part => {
  const name = bucketName(state);
  const concerned =
    originOf(state, key)?.created || originOf(state, 'bucket-policy') || madeStack(state, 'crawler-stack');
  if (!concerned || name === undefined) return {};
  switch (standing?.kind) {
    case 'closed':
    case 'unclear':
      return { blocked: unreachable(name, state.customer) };
    case 'elsewhere':
      return {
        blocked: {
          kind: 'blocked',
          reason: `The bucket ${name} is in ${printable(standing.region)}, where this connection has made none. Nothing was taken back.`,
          advice: [`See what it is: aws s3api get-bucket-location --bucket ${name}`],
        },
      };
    default:
      return {};
  }
};

const unreachable = (name: string, customer: string): BlockedMove => ({
  kind: 'blocked',
  code: 'denied',
  reason: `Whose the bucket ${name} is, and what it tells others, can't be seen with these credentials. Nothing was taken back.`,
  advice: [`What a removal takes: spot-cur policy ${customer} --phase remove`, `Then: spot-cur remove ${customer}`],
});

/** What the stacks leave in the account, whoever made them. */
export const logGroups = (state: State): readonly Stay[] =>
  madeStack(state, 'crawler-stack') || madeStack(state, 'extractor-stack')
    ? [
        {
          what: 'The log groups of the functions and the crawler',
          why: 'AWS has made them, below /aws/lambda and /aws-glue',
        },
      ]
    : [];
