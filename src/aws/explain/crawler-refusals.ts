import { howCrawlerStands, howStackStands, type Refusal, region } from './refusal.ts';

/** What refuses a crawler. */
export const crawlerRefusals: readonly Refusal[] = [
  {
    code: /^CrawlerRunningException$/,
    text: 'The crawler is running, and can not be changed meanwhile',
    advice: (trouble) => ['A crawl takes about a minute. Then go on: spot-cur resume', howCrawlerStands(trouble)],
  },
  {
    code: /^SchedulerTransitioningException$/,
    text: "The crawler's schedule is being changed this very moment",
    advice: (trouble) => ['That passes within a minute. Then go on: spot-cur resume', howCrawlerStands(trouble)],
  },
  {
    code: /^VersionMismatchException$/,
    text: 'Somebody else has changed the crawler this very moment',
    advice: (trouble) => [howCrawlerStands(trouble), 'The next run looks anew: spot-cur resume'],
  },
  {
    of: /^glue:/,
    code: /^EntityNotFoundException$/,
    text: 'Glue has no such crawler, database or table (any more)',
    advice: () => [
      `The crawlers that there are: aws glue list-crawlers ${region}`,
      'The next run looks what became of the stack that made it: spot-cur resume',
    ],
  },
  {
    of: /^glue:/,
    code: /^InvalidInputException$/,
    text: 'Glue does not take this',
    advice: (trouble) => [howCrawlerStands(trouble), 'What can be seen of the account: spot-cur doctor'],
  },
  {
    code: /^(AlreadyExistsException|EntityAlreadyExists(Exception)?|ResourceConflictException)$/,
    text: 'There is one of this name already',
    advice: (trouble) => [
      trouble.error.$call?.action.startsWith('glue:') ? howCrawlerStands(trouble) : howStackStands(trouble),
      'The next run looks whose it is, and adopts it if it fits: spot-cur resume',
    ],
  },
];
