import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/aws/reports.ts';
import type { ChangeMove, Move } from '../../../src/step.ts';
import { wantedStatements } from '../../../src/steps/report/bucket-policy.ts';
import { decide } from '../../../src/steps/report/decide.ts';
import { wantedDefinition } from '../../../src/steps/report/definition.ts';
import type { Seen, SeenBucket } from '../../../src/steps/report/inspect.ts';
import type { Settings } from '../../../src/steps/report/settings.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 23, 12);
const iso = (ms: number) => new Date(ms).toISOString();
const account = '111122223333';
const name = 'spotinst-cur-report';
const place = { reportName: name, bucket: name, prefix: 'spotinst_eco' };
const settings: Settings = { ...place, customer: 'acme', account, notes: {}, provenance: {}, vouched: undefined };
const known = <T>(value: T) => ({ known: true, value }) as const;
const denied = { known: false, reason: 'AWS denied it' } as const;
const made = (at: number) => ({ origin: 'created' as const, id: name, at: iso(at) });

const file = known({ key: 'spotinst_eco/spotinst-cur-report/crawler-cfn.yml', modified: now });
const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Statement });
const fitting = policyOf(...wantedStatements({ ...place, account }));
const payer = { organization: known({ id: 'o-acme', managementAccount: account }), transfer: known(undefined) };
const bucket: SeenBucket = {
  policy: fitting,
  blocksPublicAccess: known(true),
  crawlerFile: known(undefined),
  writeTest: known(undefined),
};
const report = (changes: Partial<Report> = {}): Report => ({
  ...wantedDefinition(place),
  lastDelivery: undefined,
  lastStatus: undefined,
  ...changes,
});
const delivered = report({ lastDelivery: now - hour, lastStatus: 'SUCCESS' });
/** The report stands and AWS prepares the first delivery. */
const waiting: Seen = { payer, report: report(), others: [], standing: { kind: 'ours' }, bucket };
const nothing: Seen = { payer, report: undefined, others: [], standing: { kind: 'free' }, bucket: undefined };
const adopted: Seen = { ...waiting, report: undefined };

const planOf = (seen: Seen, changes: Partial<Settings> = {}): ChangeMove => {
  const move = decide(seen, { ...settings, ...changes }, now);
  expect(move.kind).toBe('change');
  return move as ChangeMove;
};
const ids = ({ changes }: ChangeMove) => changes.map(({ id }) => id.split(':')[0]);
const reasonOf = (move: Move) => `${move.kind}: ${move.reason} ${'advice' in move ? move.advice?.join(' ') : ''}`;

describe('what has to be written is one plan', () => {
  test.each<[string, Seen, Partial<Settings>, readonly string[]]>([
    ['nothing there', nothing, {}, ['bucket', 'public-access-block', 'bucket-policy', 'report']],
    ['a bucket of ours with a policy that fits', adopted, {}, ['report']],
    [
      'a bucket of ours without policy',
      { ...adopted, bucket: { ...bucket, policy: undefined } },
      {},
      ['bucket-policy', 'report'],
    ],
    [
      'a bucket that we made and that is still open',
      { ...adopted, bucket: { ...bucket, blocksPublicAccess: known(false) } },
      { provenance: { bucket: made(now) } },
      ['public-access-block', 'report'],
    ],
    [
      'a found bucket that is open: left as it is',
      { ...adopted, bucket: { ...bucket, blocksPublicAccess: known(false) } },
      { provenance: { bucket: { ...made(now), origin: 'found' } } },
      ['report'],
    ],
    [
      'the report without refresh',
      { ...waiting, report: report({ RefreshClosedReports: false }) },
      {},
      ['report-refresh'],
    ],
    ['the report without policy', { ...waiting, bucket: { ...bucket, policy: undefined } }, {}, ['bucket-policy']],
    [
      'a bucket that has gone',
      { ...nothing, report: report({ lastDelivery: 1, lastStatus: 'ERROR_NO_BUCKET' }) },
      {},
      ['bucket', 'public-access-block', 'bucket-policy'],
    ],
    [
      'a policy that AWS was refused by',
      { ...waiting, report: report({ lastStatus: 'ERROR_PERMISSIONS' }), bucket: { ...bucket, policy: undefined } },
      {},
      ['bucket-policy'],
    ],
  ])('%s', (_, seen, changes, expected) => expect(ids(planOf(seen, changes))).toEqual(expected));

  test('it warns of what is adopted, of two names and of an unknown transfer', () => {
    const other = { ...settings, bucket: 'other' };
    expect(planOf(nothing).warnings).toEqual([]);
    expect(planOf(adopted).warnings?.join()).toContain('exists in this account and will be used');
    expect(planOf({ ...nothing, payer: { ...payer, transfer: denied } }).warnings?.join()).toContain('AWS denied it');
    expect(planOf(nothing, other).warnings?.join()).toContain('spotinst-cur-report and other');
  });
});

