import { changeCrawlerFile, crawled, delivered } from './connected.ts';
import type { Scene } from './scene.ts';
import { procedureName, sceneAccount } from './stage.ts';

const notification = (id: string, prefix?: string): string => {
  const rule = `<Filter><S3Key><FilterRule><Name>prefix</Name><Value>${prefix}</Value></FilterRule></S3Key></Filter>`;
  return `<QueueConfiguration><Id>${id}</Id><Queue>arn:aws:sqs:us-east-1:${sceneAccount}:${id}</Queue><Event>s3:ObjectCreated:*</Event>${prefix === undefined ? '' : rule}</QueueConfiguration>`;
};

/** What lies around the crawler's stack: notifications, schedule, file, data. */
export const crawlerSurroundings: readonly Scene[] = [
  {
    name: 'notifications-foreign',
    title: "The report's bucket tells a queue of somebody else's when objects come in below another prefix.",
    arrange(stage) {
      delivered(stage).notifications = notification('uploads', 'uploads/');
    },
    mend: {
      told: 'It may be replaced for the while, and is put back once the crawler stack stands.',
      flags: { 'accept-notification': ['uploads'], 'restore-notifications': 'true' },
    },
  },
  {
    name: 'notifications-clash',
    title: "The report's bucket tells a queue of somebody else's of all objects, those of the report among them.",
    arrange(stage) {
      delivered(stage).notifications = notification('everything');
    },
    mend: { told: 'Nobody needs it any more.', flags: { 'accept-notification': ['everything'] } },
  },
  {
    name: 'crawler-scheduled-otherwise',
    title: 'The crawler stack stands, and somebody has given its crawler another schedule and turned it off.',
    arrange(stage) {
      const { crawler } = crawled(stage);
      crawler.schedule = { expression: 'cron(30 9 ? * MON *)', state: 'NOT_SCHEDULED', changed: stage.now };
    },
  },
  {
    name: 'crawler-changed',
    title: 'The crawler stack stands, and somebody has had its crawler read something else.',
    arrange(stage) {
      const { crawler } = crawled(stage);
      const { crawlers } = stage.account;
      crawlers[crawlers.indexOf(crawler)] = {
        ...crawler,
        targets: [{ path: `s3://${procedureName}/elsewhere/`, exclusions: [] }],
        database: 'somebody_elses',
      };
    },
    mend: {
      told: 'Whoever changed it has it read the report again.',
      apply({ account }) {
        const [crawler] = account.crawlers;
        if (!crawler) return;
        const path = `s3://${procedureName}/spotinst_eco/${procedureName}/${procedureName}/`;
        account.crawlers[0] = {
          ...crawler,
          targets: [{ path, exclusions: [] }],
          database: 'athenacurcfn_spotinst_cur_report',
        };
      },
    },
  },
  {
    name: 'crawler-file-dated',
    title: "AWS has put the crawler file below the month's folder, as one of its pages says.",
    arrange(stage) {
      delivered(stage);
      const folder = `spotinst_eco/${procedureName}`;
      changeCrawlerFile(stage, (text) => text, `${folder}/20261101-20261201/crawler-cfn.yml`);
    },
  },
  {
    name: 'crawl-before-data',
    title: 'The crawler stack stands, and its crawler ran before there was any data.',
    arrange(stage) {
      const { crawler } = crawled(stage);
      crawler.lastCrawl = { started: stage.now - 3_500_000, status: 'SUCCEEDED' };
      delete crawler.crawlStarted;
      stage.account.tables.splice(0);
    },
  },
];
