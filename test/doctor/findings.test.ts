import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/aws/permissions.ts';
import { accountFindings } from '../../src/doctor/account.ts';
import { concurrencyFinding, guardFinding, notificationFinding } from '../../src/doctor/crawler.ts';
import { credentialFindings } from '../../src/doctor/credentials.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { forewarning } from '../../src/doctor/for-setup.ts';
import { glueFindings, type SeenGlueNames } from '../../src/doctor/glue-names.ts';
import type { Sight } from '../../src/doctor/looks.ts';
import { permissionFindings } from '../../src/doctor/permissions.ts';
import type { AskedGrant } from '../../src/doctor/rights.ts';
import { stackFindings } from '../../src/doctor/stacks.ts';
import type { Subject } from '../../src/doctor/subject.ts';
import type { Phase } from '../../src/policy/grant.ts';

const account = '111122223333';
const subject: Subject = {
  customer: 'acme',
  saved: false,
  caller: { account, arn: `arn:aws:iam::${account}:user/engineer` },
  answers: {},
  notes: {},
  provenance: {},
  renews: false,
  renewal: ['Sign in again: aws sso login'],
  region: undefined,
};
const names = {
  bucket: 'spotinst-cur-report',
  reportName: 'spotinst-cur-report',
  prefix: 'spotinst_eco',
  stackName: 'SpotEcoStack',
  extractorStackName: 'SpotExtractor',
  apart: false,
  settled: true,
};
const known = <T>(value: T): Sight<T> => ({ known: true, value });
const denied = { known: false, reason: 'AWS denied it.', denied: true } as const;
const levels = (findings: readonly Finding[]) => Object.fromEntries(findings.map(({ id, level }) => [id, level]));

const now = Date.UTC(2026, 10, 23, 9);
const minute = 60_000;

describe('credentials', () => {
  const of = (about: Partial<Subject>, expiry: Sight<number | undefined> = known(undefined), ahead = 0) =>
    credentialFindings({ ...subject, ...about }, { expiry, ahead, now });

  test.each([
    ['no end', known(undefined), {}, 'ok'],
    ['half an hour', known(now + 30 * minute), {}, 'ok'],
    ['29 minutes', known(now + 29 * minute), {}, 'warning'],
    ['gone', known(now - minute), {}, 'warning'],
    ['29 minutes of a role that is assumed anew', known(now + 29 * minute), { renews: true }, 'ok'],
    ['not to be seen', denied, {}, 'warning'],
  ])('%s', (_, expiry, about, level) => {
    expect(levels(of(about, expiry)).expiry).toBe(level);
  });

  test('the command that renews them is shown', () => {
    const finding = of({}, known(now + minute)).find(({ id }) => id === 'expiry');
    expect(finding?.advice).toEqual(['Sign in again: aws sso login']);
  });

  test.each([
    [0, 'ok', 'agrees'],
    [5 * minute, 'ok', 'agrees'],
    [-5 * minute, 'ok', 'agrees'],
    [6 * minute, 'warning', "6 minutes behind AWS's"],
    [-26 * 60 * minute, 'warning', "26 hours ahead of AWS's"],
  ])('a clock that is %i ms off', (ahead, level, words) => {
    const finding = of({}, known(undefined), ahead).find(({ id }) => id === 'clock');
    expect(finding).toMatchObject({ level, title: expect.stringContaining(words) });
  });

  test.each([
    ['arn:aws:iam::111122223333:user/a', 'ok'],
    ['arn:aws-cn:iam::111122223333:user/a', 'problem'],
    ['arn:aws-us-gov:sts::111122223333:assumed-role/a/b', 'problem'],
  ])('%s', (arn, level) => {
    expect(levels(of({ caller: { account, arn } })).partition).toBe(level);
  });

  test('another region is a note', () => {
    expect(of({ region: 'eu-west-1' }).find(({ id }) => id === 'region')).toMatchObject({
      level: 'ok',
      title: expect.stringContaining('eu-west-1 does not count'),
    });
  });
});

