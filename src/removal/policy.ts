import type { State } from '../state/state.ts';
import type { Change } from '../step.ts';
import { bucketArn } from '../steps/arns.ts';
import { judgePolicy, type WithoutOwn, withoutOwn } from '../steps/report/bucket-policy.ts';
import { printable } from '../text.ts';
import { madeId, originOf } from './origin.ts';
import { changedMeanwhile, type Part } from './part.ts';
import { reportsThatStay } from './report.ts';
import type { Seen } from './seen.ts';

const key = 'bucket-policy';

/** The statements of this program, by their Sids; those of others stay as they are. */
export const policyPart = (seen: Seen, state: State): Part => {
  if (!originOf(state, key)) return {};
  const { bucket } = seen;
  const without = bucket && madeId(state, key) === bucket.name ? withoutOwn(bucket.policy) : undefined;
  if (!bucket || !without) return { settled: { releases: [key] } };
  const { name, policy } = bucket;
  const reader = stillNeededBy(seen, state, name, without);
  if (reader !== undefined)
    return {
      stays: [
        {
          what: `The policy of the bucket ${name}`,
          why: `the report ${printable(reader)}, which stays, is delivered there by the statements that this connection has made`,
        },
      ],
    };
  return {
    changes: [takeOut({ name, before: policy, without }, state)],
    takes: [`the policy of the bucket ${name}`],
  };
};

/** A report that stays and could not be delivered without our statements. */
const stillNeededBy = (seen: Seen, state: State, bucket: string, { policy }: WithoutOwn): string | undefined =>
  reportsThatStay(seen, state)
    .filter(({ S3Bucket }) => S3Bucket === bucket)
    .find(({ ReportName: reportName, S3Prefix: prefix }) => {
      const place = { bucket, account: state.account, reportName, prefix };
      return judgePolicy(policy, place).kind !== 'fits';
    })?.ReportName;

interface Rewrite {
  readonly name: string;
  readonly before: string | undefined;
  readonly without: WithoutOwn;
}

const takeOut = ({ name, before, without: { own, kept, policy } }: Rewrite, { account, customer }: State): Change => ({
  id: `removal:bucket-policy:${name}`,
  summary:
    policy === undefined
      ? `Delete the policy of the bucket ${name}, which says nothing else than that AWS may deliver`
      : `Take ${own === 1 ? 'the statement' : `${own} statements`} of this program out of the policy of the bucket ${name}; the ${kept === 1 ? 'other one stays as it is' : `${kept} others stay as they are`}`,
  call: { action: policy === undefined ? 's3:DeleteBucketPolicy' : 's3:PutBucketPolicy', arn: bucketArn(name) },
  async apply({ aws }) {
    if ((await aws.buckets.findPolicy(name)) !== before)
      throw changedMeanwhile(
        `the policy of the bucket ${name}`,
        'It is left as it is: what was added would have been lost.',
        customer,
      );
    return policy === undefined
      ? aws.buckets.deletePolicy(name, account)
      : aws.buckets.putPolicy(name, account, policy);
  },
});
