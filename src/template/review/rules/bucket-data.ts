import { type Place, placeInArn } from '../buckets.ts';
import type { Context } from '../context.ts';
import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import { actionsOverlap, covers, isPattern } from '../wildcards.ts';
import { type Deed, type Judgement, onNamed, onOther, onReport } from './bucket-judgements.ts';
import { words } from './power.ts';
import { isEverything, isInEveryService, resourcesOf } from './reach.ts';
import { type Rule, remark } from './rule.ts';

/** What identities may do to buckets: the report's, those that the link names, and all others. */
export const bucketData: Rule = (context) =>
  context.statements.filter(({ kind }) => kind === 'identity').flatMap((each) => inStatement(each, context));

/** What each of S3's actions comes to. Whatever is not here only reads settings. */
const deeds: Readonly<Record<Deed, readonly string[]>> = {
  list: words('s3:ListBucket s3:ListBucketVersions s3:ListBucketMultipartUploads'),
  read: words('s3:GetObject* s3:SelectObjectContent s3:GetJobTagging s3:InitiateReplication s3:GetDataAccess'),
  write: words('s3:PutObject s3:PutObjectTagging s3:PutObjectVersionTagging s3:RestoreObject s3:Replicate*'),
  // Who writes to another's bucket gives the objects to its owner with it.
  acl: words('s3:PutObjectAcl s3:PutObjectVersionAcl'),
  notify: words('s3:PutBucketNotification'),
  rule: words(`s3:Delete* s3:PutBucket* s3:PutLifecycle* s3:PutReplication* s3:PutEncryption* s3:PutAccess* s3:PutAccount*
    s3:PutInventory* s3:PutAnalytics* s3:PutMetrics* s3:PutIntelligent* s3:PutAccelerate* s3:PutMultiRegion*
    s3:PutStorageLens* s3:PutObjectRetention s3:PutObjectLegalHold s3:Create* s3:Update* s3:Bypass* s3:Submit* s3:Associate*
    s3:ObjectOwnerOverrideToBucketOwner`),
};

const deedsOf = (action: string): readonly Deed[] => {
  const found = (Object.keys(deeds) as Deed[]).filter((deed) =>
    deeds[deed].some((each) => actionsOverlap(each, action)),
  );
  return covers('s3:PutBucketNotification', action) ? ['notify'] : found;
};

const mostPairs = 50_000;

const inStatement = (statement: Statement, context: Context): readonly Remark[] => {
  const actions = statement.actions.flatMap(({ pattern }) =>
    pattern && !isEverything(pattern) && !isInEveryService(pattern) ? [pattern] : [],
  );
  const places = resourcesOf(statement).flatMap((text) => placeInArn(text, context) ?? []);
  if (actions.length * places.length > mostPairs) {
    context.scope.budget.exceeded ??= 'a statement names too many actions and buckets';
    return [];
  }
  const byDeed = new Map<Deed, string[]>();
  for (const action of actions)
    for (const deed of deedsOf(action)) byDeed.set(deed, [...(byDeed.get(deed) ?? []), action]);
  return [...byDeed].flatMap(([deed, names]) =>
    places.flatMap((place) => {
      const judged = judge(deed, place, context);
      if (!judged) return [];
      const [rule, level, title, advice] = judged;
      const target = place.key === undefined ? place.bucket : `${place.bucket}/${place.key}`;
      const evidence = `${names.slice(0, 20).join(', ')} on ${target.slice(0, 300)} in ${statement.place}`;
      return [remark(rule, level, statement.resource.id, [`${statement.resource.id} ${title}.`, evidence, advice])];
    }),
  );
};

/** What a deed on the bucket itself can't be, and on its objects. */
const fits = (deed: Deed, { bucket, key }: Place): boolean => {
  const onObjects = deed === 'read' || deed === 'write' || deed === 'acl';
  if (isPattern(bucket)) return true;
  if (onObjects) return key !== undefined;
  return deed === 'rule' || key === undefined;
};

const judge = (deed: Deed, place: Place, context: Context): Judgement | undefined => {
  if (!fits(deed, place)) return undefined;
  switch (place.whose) {
    case 'own':
    case 'unknown':
      return undefined;
    case 'report':
      return onReport(deed, place, context);
    case 'prefilled':
    case 'answered':
      return onNamed(deed, place.whose === 'prefilled');
    case 'other':
      return onOther(deed);
  }
};
