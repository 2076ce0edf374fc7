import { documentedPolicy } from '../services/cur/permission.ts';
import { isRecord, list } from '../services/s3/policy.ts';
import type { Bucket } from '../world.ts';
import { procedureName, type Stage, sceneAccount } from './stage.ts';

type Statement = Readonly<Record<string, unknown>>;

/** The bucket itself, and what is in it. */
export const wholeBucket = [`arn:aws:s3:::${procedureName}`, `arn:aws:s3:::${procedureName}/*`];

/** A bucket policy of these statements. */
export const policyOf = (...Statement: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/** The policy that AWS documents for the procedure's bucket, and these statements. */
export const deliveryPolicy = (...more: readonly Statement[]): string => {
  const { Statement } = JSON.parse(documentedPolicy({ account: sceneAccount, bucket: procedureName }));
  return policyOf(...Statement, ...more);
};

/** A statement that denies everybody all of the bucket, under conditions if any. */
export const denial = (Sid: string, Condition?: Statement): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: wholeBucket,
  ...(Condition && { Condition }),
});

/** The same statements, with the service that delivers reports excepted from those that deny. */
export const exceptDeliveries = ({ world }: Stage): void =>
  rewritePolicy(world.buckets[procedureName], (statement) => {
    if (statement.Effect !== 'Deny') return statement;
    const { StringNotEquals = {}, ...conditions } = isRecord(statement.Condition) ? statement.Condition : {};
    const excepted = { 'aws:PrincipalServiceName': 'billingreports.amazonaws.com' };
    const others = isRecord(StringNotEquals) ? StringNotEquals : {};
    return { ...statement, Condition: { ...conditions, StringNotEquals: { ...others, ...excepted } } };
  });

/** Rewrites each statement of a bucket's policy. */
export const rewritePolicy = (bucket: Bucket | undefined, rewrite: (statement: Statement) => Statement): void => {
  if (bucket?.policy === undefined) return;
  bucket.policy = policyOf(...list(JSON.parse(bucket.policy).Statement).filter(isRecord).map(rewrite));
};
