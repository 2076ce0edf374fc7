import { newStack } from '../services/cloudformation/new-stack.ts';
import { planCreation } from '../services/cloudformation/run/creation.ts';
import { settleStacks } from '../services/cloudformation/settle.ts';
import { parameterValues } from '../services/cloudformation/template/parameter-values.ts';
import { readTemplate } from '../services/cloudformation/template/read.ts';
import type { Account, Bucket, CallFault, Denial, Report, Stack, StackOnFailure, World } from '../world.ts';

/** The hands that prepare a scene, in the account that is to be connected. */
export interface Stage {
  readonly world: World;
  readonly account: Account;
  /** The simulated time in ms. */
  readonly now: number;
  /** A bucket of this account, unless `about` names another owner, with what `about` says. */
  bucket(name: string, about?: Partial<Bucket>): Bucket;
  /** A report with the procedure's settings but for those that are given, made `daysAgo` (3). Its bucket is not made. */
  report(settings?: Readonly<Record<string, unknown>>, daysAgo?: number): Report;
  /** A stack that somebody created an hour ago; the account's stackFaults count for it. */
  stack(name: string, template: string, about?: StackAbout): Stack;
  deny(denial: Denial): void;
  fail(fault: CallFault): void;
}

export interface StackAbout {
  readonly parameters?: Record<string, string>;
  readonly onFailure?: StackOnFailure;
  /** How long ago it was created, in ms; an hour unless it is given. */
  readonly ago?: number;
}

const hour = 3_600_000;
const day = 24 * hour;

/** What the procedure has report and bucket called, and the settings that it asks for. */
export const procedureName = 'spotinst-cur-report';
const procedureSettings = {
  ReportName: procedureName,
  TimeUnit: 'HOURLY',
  Format: 'Parquet',
  Compression: 'Parquet',
  AdditionalSchemaElements: ['RESOURCES'],
  S3Bucket: procedureName,
  S3Prefix: 'spotinst_eco',
  S3Region: 'us-east-1',
  AdditionalArtifacts: ['ATHENA'],
  RefreshClosedReports: true,
  ReportVersioning: 'OVERWRITE_REPORT',
};

export const stageFor = (world: World, account: Account, now: number): Stage => ({
  world,
  account,
  now,
  bucket(name, about = {}) {
    const bucket: Bucket = {
      name,
      owner: account.id,
      region: 'us-east-1',
      created: now - 30 * day,
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      objects: {},
      ...about,
    };
    world.buckets[name] = bucket;
    return bucket;
  },
  report(settings = {}, daysAgo = 3) {
    const report = { definition: { ...procedureSettings, ...settings }, created: now - daysAgo * day };
    account.reports.push(report);
    return report;
  },
  stack(name, text, { parameters = {}, onFailure = 'ROLLBACK', ago = hour } = {}) {
    const template = readTemplate(text);
    const stack = newStack(account, name, now - ago);
    stack.template = text;
    stack.parameters = { ...parameters };
    stack.capabilities = ['CAPABILITY_IAM'];
    stack.onFailure = onFailure;
    planCreation(account, stack, { template, parameters: parameterValues(template, parameters), now: now - ago });
    settleStacks(world, now);
    return stack;
  },
  deny(denial) {
    account.denials = [...(account.denials ?? []), denial];
  },
  fail(fault) {
    account.callFaults = [...(account.callFaults ?? []), { ...fault }];
  },
});
