import { newStack } from '../services/cloudformation/new-stack.ts';
import { planCreation } from '../services/cloudformation/run/creation.ts';
import { forgetAfter, schedule, stackEntry } from '../services/cloudformation/run/timeline.ts';
import { settleStacks } from '../services/cloudformation/settle.ts';
import { parameterValues } from '../services/cloudformation/template/parameter-values.ts';
import { readTemplate } from '../services/cloudformation/template/read.ts';
import { type OfferedTemplate, offerTemplate } from '../spot.ts';
import type {
  Account,
  Bucket,
  CallFault,
  Denial,
  Report,
  SpotOffer,
  Stack,
  StackFault,
  StackOnFailure,
  World,
} from '../world.ts';

/** The account that every scene is about. */
export const sceneAccount = '111122223333';

/** The hands that prepare a scene, in the account that is to be connected. What they don't reach is plain data: `account`, `world`. */
export interface Stage {
  readonly world: World;
  readonly account: Account;
  /** The simulated time in ms. */
  readonly now: number;

  // What is there already.

  /** A bucket of this account, unless `about` names another owner, with what `about` says. */
  bucket(name: string, about?: Partial<Bucket>): Bucket;
  /** A report with the procedure's settings but for those that are given, made `daysAgo` (3). Its bucket is not made. */
  report(settings?: Readonly<Record<string, unknown>>, daysAgo?: number): Report;
  /** A stack that somebody who may do all created; the account's stackFaults count for it. `ago: 0` leaves it in progress. */
  stack(name: string, template: string, about?: StackAbout): Stack;
  /**
   * Puts a stack into a status that the simulator itself never reaches, such as UPDATE_ROLLBACK_FAILED, or that it is going to be
   * in after `after` ms. Called again with a later `after`, it tells how the stack goes on.
   */
  become(stack: Stack, status: string, about?: { readonly after?: number; readonly reason?: string }): void;

  // Who is asking.

  /** Whoever signs with the account's own key is its root user. */
  root(): void;
  /** Whoever signs with the account's own key has assumed this role, which is there; `path` is like `/msp/`. */
  role(name: string, path?: string): void;
  /** A role that the account's engineer may assume with a code of their MFA device, and not without. */
  roleWithMfa(name: string): void;
  /** The account is a member of somebody else's organization. */
  member(managementAccount?: string): void;
  /** The account is in no organization. */
  standalone(): void;

  // What AWS refuses.

  /** A right that is missing or denied: for calls, and for what CloudFormation does in the caller's name. */
  deny(denial: Denial): void;
  /** The same for several actions that are merely not allowed by the role's own policies. */
  denyAll(actions: readonly string[]): void;
  /** Lifts all denials. */
  allow(): void;
  /** Calls that AWS answers with an error. */
  fail(fault: CallFault): void;
  /** Calls that AWS never answers. */
  silence(operation: string): void;
  /** A resource of the next stack that can't be made, or removed. */
  failStack(fault: StackFault): void;
  /** Lifts all that `fail`, `silence` and `failStack` arranged. */
  relent(): void;
  /** After this many more calls, the session that signs with the account's own key ends. */
  endSession(calls: number): void;
  /** It ends in this many ms, which whoever holds it is told. */
  endSessionIn(ms: number): void;
  /** Lake Formation guards the catalog: only these ARNs may create databases. */
  guardCatalog(administrators?: readonly string[]): void;
  /** AWS's clock is ahead by this many ms, or behind where it is negative. */
  skew(ms: number): void;

  // What Spot sends.

  /** Spot's link leads to this template; of several texts, each read finds the next one. */
  offer(template: string | readonly string[], about?: OfferAbout): void;
  /** The link that Spot sends is this very text. */
  send(link: string): void;
}

export interface StackAbout {
  readonly parameters?: Record<string, string>;
  readonly onFailure?: StackOnFailure;
  /** How long ago it was created, in ms; an hour unless it is given. */
  readonly ago?: number;
}

/** How Spot's offer differs from its usual one. */
export interface OfferAbout extends Omit<OfferedTemplate, 'texts'>, Pick<SpotOffer, 'stackName' | 'parameters'> {
  /** True when the template isn't there any more, and its bucket neither. */
  readonly gone?: boolean;
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
    const stack = newStack(account, { name, now: now - ago });
    stack.template = text;
    stack.parameters = { ...parameters };
    stack.capabilities = ['CAPABILITY_IAM'];
    stack.onFailure = onFailure;
    planCreation(account, stack, { template, parameters: parameterValues(template, parameters), now: now - ago });
    settleStacks(world, now);
    return stack;
  },
  become(stack, status, { after = 0, reason } = {}) {
    settleStacks(world, now);
    if (after <= 0) forgetAfter(stack, now);
    schedule(stack, [stackEntry(stack, now + after, status, reason === undefined ? {} : { reason })]);
  },

  root() {
    account.root = true;
  },
  role(name, path = '/') {
    account.role = { name, path };
    if (!account.roles.some((role) => role.name === name)) {
      account.roles.push({ name, path, created: now - 30 * day, trust: {} });
    }
  },
  roleWithMfa(name) {
    const trust = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account.id}:user/engineer` },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    };
    account.roles.push({ name, path: '/', created: now - 30 * day, trust });
  },
  member(managementAccount = '444455556666') {
    account.organization = { id: `o-${managementAccount.slice(-10)}`, managementAccount };
  },
  standalone() {
    delete account.organization;
  },

  deny(denial) {
    account.denials = [...(account.denials ?? []), denial];
  },
  denyAll(actions) {
    account.denials = [...(account.denials ?? []), ...actions.map((action) => ({ action }))];
  },
  allow() {
    delete account.denials;
  },
  fail(fault) {
    account.callFaults = [...(account.callFaults ?? []), { ...fault }];
  },
  silence(operation) {
    world.faults.push({ operation, kind: 'hang-before', after: 0, times: 1_000 });
  },
  failStack(fault) {
    account.stackFaults = [...(account.stackFaults ?? []), fault];
  },
  relent() {
    world.faults.splice(0);
    delete account.callFaults;
    delete account.stackFaults;
  },
  endSession(calls) {
    account.sessionEnd = { calls };
  },
  endSessionIn(ms) {
    account.sessionEnd = { until: now + ms };
  },
  guardCatalog(administrators = []) {
    account.lakeFormation = { administrators };
  },
  skew(ms) {
    account.skew = ms;
  },

  offer(template, { gone = false, stackName, parameters, ...where } = {}) {
    const texts = typeof template === 'string' ? [template] : template;
    const templateUrl = gone
      ? 'https://spot-connect-gone.s3.us-east-1.amazonaws.com/extractor/spot-extractor.yaml'
      : offerTemplate(world, account.id, { ...where, texts }, now);
    account.spotOffer = { templateUrl, ...(stackName && { stackName }), ...(parameters && { parameters }) };
  },
  send(link) {
    account.spotOffer = { link };
  },
});