describe('the account', () => {
  const payer = (organization: Parameters<typeof accountFindings>[1]['organization'], transfer = known(undefined)) => ({
    organization,
    transfer: transfer as Parameters<typeof accountFindings>[1]['transfer'],
  });

  test.each([
    ['management', known({ id: 'o-1', managementAccount: account }), {}, 'ok'],
    ['member', known({ id: 'o-1', managementAccount: '444455556666' }), {}, 'problem'],
    ['standalone', known(undefined), {}, 'ok'],
    ['unseen', denied, {}, 'warning'],
    ['vouched for', denied, { account }, 'ok'],
    ['vouched for as another', denied, { account: '444455556666' }, 'warning'],
  ])('%s', (_, organization, answers, level) => {
    expect(levels(accountFindings({ ...subject, answers }, payer(organization))).account).toBe(level);
  });

  test.each([
    ['none', known(undefined), 'ok'],
    ['in force', known({ name: 'to the holding' }), 'problem'],
    ['unseen', denied, 'warning'],
  ])('a Billing Transfer: %s', (_, transfer, level) => {
    const findings = accountFindings(subject, { organization: known(undefined), transfer });
    expect(levels(findings)['billing-transfer']).toBe(level);
  });
});

describe('what the crawler stack meets', () => {
  test.each([
    [1000, 1000, 'ok'],
    [1000, 102, 'ok'],
    [1000, 101, 'problem'],
    [100, 100, 'problem'],
    [50, 50, 'problem'],
    [10, 10, 'problem'],
    [5, 5, 'problem'],
    // Which minimum Lambda goes by is not known here.
    [60, 60, 'warning'],
    [60, 51, 'problem'],
    [12, 12, 'warning'],
    [12, 11, 'problem'],
  ])('a limit of %i with %i unreserved', (limit, unreserved, level) => {
    const finding = concurrencyFinding(known({ limit, unreserved }), { customer: 'acme', made: false });
    expect(finding.level).toBe(level);
  });

  test('no limit matters once the stack stands', () => {
    const sight = known({ limit: 10, unreserved: 8 });
    expect(concurrencyFinding(sight, { customer: 'acme', made: true }).level).toBe('ok');
  });

  test.each([
    ['leaves it to IAM', known({ iamDecides: true, administrators: [] }), 'ok'],
    ['guards it', known({ iamDecides: false, administrators: ['arn:aws:iam::1:role/other'] }), 'warning'],
    ['is administered by the caller', known({ iamDecides: false, administrators: [subject.caller.arn] }), 'ok'],
    ['does not tell', known(undefined), 'warning'],
    ['is closed', denied, 'warning'],
  ])('Lake Formation %s', (_, sight, level) => {
    const finding = guardFinding(sight, { customer: 'acme', principal: subject.caller.arn, made: false });
    expect(finding.level).toBe(level);
  });

  test('notifications of others are named, with how to accept them', () => {
    const notification = (id: string, target: string) => ({ id, target, entry: { Events: ['s3:ObjectCreated:*'] } });
    const ours = notification('x', `arn:aws:lambda:us-east-1:${account}:function:SpotEcoStack-AWSCURInitializer-abc`);
    expect(notificationFinding(known([ours]), subject, names).level).toBe('ok');
    const finding = notificationFinding(known([ours, notification('to sales', 'arn:aws:sns:x')]), subject, names);
    expect(finding).toMatchObject({
      level: 'warning',
      details: ['"to sales": s3:ObjectCreated:* to arn:aws:sns:x'],
      advice: expect.arrayContaining([expect.stringContaining("--accept-notification 'to sales'")]),
    });
  });
});