describe('a policy is never rewritten while AWS delivers', () => {
  const done = { ...waiting, report: delivered, bucket: { ...bucket, crawlerFile: file } };
  const foreign = { Sid: 'SpotCurX', Effect: 'Allow', Principal: { AWS: account }, Action: 's3:Get*', Resource: '*' };
  test.each<[string, string | undefined]>([
    ['none', undefined],
    ['one that seems not to fit', policyOf({ ...foreign, Sid: 'X' })],
    ['one with a foreign statement under a Sid of ours', policyOf(foreign)],
  ])('%s', (_, policy) =>
    expect(decide({ ...done, bucket: { ...done.bucket, policy } }, settings, now).kind).toBe('done'),
  );
});

describe('blocked', () => {
  const denial = policyOf({ Sid: 'No', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' });
  const elsewhere = { kind: 'elsewhere', region: 'eu-west-1' } as const;
  const member = { ...payer, organization: known({ id: 'o-acme', managementAccount: '444455556666' }) };
  test.each<[string, Partial<Seen>, RegExp]>([
    ['by a member account', { payer: member }, /member of organization o-acme/],
    ['by transferred billing', { payer: { ...payer, transfer: known({ name: 'To HQ' }) } }, /transferred \(To HQ\)/],
    ['by an account that nothing proves', { payer: { ...payer, organization: denied } }, /--account 111122223333/],
    [
      'by a report that differs',
      { report: report({ TimeUnit: 'DAILY' }) },
      /not what Spot needs, by its TimeUnit\. .*--bucket spotinst-cur-report-111122223333/,
    ],
    ['by a bucket of someone else', { standing: { kind: 'foreign' } }, /--bucket spotinst-cur-report-111122223333/],
    ['by a bucket in another region', { standing: elsewhere }, /is in eu-west-1/],
    ['by a bucket that may not be reached', { standing: { kind: 'closed' } }, /s3:ListBucket/],
    ['by a bucket of whomever', { standing: { kind: 'unclear' } }, /s3:ListAllMyBuckets/],
    ['by a denial', { bucket: { ...bucket, policy: denial } }, /denies AWS the delivery/],
    ['by a file that may not be seen', { bucket: { ...bucket, crawlerFile: denied } }, /AWS denied it .*s3:GetObject/],
  ])('%s', (_, changes, text) => {
    const reason = reasonOf(decide({ ...waiting, ...changes }, settings, now));
    expect(reason).toMatch(/^blocked: /);
    expect(reason).toMatch(text);
  });

  test('but not once the user vouches for the account, or its report was made or found before', () => {
    const unproven = { ...waiting, payer: { ...payer, organization: denied } };
    expect(decide(unproven, { ...settings, vouched: account }, now).kind).toBe('wait');
    expect(decide(unproven, { ...settings, vouched: '444455556666' }, now).kind).toBe('blocked');
    expect(decide(unproven, { ...settings, provenance: { report: made(now) } }, now).kind).toBe('wait');
  });
});

describe('waiting for AWS', () => {
  const since = now - 5 * hour;
  test.each<[string, Partial<Seen>, RegExp]>([
    ['nothing delivered', {}, /neither its delivery nor crawler-cfn.yml/],
    ['delivered without the file', { report: delivered }, /crawler-cfn.yml is still missing/],
    ['the file without delivery', { bucket: { ...bucket, crawlerFile: file } }, /does not say yet/],
    [
      'a failed delivery',
      { report: report({ lastStatus: 'ERROR_PERMISSIONS' }) },
      /could not deliver.*ERROR_PERMISSIONS/,
    ],
    [
      'a failed delivery after a good one',
      { report: { ...delivered, lastStatus: 'ERROR_NO_BUCKET' }, bucket: { ...bucket, crawlerFile: file } },
      /could not deliver.*ERROR_NO_BUCKET/,
    ],
  ])('%s', (_, changes, text) =>
    expect(decide({ ...waiting, ...changes }, settings, now)).toMatchObject({
      kind: 'wait',
      span: 'days',
      reason: expect.stringMatching(text),
    }),
  );

  test('since it was made, for a day', () =>
    expect(decide(waiting, { ...settings, provenance: { report: made(since) } }, now)).toMatchObject({
      since,
      expectedBy: since + 24 * hour,
      advice: [],
    }));

  test('since AWS wrote its test, where the report was found', () => {
    const seen = { ...waiting, bucket: { ...bucket, writeTest: known({ key: 'x', modified: since }) } };
    const provenance = { report: { ...made(now), origin: 'found' as const } };
    expect(decide(seen, { ...settings, provenance }, now)).toMatchObject({ since });
    expect(decide(waiting, { ...settings, provenance }, now)).toMatchObject({
      since: undefined,
      expectedBy: undefined,
    });
    expect(decide({ ...seen, bucket: { ...bucket, writeTest: denied } }, settings, now)).toMatchObject({ advice: [] });
  });

  test('for longer than AWS says, with advice', () =>
    expect(reasonOf(decide(waiting, { ...settings, provenance: { report: made(now - 25 * hour) } }, now))).toContain(
      'ask AWS Support',
    ));
});

test('done, it hands on where the file lies', () =>
  expect(decide({ ...waiting, report: delivered, bucket: { ...bucket, crawlerFile: file } }, settings, now)).toEqual({
    kind: 'done',
    reason: 'AWS delivers the report spotinst-cur-report.',
    outputs: { ...place, crawlerKey: file.value.key },
  }));

describe('a report that can’t be changed', () => {
  const differs = (changes: Partial<Report>, given: Partial<Settings> = {}, others: readonly Report[] = []) => {
    const move = decide({ ...waiting, report: report(changes), others }, { ...settings, ...given }, now);
    if (move.kind !== 'blocked') throw new Error(`It was not blocked but ${move.kind}.`);
    return { ...move, told: move.details?.join('\n') ?? '', said: move.advice.join('\n') };
  };
  const stands = { provenance: { bucket: made(now), report: made(now) } };

  test('says of each setting which of the two reasons it is', () => {
    const { told } = differs({
      TimeUnit: 'DAILY',
      ReportVersioning: 'CREATE_NEW_REPORT',
      Format: 'textORcsv',
      S3Prefix: '',
    });
    expect(told.split('\n')).toEqual([
      'AWS lets nobody change this of a report:',
      '  TimeUnit          is DAILY, has to be HOURLY',
      '  ReportVersioning  is CREATE_NEW_REPORT, has to be OVERWRITE_REPORT',
      'Changing this would change or move the data of whoever reads the report today:',
      '  Format            is textORcsv, has to be Parquet',
      '  S3Prefix          is (empty), has to be spotinst_eco',
    ]);
  });

  test('proposes a name that is not taken, of the report alone once the bucket stands', () => {
    expect(differs({ TimeUnit: 'DAILY' }).said).toContain(`--bucket ${name}-${account}`);
    const fallback = report({ ReportName: `${name}-${account}` });
    expect(differs({ TimeUnit: 'DAILY' }, {}, [fallback]).said).toContain('--bucket <name>');
    expect(differs({ TimeUnit: 'DAILY' }, stands).said).toContain(`--report-name ${name}-2`);
    expect(differs({ TimeUnit: 'DAILY' }, { apart: true }).said).toContain(`--report-name ${name}-2`);
    const second = report({ ReportName: `${name}-2` });
    expect(differs({ TimeUnit: 'DAILY' }, stands, [second]).said).toContain(`--report-name ${name}-3`);
  });

  test('lets go of it, so that the proposed name is taken', () =>
    expect(differs({ TimeUnit: 'DAILY' }, stands)).toMatchObject({ releases: ['report'] }));

  test('proposes to use it where it is, when it fits there', () => {
    const elsewhere = { S3Bucket: 'acme-billing', S3Prefix: 'cur/daily/' };
    const command = `spot-cur setup acme --report-name ${name} --bucket acme-billing --prefix cur/daily`;
    expect(differs(elsewhere).said).toContain(command);
    expect(differs({ ...elsewhere, TimeUnit: 'DAILY' }).said).not.toContain('acme-billing');
    expect(differs({ ...elsewhere, S3Region: 'eu-west-1' }).said).not.toContain('acme-billing');
    // A bucket that stands keeps its name.
    expect(differs(elsewhere, stands).said).not.toContain('acme-billing');
    expect(differs({ S3Prefix: 'cur' }, stands).said).toContain(`--bucket ${name} --prefix cur`);
  });
});

describe('a report that has gone and left data', () => {
  const leftover = known({ key: 'spotinst_eco/spotinst-cur-report/crawler-cfn.yml', modified: now });
  const gone: Seen = { ...adopted, bucket: { ...bucket, leftover } };
  const stands = { provenance: { bucket: made(now), report: made(now) } };

  test('is not made again under the same name, bucket and prefix', () => {
    const reason = reasonOf(decide(gone, { ...settings, ...stands }, now));
    expect(reason).toMatch(/^blocked: The report spotinst-cur-report has been deleted since/);
    expect(reason).toMatch(/can corrupt its data/);
    expect(reason).toContain('--report-name spotinst-cur-report-2');
    expect(reason).toContain('--prefix spotinst_eco-2');
    expect(decide(gone, settings, now)).toMatchObject({ kind: 'blocked', releases: ['report'] });
    expect(reasonOf(decide(gone, settings, now))).toMatch(/^blocked: There is no report named/);
  });

  test.each<[string, Seen]>([
    ['nothing is left', { ...gone, bucket: { ...bucket, leftover: known(undefined) } }],
    ['the bucket has gone too', nothing],
    ['the report stands', { ...gone, report: report({ RefreshClosedReports: false }) }],
    ['it can’t be told', { ...gone, bucket: { ...bucket, leftover: denied } }],
  ])('but goes on where %s', (_, seen) => expect(decide(seen, settings, now).kind).toBe('change'));

  test('what can’t be told is a warning', () =>
    expect(planOf({ ...gone, bucket: { ...bucket, leftover: denied } }).warnings?.join()).toMatch(
      /earlier report named spotinst-cur-report could not be checked: AWS denied it/,
    ));
});

describe('what is adopted as it is, is warned about', () => {
  const warningsOf = (changes: Partial<SeenBucket>, given: Partial<Settings> = {}) =>
    planOf({ ...adopted, bucket: { ...bucket, ...changes } }, given).warnings?.join('\n');
  const doubtful = policyOf(...wantedStatements({ ...place, account }), {
    Sid: 'Header',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${name}/*`,
    Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } },
  });
  const key = 'arn:aws:kms:us-east-1:111122223333:key/1';

  test.each<[string, Partial<SeenBucket>, RegExp]>([
    ['Block Public Access', { blocksPublicAccess: known(false) }, /Block Public Access is not fully on/],
    ['a KMS key', { defaultKey: known(key) }, /encrypts with the KMS key arn:aws:kms.*kms:GenerateDataKey\*/],
    ['AWS’s own KMS key', { defaultKey: known('aws/s3') }, /AWS's own KMS key aws\/s3, whose policy can't be extended/],
    ['files of others', { ownership: known('ObjectWriter') }, /ObjectWriter/],
    ['a denial that can’t be told', { policy: doubtful }, /in the statement Header, under its condition Null s3:x-amz/],
  ])('%s', (_, changes, text) => expect(warningsOf(changes)).toMatch(text));

  test('and nothing else', () => {
    const plain = { defaultKey: known(undefined), ownership: known('BucketOwnerPreferred') };
    expect(warningsOf(plain, { provenance: { bucket: made(now) } })).toBe('');
    expect(warningsOf({ defaultKey: denied, ownership: denied }, { provenance: { bucket: made(now) } })).toBe('');
  });

  test('another report that fits can be used instead', () => {
    const other = report({ ReportName: 'finops-cur', S3Bucket: 'acme-billing', S3Prefix: 'cur' });
    const command = 'spot-cur setup acme --report-name finops-cur --bucket acme-billing --prefix cur';
    expect(planOf({ ...nothing, others: [other] }).warnings?.join()).toContain(command);
    const daily = { ...other, TimeUnit: 'DAILY' };
    expect(planOf({ ...nothing, others: [daily] }).warnings).toEqual([]);
  });
});

describe('a denial under conditions', () => {
  const policy = policyOf(...wantedStatements({ ...place, account }), {
    Sid: 'OurPeople',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-acme' } },
  });

  test('stops the walk, names the condition and shows the exception', () => {
    const move = decide({ ...waiting, bucket: { ...bucket, policy } }, settings, now);
    expect(reasonOf(move)).toMatch(
      /in the statement OurPeople, under its condition StringNotEquals aws:PrincipalOrgID/,
    );
    expect('details' in move && move.details?.join('\n')).toContain(
      '"aws:PrincipalServiceName": "billingreports.amazonaws.com"',
    );
  });

  test('counts for less than a delivery that went well', () => {
    const seen = { ...waiting, report: delivered, bucket: { ...bucket, crawlerFile: file, policy } };
    expect(decide(seen, settings, now).kind).toBe('done');
  });
});

describe('a refused delivery', () => {
  const failed = { ...waiting, report: report({ lastStatus: 'ERROR_PERMISSIONS' }) };
  test('says that nothing has to be done where all fits by now', () =>
    expect(reasonOf(decide(failed, settings, now))).toContain('nothing has to be done'));
  test('names the key that may be the matter', () => {
    const seen = { ...failed, bucket: { ...bucket, defaultKey: known('arn:aws:kms:us-east-1:111122223333:key/1') } };
    expect(reasonOf(decide(seen, settings, now))).toContain('kms:GenerateDataKey*');
  });
});
