import { snakeCase } from '../../templates/crawler.ts';
import type { Account, GlueCrawler, World } from '../../world.ts';
import { bucketNamed } from '../s3/store.ts';
import { lastRun } from './schedule.ts';

/** A crawl's duration; a real one takes about a minute. */
export const CRAWL_MS = 4000;

/** Brings all crawls up to `now` (ms): ends those that are over, makes those that the schedule asked for. */
export const settleCrawls = (world: World, now: number): void => {
  for (const account of Object.values(world.accounts)) {
    for (const crawler of account.crawlers) {
      endCrawl(world, account, crawler, now);
      const due = dueSince(crawler, now);
      if (due === undefined || crawler.crawlStarted !== undefined) continue;
      crawler.crawlStarted = due;
      endCrawl(world, account, crawler, now);
    }
  }
};

/** The newest scheduled run that has not been made, in ms. */
const dueSince = ({ schedule, lastCrawl }: GlueCrawler, now: number): number | undefined => {
  if (schedule?.state !== 'SCHEDULED') return undefined;
  const due = lastRun(schedule.expression, now);
  const after = Math.max(schedule.changed, lastCrawl?.started ?? 0);
  return due !== undefined && due > after ? due : undefined;
};

const endCrawl = (world: World, account: Account, crawler: GlueCrawler, now: number): void => {
  const started = crawler.crawlStarted;
  if (started === undefined || started + CRAWL_MS > now) return;
  delete crawler.crawlStarted;
  const ended = started + CRAWL_MS;
  for (const { path } of crawler.targets) {
    const [, name = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    const bucket = bucketNamed(world, name);
    if (!bucket) {
      const message = `The specified bucket does not exist (Service: Amazon S3; bucket: ${name})`;
      crawler.lastCrawl = { started, status: 'FAILED', message };
      return;
    }
    const arrived = Object.entries(bucket.objects).some(
      ([key, { first, modified }]) => key.startsWith(prefix) && (first ?? modified) <= ended,
    );
    if (arrived) addTable(account, crawler.database, tableName(prefix), ended);
  }
  crawler.lastCrawl = { started, status: 'SUCCEEDED' };
};

/** A table is called as the folder that holds its data. */
const tableName = (prefix: string): string => snakeCase(prefix.split('/').filter(Boolean).at(-1) ?? 'table');

const addTable = (account: Account, database: string, name: string, created: number): void => {
  if (account.tables.some((table) => table.database === database && table.name === name)) return;
  account.tables.push({ database, name, created });
};