describe('stacks', () => {
  const stack = (status: string) => ({
    id: 'arn:stack',
    name: 'SpotEcoStack',
    status,
    reason: undefined,
    parameters: {},
  });
  const free = known({ stack: undefined, ours: false });

  test.each([
    ['CREATE_COMPLETE', true, 'ok'],
    ['CREATE_IN_PROGRESS', true, 'ok'],
    ['ROLLBACK_COMPLETE', true, 'warning'],
    ['DELETE_FAILED', true, 'warning'],
    ['UPDATE_ROLLBACK_FAILED', true, 'warning'],
    ['CREATE_COMPLETE', false, 'problem'],
    ['ROLLBACK_COMPLETE', false, 'problem'],
    ['REVIEW_IN_PROGRESS', false, 'warning'],
    ['DELETE_IN_PROGRESS', false, 'warning'],
    ['DELETE_COMPLETE', false, 'ok'],
  ])('%s, ours: %s', (status, ours, level) => {
    const findings = stackFindings(subject, names, {
      crawler: known({ stack: stack(status), ours }),
      extractor: free,
      glueFree: true,
    });
    expect(levels(findings)).toEqual({ 'crawler-stack': level, 'extractor-stack': 'ok' });
  });

  test('a taken name has another one proposed, by the command that fits', () => {
    const seen = {
      crawler: free,
      extractor: known({ stack: stack('CREATE_COMPLETE'), ours: false }),
      glueFree: true,
    };
    const advice = (saved: boolean) => stackFindings({ ...subject, saved }, names, seen)[1]?.advice[0];
    expect(advice(false)).toBe('Choose another name: spot-cur setup acme --extractor-stack-name SpotExtractor-2');
    expect(advice(true)).toBe('Choose another name: spot-cur resume acme --extractor-stack-name SpotExtractor-2');
  });
});

describe('what waits for a review under a name', () => {
  const waiting = known({
    stack: { id: 'arn:x', name: 'SpotEcoStack', status: 'REVIEW_IN_PROGRESS', reason: undefined, parameters: {} },
    ours: false,
  });
  const free = known({ stack: undefined, ours: false });

  test("of the crawler's stack is deleted by whoever agrees, or left under another name", () => {
    const [finding] = stackFindings(subject, names, { crawler: waiting, extractor: free, glueFree: true });
    expect(finding?.title).toContain('It holds nothing, and has to go before the name can be used.');
    expect(finding?.advice.map((text) => text.replace(/^.*?: /, ''))).toEqual([
      'aws cloudformation list-change-sets --region us-east-1 --stack-name SpotEcoStack',
      'aws cloudformation delete-stack --region us-east-1 --stack-name SpotEcoStack',
      'spot-cur setup acme',
      'spot-cur setup acme --stack-name SpotEcoStack-2',
    ]);
  });

  test("of the extractor's stack is in nobody's way", () => {
    const finding = stackFindings(subject, names, { crawler: free, extractor: waiting, glueFree: true })[1];
    expect(finding?.title).toContain('This change set goes beside it');
    expect(finding?.advice.join()).not.toContain('delete');
  });
});

describe('what bears a name of the crawler stack in Glue', () => {
  const seen: SeenGlueNames = {
    inFile: true,
    crawler: 'AWSCURCrawler-acme',
    database: 'athenacurcfn_acme',
    crawlerStands: known(false),
    databaseStands: known(false),
  };

  test.each<[string, Partial<SeenGlueNames>, Readonly<Record<string, string>>]>([
    ['nothing', {}, {}],
    ['a crawler', { crawlerStands: known(true) }, { 'glue-crawler': 'problem' }],
    ['a database', { databaseStands: known(true) }, { 'glue-database': 'problem' }],
    ['a crawler, as it seems', { crawlerStands: known(true), inFile: false }, { 'glue-crawler': 'warning' }],
    ['what can not be seen', { crawlerStands: denied, databaseStands: denied }, { 'glue-names': 'warning' }],
  ])('%s', (_, about, expected) => {
    expect(levels(glueFindings({ ...seen, ...about }, known({ stack: undefined, ours: false })))).toEqual(expected);
  });

  test.each([
    ['CREATE_COMPLETE', true, []],
    ['CREATE_FAILED', true, []],
    ['DELETE_IN_PROGRESS', false, []],
    ['CREATE_COMPLETE', false, ['problem']],
    ['REVIEW_IN_PROGRESS', false, ['problem']],
  ])('beside a stack in %s, ours: %s', (status, ours, expected) => {
    const stack = { id: 'arn:x', name: 'SpotEcoStack', status, reason: undefined, parameters: {} };
    const findings = glueFindings({ ...seen, crawlerStands: known(true) }, known({ stack, ours }));
    expect(findings.map(({ level }) => level)).toEqual(expected);
  });

  test('is no more than a warning where the stack can not be seen', () => {
    expect(levels(glueFindings({ ...seen, crawlerStands: known(true) }, denied))).toEqual({
      'glue-crawler': 'warning',
    });
  });
});

