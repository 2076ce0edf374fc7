import { changeCrawlerFile, crawlerDatabase, crawlerName, delivered } from './connected.ts';
import type { Scene } from './scene.ts';
import { procedureName } from './stage.ts';

/** What the crawler's stack fails of, or would. */
export const stackFailures: readonly Scene[] = [
  {
    name: 'concurrency-low',
    title: 'The account may run ten Lambda executions at once, and the crawler stack wants to reserve two.',
    arrange({ account }) {
      account.concurrency = 10;
    },
    mend: {
      told: 'AWS raises the limit to 1,000.',
      apply({ account }) {
        delete account.concurrency;
      },
    },
  },
  {
    name: 'runtime-retired',
    title: 'The crawler file that AWS delivered names a Lambda runtime that AWS has retired since.',
    arrange(stage) {
      delivered(stage);
      changeCrawlerFile(stage, (text) => text.replaceAll('nodejs22.x', 'nodejs14.x'));
    },
    mend: {
      told: 'Somebody deletes the file, and the next delivery brings a fresh one.',
      apply: (stage) => changeCrawlerFile(stage, (text) => text.replaceAll('nodejs14.x', 'nodejs22.x')),
    },
  },
  {
    name: 'lake-formation',
    title: 'Lake Formation guards the data catalog, and the role may not create databases in it.',
    arrange: (stage) => stage.guardCatalog(),
    mend: {
      told: 'An administrator of Lake Formation grants "Create database" to the role.',
      apply({ account }) {
        delete account.lakeFormation;
      },
    },
  },
  {
    name: 'crawler-exists',
    title: 'A Glue crawler of the name that the crawler stack wants exists already, outside any stack.',
    arrange({ account, now }) {
      account.crawlers.push({
        name: crawlerName,
        database: 'somebody_elses',
        role: 'SomebodyElsesCrawler',
        targets: [{ path: `s3://${procedureName}/`, exclusions: [] }],
        created: now - 3_600_000,
      });
    },
    mend: {
      told: 'Nobody needs that crawler, and somebody deletes it.',
      apply({ account }) {
        account.crawlers.splice(0);
      },
    },
  },
  {
    name: 'database-exists',
    title: 'A Glue database of the name that the crawler stack wants exists already.',
    arrange({ account, now }) {
      account.databases.push({ name: crawlerDatabase, created: now - 3_600_000 });
    },
    mend: {
      told: 'Nobody needs that database, and somebody deletes it.',
      apply({ account }) {
        account.databases.splice(0);
      },
    },
  },
  {
    name: 'role-not-assumable',
    title: 'The first new IAM role of the crawler stack is not visible everywhere in time.',
    arrange: (stage) =>
      stage.failStack({
        logicalId: 'AWSStartCURCrawler',
        reason: "Service is unable to assume provided role. Please verify role's TrustPolicy",
      }),
  },
  {
    name: 'stack-denied',
    title: 'The role may create the crawler stack, but not the IAM roles in it.',
    arrange: (stage) =>
      stage.failStack({
        logicalId: 'AWSCURCrawlerComponentFunction',
        reason:
          'API: iam:CreateRole User: arn:aws:iam::111122223333:user/engineer is not authorized to perform: iam:CreateRole',
      }),
    mend: { told: "The action is allowed by the role's policy." },
  },
];
