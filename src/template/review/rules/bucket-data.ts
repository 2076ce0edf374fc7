import { inReport, type Place, placeInArn } from '../buckets.ts';
import type { Context } from '../context.ts';
import type { Level, Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import { actionsOverlap, covers, isPattern } from '../wildcards.ts';
import { words } from './power.ts';
import { askSpot, type Rule, remark } from './rule.ts';
import { isEverything, resourcesOf } from './what-they-get.ts';

/** What identities may do to buckets: the report's, those that the link names, and all others. */
export const bucketData: Rule = (context) =>
  context.statements.filter(({ kind }) => kind === 'identity').flatMap((each) => inStatement(each, context));

type Deed = 'list' | 'read' | 'write' | 'acl' | 'notify' | 'rule';

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
    s3:PutObjectRetention s3:PutObjectLegalHold s3:Create* s3:Update* s3:Bypass* s3:Submit* s3:Associate*
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
  const actions = statement.actions.flatMap(({ pattern }) => (pattern && !isEverything(pattern) ? [pattern] : []));
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

type Judgement = readonly [rule: string, level: Level, title: string, advice: string];

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

const onReport = (deed: Deed, { key }: Place, context: Context): Judgement => {
  const inside = inReport(key, context);
  switch (deed) {
    case 'list':
      return ['report-list', 'note', "may list the report's bucket", 'Nothing to do: an extractor needs this.'];
    case 'read':
      return inside
        ? ['report-read', 'note', 'may read the report', 'Nothing to do: an extractor needs this.']
        : [
            'report-bucket-read',
            'warning',
            "may read more of the report's bucket than the report",
            'See what else lies in that bucket.',
          ];
    case 'write':
      return inside
        ? [
            'report-write',
            'warning',
            'may write below the prefix of the report',
            "AWS's crawler does; others need not.",
          ]
        : [
            'report-bucket-write',
            'alarm',
            "may write to the report's bucket beyond the report",
            `Nothing that reads a report has to. ${askSpot}`,
          ];
    case 'notify':
      return [
        'report-notification',
        'warning',
        "may replace the event notifications of the report's bucket",
        "AWS's crawler does. Notifications that are there already would be lost.",
      ];
    case 'acl':
    case 'rule':
      return [
        'report-bucket-rule',
        'alarm',
        "may delete from the report's bucket, or change who may use it",
        `Billing data could be lost or opened to others. ${askSpot}`,
      ];
  }
};

const onNamed = (deed: Deed, byLink: boolean): Judgement | undefined => {
  const whose = byLink ? 'a bucket that the link names' : 'a bucket that a parameter names';
  switch (deed) {
    case 'list':
      return ['named-bucket-list', 'note', `may list ${whose}`, 'Nothing to do, as long as it is the right bucket.'];
    case 'read':
      return byLink
        ? [
            'linked-bucket-read',
            'alarm',
            `may read the data in ${whose}, and that is not the report's`,
            `Anyone can write a link that names one of your buckets. ${askSpot}`,
          ]
        : ['named-bucket-read', 'warning', `may read the data in ${whose}`, 'See that it is the bucket you mean.'];
    case 'write':
    case 'acl':
      return [
        'named-bucket-write',
        'warning',
        `may write to ${whose}`,
        'That is where the data goes. Compare the bucket with what Spot told you, on another channel than the link.',
      ];
    case 'notify':
    case 'rule':
      return ['named-bucket-rule', 'alarm', `may delete from ${whose}, or change who may use it`, askSpot];
  }
};

const onOther = (deed: Deed): Judgement => {
  switch (deed) {
    case 'list':
      return ['other-bucket-list', 'warning', 'may list what lies in other buckets', 'Ask Spot why it needs this.'];
    case 'read':
      return [
        'other-bucket-read',
        'alarm',
        "may read the data of buckets other than the report's",
        `An extractor reads one report and nothing else. ${askSpot}`,
      ];
    case 'write':
      return [
        'other-bucket-write',
        'alarm',
        'may write to buckets that neither the link nor you have named',
        `Data could leave to a place that no one can see in the link. ${askSpot}`,
      ];
    case 'acl':
    case 'notify':
    case 'rule':
      return ['other-bucket-rule', 'alarm', 'may delete from other buckets, or change who may use them', askSpot];
  }
};
