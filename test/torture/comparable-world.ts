import type { World } from '../../src/simulator/world.ts';

/** When something was, what is still to come, and the tokens of attempts: no two runs have them alike. */
const ofTheRun =
  /^(calls|faults|lags|sessions|callFaults|stackFaults|sessionEnd|skew|created|modified|first|changed|attempted|delivered|lastCrawl|crawlStarted|timeline|tokens?|executed|id)$/;

/**
 * The world as plain data of which two are equal when the same stands in both: without times, random ids, calls and trouble to come.
 * What was made twice is in it twice, stacks that are deleted too.
 */
export const comparableWorld = (world: World): unknown => {
  const { accounts, buckets } = JSON.parse(JSON.stringify(world)) as World;
  for (const account of Object.values(accounts))
    for (const stack of account.stacks) {
      const status = stack.timeline.findLast(({ physicalId }) => physicalId === stack.id)?.status;
      // Others go with the execution of one.
      const changeSets = stack.changeSets.filter(({ executed }) => executed !== undefined);
      Object.assign(stack, { status, changeSets });
    }
  for (const bucket of Object.values(buckets)) {
    if (bucket.policy !== undefined) Object.assign(bucket, { policy: JSON.parse(bucket.policy) });
    // A manifest names the moment of its delivery.
    for (const key of Object.keys(bucket.objects))
      if (key.endsWith('-Manifest.json')) Object.assign(bucket.objects, { [key]: 'a manifest' });
  }
  return comparable({ accounts, buckets });
};

/** The same of any part of it. */
export const comparable = (value: unknown): unknown => {
  if (typeof value === 'string') return timeless(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !ofTheRun.test(key));
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, comparable(each)]));
};

/** The text without random names: of stacks and change sets, of roles and functions, of custom resources. */
const timeless = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]+/g, '<id>')
    .replace(/\bAROA[0-9A-F]{16,}/g, '<id>')
    .replace(/-(?=[0-9]*[A-Z])[A-Z0-9]{12,13}\b/g, '-<id>')
    .replace(/spot-cur-[0-9a-f]{32}/g, '<token>');
