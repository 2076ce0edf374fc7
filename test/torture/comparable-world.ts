import type { World } from '../../src/simulator/world.ts';

/** What happened to be asked and by whom, which another run does otherwise, and what is made at random. */
const incidental = new Set(['calls', 'sessions', 'eventId']);
/** Times; of some names there are other things too, such as whether a resource is created. */
const times = new Set([
  ...['at', 'created', 'modified', 'first', 'changed', 'started', 'crawlStarted', 'executed', 'deleted'],
  ...['attempted', 'delivered'],
]);

/** Plain data without its times, its random ids and its calls: two of them are equal when the same things stand in them. */
export const comparable = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutChance(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, each]) => !incidental.has(key) && !(times.has(key) && typeof each === 'number'))
    .map(
      ([key, each]) => [withoutChance(key), key === 'content' ? comparableContent(each) : comparable(each)] as const,
    );
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const comparableContent = (base64: string): string => withoutChance(Buffer.from(base64, 'base64').toString('latin1'));

/** A text without what is random or a time in it. */
export const withoutChance = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/spot-cur-[0-9a-f]{32}/g, '<token>')
    .replace(/\b\d{13}\b/g, '<ms>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}/g, '<log stream>')
    .replace(/\bAROA[0-9A-Z]{17}\b/g, '<role id>')
    .replace(/-(?=[0-9]*[A-Z])[0-9A-Z]{12,13}\b/g, '-<suffix>');

/** Trouble to come, and how a thing came to stand as it stands. */
const onTheWay = /^(callFaults|stackFaults|sessionEnd|skew|lastCrawl|timeline|tokens?|id)$/;

/**
 * What stands in a world, whichever way it came to that: two are equal when the same does. What was made twice is in it twice, stacks
 * that are deleted too.
 */
export const comparableWorld = ({ accounts, buckets }: World): unknown => {
  const standing: Pick<World, 'accounts' | 'buckets'> = structuredClone({ accounts, buckets });
  for (const account of Object.values(standing.accounts))
    for (const stack of account.stacks) {
      const status = stack.timeline.findLast(({ physicalId }) => physicalId === stack.id)?.status;
      // Others go with the execution of one.
      const changeSets = stack.changeSets.filter(({ executed }) => executed !== undefined);
      Object.assign(stack, { status, changeSets });
    }
  for (const bucket of Object.values(standing.buckets))
    if (bucket.policy !== undefined) Object.assign(bucket, { policy: JSON.parse(bucket.policy) });
  return comparable(without(standing));
};

const without = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !onTheWay.test(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, without(each)]));
};
