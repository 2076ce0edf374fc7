import type { Crawler } from '../../aws/crawlers.ts';
import { quoted } from '../../text.ts';
import { type CrawlerTemplate, crawls } from './crawler-template.ts';
import type { Settings } from './settings.ts';

/** A field of something that stands: what it is, and what it has to be. */
export interface Difference {
  readonly field: string;
  readonly is: string;
  readonly hasToBe: string;
}

/** What the crawler reads and writes otherwise than this report needs; its schedule can be changed in place and is none of it. */
export const crawlerDifferences = (
  crawler: Crawler,
  { database }: Pick<CrawlerTemplate, 'database'>,
  settings: Settings,
): readonly Difference[] => [
  ...(crawls(crawler.targets, settings)
    ? []
    : [
        {
          field: 'S3 targets',
          is: crawler.targets.map((path) => quoted(path, 200)).join(', ') || '(none)',
          hasToBe: quoted(crawledFolder(settings), 200),
        },
      ]),
  ...(database !== undefined && crawler.database.toLowerCase() !== database.toLowerCase()
    ? [{ field: 'database', is: quoted(crawler.database), hasToBe: quoted(database) }]
    : []),
];

/** Where a report's data lies (aws-facts §5). */
export const crawledFolder = ({
  bucket,
  prefix,
  reportName,
}: Pick<Settings, 'bucket' | 'prefix' | 'reportName'>): string =>
  `s3://${bucket}/${prefix}/${reportName}/${reportName}/`;
