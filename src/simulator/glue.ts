/** Glue's part of the world. All times are ms since the epoch, UTC. */

export interface GlueDatabase {
  readonly name: string;
  readonly created: number;
}

export interface GlueTable {
  readonly database: string;
  readonly name: string;
  readonly created: number;
}

export interface GlueCrawler {
  readonly name: string;
  readonly database: string;
  readonly role: string;
  /** `s3://bucket/path` of each S3 target, with its exclusions. */
  readonly targets: readonly { readonly path: string; readonly exclusions: readonly string[] }[];
  readonly created: number;
  schedule?: { expression: string; state: 'SCHEDULED' | 'NOT_SCHEDULED'; changed: number };
  /** When the crawl that runs now began; its end is derived, and then it becomes `lastCrawl`. */
  crawlStarted?: number;
  lastCrawl?: {
    readonly started: number;
    readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
    readonly message?: string;
  };
}
