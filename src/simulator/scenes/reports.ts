import { settleDeliveries } from '../delivery.ts';
import { delivered } from './connected.ts';
import { deliveryPolicy } from './policies.ts';
import type { Mend, Scene } from './scene.ts';
import { procedureName, type Stage, sceneAccount } from './stage.ts';

const otherName = `${procedureName}-${sceneAccount}`;

/** What a person types who follows the advice. */
const takesTheOtherName: Mend = {
  told: 'The customer keeps that report, and another one is made under the name that is proposed.',
  flags: { bucket: otherName },
};

/** A report of the procedure's name with other settings, which delivers for somebody who reads it. */
const readBySomebody = (stage: Stage, settings: Readonly<Record<string, unknown>>): void => {
  stage.bucket(procedureName, { policy: deliveryPolicy() });
  stage.report(settings);
};

/** Reports of other tools, a month old. */
const ofOtherTools = (stage: Stage, count: number): void => {
  stage.bucket('finops-exports');
  for (let number = 1; number <= count; number += 1) {
    stage.report({ ReportName: `finops-${number}`, S3Bucket: 'finops-exports', TimeUnit: 'DAILY' }, 30);
  }
};

/** Reports that are there before the procedure begins, or that go while it lasts. */
export const reports: readonly Scene[] = [
  {
    name: 'report-fits',
    title: "Somebody has made the procedure's report already, and AWS delivers it.",
    arrange: (stage) => void delivered(stage),
  },
  {
    name: 'report-differs',
    title: 'A report of the same name is there, daily and as text, which others read.',
    arrange: (stage) =>
      readBySomebody(stage, {
        TimeUnit: 'DAILY',
        Format: 'textORcsv',
        Compression: 'GZIP',
        AdditionalArtifacts: [],
        ReportVersioning: 'CREATE_NEW_REPORT',
      }),
    mend: takesTheOtherName,
  },
  {
    name: 'report-without-athena',
    title: 'A report of the same name is there, without the integration with Athena.',
    arrange: (stage) => readBySomebody(stage, { AdditionalArtifacts: [] }),
    mend: takesTheOtherName,
  },
  {
    name: 'report-without-resources',
    title: 'A report of the same name is there, without resource ids.',
    arrange: (stage) => readBySomebody(stage, { AdditionalSchemaElements: [] }),
    mend: takesTheOtherName,
  },
  {
    name: 'report-of-a-view',
    title: 'A report of the same name is there, of a billing view that leaves costs out.',
    arrange: (stage) =>
      readBySomebody(stage, { BillingViewArn: `arn:aws:billing::${sceneAccount}:billingview/custom-7f31` }),
    mend: takesTheOtherName,
  },
  {
    name: 'report-elsewhere',
    title: 'The report is there and fits, but in a bucket and under a prefix of other names.',
    arrange: (stage) => {
      stage.bucket('acme-billing', { policy: deliveryPolicy().replaceAll(`:::${procedureName}`, ':::acme-billing') });
      stage.report({ S3Bucket: 'acme-billing', S3Prefix: 'cur/spot' });
      settleDeliveries(stage.world, stage.now);
    },
    mend: {
      told: 'The report is used where it is, by the command that is proposed.',
      flags: { 'report-name': procedureName, bucket: 'acme-billing', prefix: 'cur/spot' },
    },
  },
  {
    name: 'report-beside',
    title: 'A report of another name fits as well, and could be used.',
    arrange: (stage) => {
      stage.bucket('acme-billing', { policy: deliveryPolicy().replaceAll(`:::${procedureName}`, ':::acme-billing') });
      stage.report({ ReportName: 'finops-cur', S3Bucket: 'acme-billing', S3Prefix: 'cur' });
    },
  },
  {
    name: 'report-refresh-off',
    title: 'The report is there and fits, but for the refresh of closed months.',
    arrange: (stage) => readBySomebody(stage, { RefreshClosedReports: false }),
  },
  {
    name: 'report-limit',
    title: 'The account has as many reports as AWS allows.',
    arrange: (stage) => ofOtherTools(stage, 10),
    mend: {
      told: 'Somebody deletes a report that nobody needs.',
      apply: ({ account }) => void account.reports.pop(),
    },
  },
  {
    name: 'many-reports',
    title: "The account has a dozen reports, the procedure's own on AWS's third page.",
    arrange: (stage) => {
      ofOtherTools(stage, 11);
      delivered(stage);
    },
  },
  {
    name: 'report-raced',
    title: 'Somebody else makes the same report at the same time.',
    arrange: (stage) => {
      const { account, now } = stage;
      stage.bucket(procedureName, { policy: deliveryPolicy() });
      const { definition, created } = stage.report({}, 0);
      // Theirs is there before ours, and AWS begins to show it only then.
      account.reports.splice(0, account.reports.length, { definition, created, shown: now + 60_000 });
    },
  },
  {
    name: 'report-gone',
    title: 'The report has been deleted, and its data is still there.',
    arrange: (stage) => {
      delivered(stage);
      stage.account.reports.splice(0);
    },
  },
  {
    name: 'delivery-refused',
    title: 'The report is there, and its bucket does not let AWS deliver.',
    arrange: (stage) => {
      stage.bucket(procedureName);
      stage.report();
    },
  },
  {
    name: 'delivery-no-bucket',
    title: 'The report is there, and its bucket has been deleted.',
    arrange: (stage) => void stage.report(),
  },
];