describe('permissions', () => {
  const nothing = { bucket: false, report: false, crawlerStack: false };
  const asked = (
    phase: Phase,
    action: string,
    verdict: Partial<Verdict> = {},
    by: 'call' | 'cloudformation' = 'call',
  ) =>
    ({
      grant: { phase, topic: 'Any', actions: [action], resources: ['*'], by, call: action, why: '' },
      verdicts: [{ action, resource: '*', allowed: false, denied: false, bounded: false, unsure: false, ...verdict }],
    }) satisfies AskedGrant;
  const judged = (grants: readonly AskedGrant[], standing = nothing) =>
    levels(
      permissionFindings(
        subject,
        { kind: 'simulated', principal: subject.caller.arn, asked: grants },
        { standing, denied: 0 },
      ),
    );

  test.each([
    ['allowed', asked('setup', 's3:CreateBucket', { allowed: true }), 'ok'],
    ['a write', asked('setup', 's3:CreateBucket'), 'problem'],
    ['a write that is denied', asked('setup', 'iam:PassRole', { denied: true }, 'cloudformation'), 'problem'],
    ['a write under conditions', asked('setup', 's3:CreateBucket', { unsure: true }), 'warning'],
    ['a look that the walk does without', asked('setup', 'organizations:DescribeOrganization'), 'warning'],
    ['a look that it does not', asked('setup', 'cur:DescribeReportDefinitions'), 'problem'],
    ['a deletion, needed when something fails', asked('setup', 'iam:DeleteRole', {}, 'cloudformation'), 'warning'],
  ])('%s', (_, grant, level) => {
    expect(judged([grant])['permissions-setup']).toBe(level);
  });

  test('that the simulation says nothing of are not taken for granted', () => {
    const told = asked('setup', 's3:CreateBucket', { allowed: true });
    const partly = { ...told, grant: { ...told.grant, actions: ['s3:CreateBucket', 's3:PutBucketPolicy'] } };
    const rights = { kind: 'simulated', principal: subject.caller.arn, asked: [partly] } as const;
    const findings = permissionFindings(subject, rights, { standing: nothing, denied: 0 });
    expect(findings.find(({ id }) => id === 'permissions-setup')).toMatchObject({
      level: 'warning',
      title: 'Could not look at the rights for all that setup and the crawler stack take.',
      evidence: "IAM's simulation says nothing of one action.",
      details: ['s3:PutBucketPolicy'],
      minor: false,
    });
    expect(judged([{ ...told, grant: { ...told.grant, resources: ['*', 'arn:x'] } }])['permissions-setup']).toBe(
      'warning',
    );
  });

  test('of later phases are never more than a warning', () => {
    expect(judged([asked('extractor', 'cloudformation:CreateChangeSet')])['permissions-extractor']).toBe('warning');
    expect(judged([asked('remove', 'cloudformation:DeleteStack')])['permissions-remove']).toBe('warning');
  });

  test('for what stands nobody needs any', () => {
    const all = { bucket: true, report: true, crawlerStack: true };
    expect(judged([asked('setup', 's3:CreateBucket'), asked('setup', 'cur:PutReportDefinition')], all)).toMatchObject({
      'permissions-setup': 'ok',
    });
  });

  test('are not looked at for root, and noted for who is neither user nor role', () => {
    const skipped = (who: 'root' | 'session') =>
      permissionFindings(subject, { kind: 'skipped', who }, { standing: nothing, denied: 2 })[0];
    expect(skipped('root')).toMatchObject({ level: 'ok' });
    expect(skipped('session')).toMatchObject({
      level: 'ok',
      title: expect.stringContaining('AWS denied 2 of the looks'),
    });
  });

  test('of which the reason is no sentence make one with it', () => {
    const unseen = { known: false, reason: 'HTTP status 418', denied: false } as const;
    const [finding] = permissionFindings(subject, { kind: 'unseen', unseen }, { standing: nothing, denied: 0 });
    expect(finding?.evidence).toBe('HTTP status 418. AWS denied none of the looks.');
  });

  test('that can not be simulated are told by what was denied', () => {
    const [finding] = permissionFindings(subject, { kind: 'unseen', unseen: denied }, { standing: nothing, denied: 3 });
    expect(finding).toMatchObject({ level: 'warning', evidence: 'AWS denied it. AWS denied 3 of the looks.' });
  });
});

