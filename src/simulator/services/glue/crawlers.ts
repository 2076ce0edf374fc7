import { type JsonInput, jsonOperation, neededText, text } from '../../json.ts';
import { type Context, type Operation, ServiceError } from '../../service.ts';
import type { GlueCrawler } from '../../world.ts';
import { isRecord, list } from '../s3/policy.ts';
import { CRAWL_MS } from './crawls.ts';
import { checkSchedule } from './schedule.ts';

/** Crawlers: CloudFormation makes them; here they are read, started, changed and deleted. */
export const crawlerOperations: Readonly<Record<string, Operation>> = {
  GetCrawler: jsonOperation(false, (context, input) => ({ Crawler: shown(crawlerOf(context, input), context.now) })),
  GetCrawlers: jsonOperation(false, ({ account, now }) => ({
    Crawlers: account.crawlers.map((crawler) => shown(crawler, now)),
  })),
  ListCrawlers: jsonOperation(false, ({ account }) => ({ CrawlerNames: account.crawlers.map(({ name }) => name) })),

  StartCrawler: jsonOperation(true, (context, input) => {
    const crawler = idleCrawler(context, input);
    crawler.crawlStarted = context.now;
    return {};
  }),
  UpdateCrawler: jsonOperation(true, (context, input) => {
    const crawler = idleCrawler(context, input);
    const crawlers = context.account.crawlers;
    const schedule = text(input, 'Schedule');
    const changed: GlueCrawler = {
      ...crawler,
      database: text(input, 'DatabaseName') ?? crawler.database,
      role: text(input, 'Role') ?? crawler.role,
      targets: targetsOf(input) ?? crawler.targets,
    };
    if (schedule !== undefined) setSchedule(changed, schedule, context.now);
    crawlers[crawlers.indexOf(crawler)] = changed;
    return {};
  }),
  DeleteCrawler: jsonOperation(true, (context, input) => {
    const crawler = idleCrawler(context, input);
    context.account.crawlers.splice(context.account.crawlers.indexOf(crawler), 1);
    return {};
  }),

  UpdateCrawlerSchedule: jsonOperation(true, (context, input) => {
    setSchedule(crawlerOf(context, input, 'CrawlerName'), text(input, 'Schedule') ?? '', context.now);
    return {};
  }),
  StartCrawlerSchedule: jsonOperation(true, (context, input) => switchSchedule(context, input, 'SCHEDULED')),
  StopCrawlerSchedule: jsonOperation(true, (context, input) => switchSchedule(context, input, 'NOT_SCHEDULED')),
};

const crawlerOf = ({ account }: Context, input: JsonInput, field = 'Name'): GlueCrawler => {
  const name = neededText(input, field);
  const found = account.crawlers.find((crawler) => crawler.name === name);
  if (found) return found;
  throw new ServiceError('EntityNotFoundException', `Crawler entry with name ${name} does not exist`);
};

const idleCrawler = (context: Context, input: JsonInput): GlueCrawler => {
  const crawler = crawlerOf(context, input);
  if (crawler.crawlStarted === undefined) return crawler;
  throw new ServiceError('CrawlerRunningException', `Crawler with name ${crawler.name} has already started`);
};

/** An empty expression takes the schedule away; the first one is on at once; one that was stopped stays stopped. */
const setSchedule = (crawler: GlueCrawler, expression: string, now: number): void => {
  if (expression === '') {
    delete crawler.schedule;
    return;
  }
  checkSchedule(expression);
  if (crawler.schedule?.expression === expression) return;
  crawler.schedule = { expression, state: crawler.schedule?.state ?? 'SCHEDULED', changed: now };
};

const switchSchedule = (context: Context, input: JsonInput, state: 'SCHEDULED' | 'NOT_SCHEDULED') => {
  const { schedule, name } = crawlerOf(context, input, 'CrawlerName');
  if (!schedule) throw new ServiceError('NoScheduleException', `Crawler with name ${name} has no schedule`);
  if (schedule.state === state) {
    const code = state === 'SCHEDULED' ? 'SchedulerRunningException' : 'SchedulerNotRunningException';
    throw new ServiceError(code, `The schedule of the crawler ${name} is already ${state}`);
  }
  schedule.state = state;
  schedule.changed = context.now;
  return {};
};

const targetsOf = (input: JsonInput): GlueCrawler['targets'] | undefined => {
  if (!isRecord(input.Targets)) return undefined;
  return list(input.Targets.S3Targets)
    .filter(isRecord)
    .map(({ Path, Exclusions }) => ({ path: String(Path), exclusions: list(Exclusions).map(String) }));
};

const shown = (crawler: GlueCrawler, now: number): Readonly<Record<string, unknown>> => {
  const { schedule, lastCrawl, crawlStarted, targets } = crawler;
  const logs = { LogGroup: '/aws-glue/crawlers', LogStream: crawler.name, MessagePrefix: crawler.name };
  return {
    Name: crawler.name,
    Role: crawler.role.split('/').at(-1),
    Targets: { S3Targets: targets.map(({ path, exclusions }) => ({ Path: path, Exclusions: exclusions })) },
    DatabaseName: crawler.database,
    Classifiers: [],
    SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DELETE_FROM_DATABASE' },
    State: crawlStarted === undefined ? 'READY' : 'RUNNING',
    CrawlElapsedTime: crawlStarted === undefined ? 0 : Math.min(now - crawlStarted, CRAWL_MS),
    CreationTime: crawler.created / 1000,
    LastUpdated: (schedule?.changed ?? crawler.created) / 1000,
    Version: 1,
    ...(schedule && { Schedule: { ScheduleExpression: schedule.expression, State: schedule.state } }),
    ...(lastCrawl && {
      LastCrawl: {
        Status: lastCrawl.status,
        StartTime: lastCrawl.started / 1000,
        ...(lastCrawl.message && { ErrorMessage: lastCrawl.message }),
        ...logs,
      },
    }),
  };
};
