import * as v from 'valibot';
import type { Notification } from '../../aws/buckets.ts';
import { Problem } from '../../errors.ts';
import type { KeptFile } from '../../outbox.ts';
import { json, printable, quoted } from '../../text.ts';
import type { Settings } from './settings.ts';

/** What the crawler stack replaced, as it is kept beside the message. */
export const keptName = 'bucket-notifications.json';

const notification = v.object({ id: v.string(), target: v.string(), entry: v.record(v.string(), v.unknown()) });
const copy = v.object({ bucket: v.string(), notifications: v.array(notification) });

/** The copy as text; entries that an earlier copy of the same bucket has, and this one lacks, stay in it. */
export const copyOf = (bucket: string, found: readonly Notification[], before: KeptFile | undefined): string => {
  const earlier = before ? readCopy(before, bucket) : [];
  const kept = earlier.filter(({ id }) => !found.some((each) => each.id === id));
  return `${json({ bucket, notifications: [...kept, ...found] })}\n`;
};

/** The name under which another bucket's copy stays, so that this bucket's does not take its place. */
export const setAsideName = (before: KeptFile | undefined, bucket: string): string | undefined => {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), copy), before?.text);
  return read.success && read.output.bucket !== bucket
    ? keptName.replace('.json', `-${read.output.bucket}.json`)
    : undefined;
};

/** The entries of a copy; none when it is another bucket's. @throws Problem (state) when it is no copy */
export const readCopy = ({ path, text }: KeptFile, bucket: string): readonly Notification[] => {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), copy), text);
  if (!read.success)
    throw new Problem(
      `${quoted(path, 300)} is not a copy of a bucket's notifications as this program writes it.`,
      [`Look at it, and move it away: mv ${quoted(path, 300)} ${quoted(`${path}.old`, 300)}`],
      'state',
    );
  return read.output.bucket === bucket ? read.output.notifications : [];
};

/** What a bucket tells others, as far as S3 compares it: events below a prefix, with a suffix. */
type Told = Pick<Notification, 'entry'>;

/** What the crawler's stack has the bucket tell its function. */
const crawlers = ({ prefix, reportName }: Pick<Settings, 'prefix' | 'reportName'>): Told => ({
  entry: {
    Events: ['s3:ObjectCreated:*'],
    Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: `${prefix}/${reportName}` }] } },
  },
});

/** True when the entry can't stand beside the crawler's. */
export const clashesWithCrawler = (found: Notification, settings: Pick<Settings, 'prefix' | 'reportName'>): boolean =>
  overlaps(found, crawlers(settings));

/** True for the entry of a crawler stack of this name: that stack replaces it, and nobody else misses it. */
export const isCrawlers = ({ target }: Notification, stackName: string): boolean =>
  target.includes(`:function:${`${stackName}-AWSCURInitializer`.slice(0, 51)}-`);

export interface Restoration {
  /** Entries of the copy that the bucket lacks. */
  readonly missing: readonly Notification[];
  /** Those of them that can't stand beside what the bucket has, or beside another one of them. */
  readonly clashes: readonly Clash[];
}

export interface Clash {
  readonly saved: Notification;
  readonly other: Notification;
  /** Whether the other one stands, or was saved as well. */
  readonly stands: boolean;
}

/** What it takes to put saved entries back beside what stands. */
export const restoration = (saved: readonly Notification[], standing: readonly Notification[]): Restoration => {
  const missing = saved.filter((each) => !standing.some((other) => same(each, other)));
  const clash = (each: Notification, others: readonly Notification[], stands: boolean): readonly Clash[] =>
    others
      .filter((other) => other.id === each.id || overlaps(each, other))
      .map((other) => ({ saved: each, other, stands }));
  return {
    missing,
    // A copy may have been added to over time: what followed one another in the bucket never stood side by side.
    clashes: missing.flatMap((each, index) => [
      ...clash(each, standing, true),
      ...clash(each, missing.slice(index + 1), false),
    ]),
  };
};

/** The same by what they do: S3 may give another order back. */
const same = (one: Notification, other: Notification): boolean =>
  one.target === other.target &&
  JSON.stringify([events(one).toSorted(), filter(one, 'prefix'), filter(one, 'suffix')]) ===
    JSON.stringify([events(other).toSorted(), filter(other, 'prefix'), filter(other, 'suffix')]);

/** S3 refuses two entries for one event unless their prefixes or their suffixes keep them apart, whoever is told. */
const overlaps = (one: Told, other: Told): boolean =>
  events(one).some((event) => events(other).some((another) => covers(event, another) || covers(another, event))) &&
  nested(filter(one, 'prefix'), filter(other, 'prefix'), (text, start) => text.startsWith(start)) &&
  nested(filter(one, 'suffix'), filter(other, 'suffix'), (text, end) => text.endsWith(end));

const covers = (one: string, other: string): boolean =>
  one === other || (one.endsWith('*') && other.startsWith(one.slice(0, -1)));

const nested = (one: string, other: string, within: (text: string, part: string) => boolean): boolean =>
  within(one, other) || within(other, one);

const events = ({ entry }: Told): string[] => (Array.isArray(entry.Events) ? entry.Events.map(String) : []);

const rules = v.object({
  Key: v.object({ FilterRules: v.array(v.object({ Name: v.string(), Value: v.optional(v.string(), '') })) }),
});

const filter = ({ entry }: Told, name: 'prefix' | 'suffix'): string => {
  const read = v.safeParse(rules, entry.Filter);
  const found = read.success && read.output.Key.FilterRules.find(({ Name }) => Name.toLowerCase() === name);
  return found ? found.Value : '';
};

/** The same for one that stands: whether it is the crawler stack's own. */
export const standingLine = (each: Notification, stackName: string): string =>
  `${notificationLine(each)}${isCrawlers(each, stackName) ? " (the crawler stack's own)" : ''}`;

/** A notification in a line: which events, of which objects, go where. */
export const notificationLine = (each: Notification): string => {
  const [prefix, suffix] = [filter(each, 'prefix'), filter(each, 'suffix')];
  const which = `${prefix ? ` below ${quoted(prefix)}` : ''}${suffix ? ` ending in ${quoted(suffix)}` : ''}`;
  const what = events(each).map(printable).join(', ') || 'all events';
  return `${quoted(each.id)}: ${what}${which} to ${printable(each.target)}`;
};
