import { stageFor } from '../../../src/simulator/scenes/stage.ts';
import { crawlerTemplate } from '../../../src/simulator/templates/crawler.ts';
import { accountOf, type Bucket, type World } from '../../../src/simulator/world.ts';
import { acme } from '../../support/simulated-aws.ts';
import { answers } from '../../support/spot-cur.ts';

const hour = 3_600_000;

/** One command of the journey, and how much time passes before it, in ms. */
export interface Leg {
  readonly name: string;
  readonly after: number;
  /** What is typed; Spot's link is known to the last leg only. */
  words(link: string): readonly string[];
}

/** A way from nothing to ready, through an account in which others have things too. */
export interface Journey {
  readonly name: string;
  /** What is in the account before anything else. */
  arrange(world: World, now: number): void;
  readonly legs: readonly Leg[];
}

/** What the same commands say in every journey. */
const legs = (setup: readonly string[], resume: readonly string[]): readonly Leg[] => [
  { name: 'setup', after: 0, words: () => ['setup', 'acme', '--yes', ...answers, ...setup] },
  { name: 'resume', after: 25 * hour, words: () => ['resume', 'acme', '--yes', ...resume] },
  { name: 'resume --sent', after: hour, words: () => ['resume', 'acme', '--yes', '--sent'] },
  { name: 'resume --link', after: 49 * hour, words: (link) => ['resume', 'acme', '--yes', '--link', link] },
];

/** Another team's bucket, report, and crawler stack: with all that spot-cur makes, and none of its business. */
const foreign = (world: World, now: number) => {
  const stage = stageFor(world, accountOf(world, acme), now);
  const place = { bucket: 'finance-reports', name: 'finance', folder: 'cur/finance' };
  stage.bucket(place.bucket, { policy: statementOf(place.bucket) });
  stage.report({ ReportName: place.name, S3Bucket: place.bucket, S3Prefix: 'cur' });
  stage.stack('FinanceCrawler', crawlerTemplate(place));
  return stage;
};

const statementOf = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'FinanceReads',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${acme}:role/finance` },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });

/** Everything is made. */
export const fresh: Journey = {
  name: 'a new account',
  arrange: (world, now) => void foreign(world, now),
  legs: legs([], []),
};

/** The bucket is there, with a statement and a notification of others. */
export const adopting: Journey = {
  name: 'a bucket that is there',
  arrange: (world, now) => {
    const bucket: Bucket = foreign(world, now).bucket('acme-billing', { policy: statementOf('acme-billing') });
    bucket.notifications = [
      '<QueueConfiguration><Id>finance</Id>',
      `<Queue>arn:aws:sqs:us-east-1:${acme}:finance</Queue><Event>s3:ObjectCreated:*</Event>`,
      '</QueueConfiguration>',
    ].join('');
  },
  legs: legs(['--bucket', 'acme-billing'], ['--accept-notification', 'finance']),
};
