import type { World } from '../../../src/simulator/world.ts';

/** What happened to be asked and by whom, which another run does otherwise, and what is made at random. */
const incidental = new Set(['calls', 'sessions', 'eventId']);
/** Times; of some names there are other things too, such as whether a resource is created. */
const times = new Set([
  ...['at', 'created', 'modified', 'first', 'changed', 'started', 'crawlStarted', 'executed', 'deleted'],
  ...['attempted', 'delivered'],
]);

/** A world without its times, its random ids and its call log: two of them are equal when the same things stand in them. */
export const comparable = (world: World): unknown =>
  JSON.parse(
    JSON.stringify(world, (key, value) => {
      if (incidental.has(key) || (times.has(key) && typeof value === 'number')) return undefined;
      return key === 'content' ? withoutChance(Buffer.from(value, 'base64').toString('latin1')) : value;
    }).replace(/"(?:[^"\\]|\\.)*"/g, withoutChance),
  );

/** A text without what is random or a time in it. */
export const withoutChance = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/spot-cur-[0-9a-f]{32}/g, '<token>')
    .replace(/\b\d{13}\b/g, '<ms>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}/g, '<log stream>')
    .replace(/\bAROA[0-9A-Z]{17}\b/g, '<role id>')
    .replace(/-[0-9A-Z]{12,13}\b/g, '-<suffix>');
