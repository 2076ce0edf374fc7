import {
  GetCrawlerCommand,
  GetTablesCommand,
  type GlueClient,
  StartCrawlerScheduleCommand,
  StopCrawlerScheduleCommand,
  UpdateCrawlerScheduleCommand,
} from '@aws-sdk/client-glue';
import { type Receipt, receipt } from './receipt.ts';

export interface Crawler {
  readonly name: string;
  readonly database: string;
  /** `s3://…` of each S3 target. */
  readonly targets: readonly string[];
  readonly schedule: string | undefined;
  readonly scheduleState: 'SCHEDULED' | 'NOT_SCHEDULED' | 'TRANSITIONING' | undefined;
  readonly lastCrawl: { readonly status: string; readonly error: string | undefined } | undefined;
  readonly running: boolean;
}

export interface Crawlers {
  find(name: string): Promise<Crawler | undefined>;
  /** Sets the schedule alone: UpdateCrawler would fail while the crawler runs, and the stack has just started it. */
  schedule(name: string, expression: string): Promise<Receipt>;
  /** Turns a schedule on that is set but not in force. */
  startSchedule(name: string): Promise<Receipt>;
  /** Turns a schedule off, which stays set; one that is off already is what was asked for. */
  stopSchedule(name: string): Promise<Receipt>;
  /** Names of the tables in a database; undefined when there is no such database. */
  findTables(database: string): Promise<readonly string[] | undefined>;
}

const missing = (error: unknown) => (error as Error).name === 'EntityNotFoundException';

export const crawlers = (glue: () => GlueClient): Crawlers => ({
  async find(Name) {
    try {
      const { Crawler: seen } = await glue().send(new GetCrawlerCommand({ Name }));
      if (!seen) return undefined;
      return {
        name: seen.Name ?? Name,
        database: seen.DatabaseName ?? '',
        targets: (seen.Targets?.S3Targets ?? []).map((target) => target.Path ?? ''),
        schedule: seen.Schedule?.ScheduleExpression || undefined,
        scheduleState: seen.Schedule?.State,
        lastCrawl: seen.LastCrawl && {
          status: seen.LastCrawl.Status ?? '',
          error: seen.LastCrawl.ErrorMessage || undefined,
        },
        running: seen.State === 'RUNNING' || seen.State === 'STOPPING',
      };
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  },

  async schedule(CrawlerName, Schedule) {
    return receipt(await glue().send(new UpdateCrawlerScheduleCommand({ CrawlerName, Schedule })));
  },

  async startSchedule(CrawlerName) {
    return receipt(await glue().send(new StartCrawlerScheduleCommand({ CrawlerName })));
  },

  async stopSchedule(CrawlerName) {
    try {
      return receipt(await glue().send(new StopCrawlerScheduleCommand({ CrawlerName })));
    } catch (error) {
      const { name, $metadata } = error as Error & { $metadata?: { requestId?: string } };
      if (name !== 'SchedulerNotRunningException') throw error;
      return { requestId: $metadata?.requestId };
    }
  },

  async findTables(DatabaseName) {
    try {
      const { TableList = [] } = await glue().send(new GetTablesCommand({ DatabaseName }));
      return TableList.map((table) => table.Name ?? '');
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  },
});