describe('what setup makes of it', () => {
  const finding = (id: string, level: Finding['level'], more: Partial<Finding> = {}): Finding => ({
    id,
    level,
    title: id,
    advice: ['do something'],
    ...more,
  });
  const sorted = (given: Finding, asks: boolean) => {
    const { stops, tells } = forewarning([{ title: '', findings: [given] }], asks);
    return stops.length > 0 ? 'stops' : tells.length > 0 ? 'tells' : 'keeps';
  };

  test.each([
    ['account', 'problem', true, 'stops'],
    ['billing-transfer', 'problem', true, 'stops'],
    ['partition', 'problem', true, 'stops'],
    ['bucket', 'problem', false, 'stops'],
    ['bucket', 'problem', true, 'tells'],
    ['bucket-policy', 'problem', false, 'stops'],
    ['report', 'problem', false, 'stops'],
    ['report', 'problem', true, 'tells'],
    // The walk asks, or shows them with its plan.
    ['account', 'warning', true, 'keeps'],
    ['billing-transfer', 'warning', false, 'keeps'],
    ['bucket', 'warning', false, 'keeps'],
    ['bucket-name', 'problem', false, 'keeps'],
    ['encryption', 'warning', false, 'keeps'],
    ['root-user', 'warning', false, 'keeps'],
    // What a later step meets can be mended until then.
    ['crawler-stack', 'problem', false, 'tells'],
    ['concurrency', 'problem', false, 'tells'],
    ['notifications', 'warning', false, 'tells'],
    // A simulation is no proof.
    ['permissions-setup', 'problem', false, 'tells'],
    ['permissions-status', 'warning', false, 'keeps'],
    ['clock', 'ok', false, 'keeps'],
  ] as const)('%s as a %s, asking for names: %s: %s', (id, level, asks, expected) => {
    expect(sorted(finding(id, level), asks)).toBe(expected);
  });

  test.each([
    ['crawler-stack', false, 'This will stop step 2'],
    ['glue-database', false, 'This will stop step 2'],
    ['extractor-stack', false, 'This will stop step 3'],
    ['permissions-setup', false, 'The simulation is no proof'],
    ['bucket', true, 'This stops step 1, unless another name is chosen now.'],
  ])('%s: what becomes of it is told, and the mark stays', (id, asks, words) => {
    const { tells } = forewarning([{ title: '', findings: [finding(id, 'problem')] }], asks);
    expect(tells).toMatchObject([{ level: 'problem', title: expect.stringContaining(words) }]);
    expect(forewarning([{ title: '', findings: [finding(id, 'warning')] }], asks).tells[0]?.title ?? id).toBe(id);
  });

  test('what the work does without is kept', () => {
    expect(sorted(finding('permissions-setup', 'warning', { minor: true }), false)).toBe('keeps');
  });
});
