import { inReport, type Place } from '../buckets.ts';
import type { Context } from '../context.ts';
import type { Level } from '../findings.ts';
import { askSpot } from './rule.ts';

/** What someone may do to a bucket or its objects. */
export type Deed = 'list' | 'read' | 'write' | 'acl' | 'notify' | 'rule';

export type Judgement = readonly [rule: string, level: Level, title: string, advice: string];

/** A deed on the report's bucket. */
export const onReport = (deed: Deed, { key }: Place, context: Context): Judgement => {
  const inside = inReport(key, context);
  switch (deed) {
    case 'list':
      return ['report-list', 'note', "may list the report's bucket", 'Nothing to do: an extractor needs this.'];
    case 'read':
      if (inside && context.report?.claimed)
        return [
          'claimed-report-read',
          'warning',
          'may read the bucket that its own crawler reads, and only the template says that this is the report',
          'See that it is. With the connection it is compared: spot-cur review --customer <name>',
        ];
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

/** A deed on a bucket that a parameter names. */
export const onNamed = (deed: Deed, byLink: boolean): Judgement | undefined => {
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

/** A deed on any other bucket. */
export const onOther = (deed: Deed): Judgement => {
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
