import { describe, expect, test } from 'vitest';
import { scenes } from '../../src/simulator/scenes/index.ts';
import { acme, known, type Run, reach, rehearse } from '../support/rehearsal.ts';

interface Found {
  readonly id: string;
  readonly level: 'ok' | 'warning' | 'problem';
  readonly title: string;
  readonly evidence?: string;
  readonly advice: readonly string[];
}

const findingsIn = ({ stdout }: Run): readonly Found[] => JSON.parse(stdout).findings;
const found = (run: Run, id: string) => findingsIn(run).find((finding) => finding.id === id);
const hour = 3_600_000;

test('in a clean account nothing is in the way', async () => {
  const { run, calls } = rehearse();
  const { screen, exitCode, writes } = await run.doctor();
  await expect(screen).toMatchFileSnapshot('screens/doctor-clean.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  expect(calls()[0]).toBe('sts:GetCallerIdentity');
});

test('in an account with many troubles each is told with what to do', async () => {
  const { run, stage, account } = rehearse();
  const arranged = stage();
  arranged.role('SpotSetup', '/msp/');
  arranged.bucket('spotinst-cur-report', {
    kmsKey: `arn:aws:kms:us-east-1:${acme}:key/1234`,
    ownership: 'ObjectWriter',
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'OnlyUs', Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' }],
    }),
    notifications:
      '<QueueConfiguration><Id>invoices</Id><Queue>arn:aws:sqs:us-east-1:111122223333:invoices</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>',
  });
  for (const ReportName of ['cloudhealth', 'cloudability', 'old-one', 'older-one', 'oldest-one', 'for-audit'])
    arranged.report({
      ReportName,
      S3Bucket: 'billing',
      TimeUnit: 'DAILY',
      AdditionalArtifacts: [],
      Format: 'textORcsv',
    });
  arranged.report({ ReportName: 'for-athena', S3Bucket: 'billing', S3Prefix: 'athena' });
  arranged.stack(
    'SpotEcoStack',
    'Resources: { Topic: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: {} } } }',
  );
  account().concurrency = 10;
  arranged.guardCatalog([`arn:aws:iam::${acme}:role/DataAdmin`]);
  arranged.denyAll(['cur:PutReportDefinition', 'iam:PassRole', 's3:GetBucketPublicAccessBlock']);
  arranged.skew(7 * 60_000);
  const { screen, exitCode, writes } = await run.doctor({
    region: 'eu-central-1',
    expires: Date.UTC(2026, 10, 23, 9, 12),
  });
  await expect(screen).toMatchFileSnapshot('screens/doctor-troubles.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});

test('where everything is denied, each check says that it could not look', async () => {
  const { run, stage } = rehearse();
  stage().deny({ action: '*' });
  const { screen, exitCode, writes } = await run.doctor();
  await expect(screen).toMatchFileSnapshot('screens/doctor-denied.txt');
  // Setup is blocked by a bucket of which nobody can tell whose it is, and so it is a problem here.
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});

test('--json is one document', async () => {
  const { run, stage } = rehearse('member-account');
  stage().deny({ action: 'lambda:*' });
  const { stdout, exitCode } = await run.doctor({ json: true, customer: undefined });
  await expect(stdout).toMatchFileSnapshot('screens/doctor.json.txt');
  expect(exitCode).toBe(1);
});

describe('what keeps waiting', () => {
  test.each([
    ['cur:DescribeReportDefinitions', 'report'],
    ['organizations:DescribeOrganization', 'account'],
    ['s3:HeadBucket', 'bucket'],
    ['cloudformation:DescribeStacks', 'crawler-stack'],
    ['lambda:GetAccountSettings', 'concurrency'],
    ['lakeformation:GetDataLakeSettings', 'lake-formation'],
    ['iam:SimulatePrincipalPolicy', 'permissions'],
  ])('%s: could not look, and all others did', async (operation, id) => {
    const { run, hang } = rehearse();
    hang(operation);
    const seen = await run.doctor({ json: true });
    expect(seen.exitCode).toBe(0);
    expect(found(seen, id)).toMatchObject({
      level: 'warning',
      evidence: expect.stringContaining('AWS did not answer within 5 seconds.'),
    });
    const other = findingsIn(seen).filter(({ id: each, level }) => each !== id && level !== 'ok');
    expect(other.map(({ id: each }) => each)).toEqual(
      operation === 'cloudformation:DescribeStacks' ? ['extractor-stack'] : [],
    );
  });

  test('does not keep setup from going on', async () => {
    const { run, hang } = rehearse();
    hang('lambda:GetAccountSettings');
    const { screen, exitCode } = await run.setup({ yes: true, flags: known });
    expect(exitCode).toBe(0);
    expect(screen).toContain("! Could not look at Lambda's concurrency.");
  });
});

test('an AWS that does not say who calls is an error within five seconds, and no reason to look again', async () => {
  const { run, hang } = rehearse();
  hang('sts:GetCallerIdentity');
  const { exitCode, problem, screen } = await run.doctor({ json: true });
  expect({ exitCode, message: problem?.message }).toEqual({
    exitCode: 1,
    message: "AWS can't be reached (sts:GetCallerIdentity): no answer within 5 seconds.",
  });
  expect(problem?.advice.join('\n')).not.toContain('spot-cur doctor');
  expect(screen).not.toContain('bug');
});

test.each([
  ['lambda:GetAccountSettings', 'concurrency', 'throttled'],
  ['cur:DescribeReportDefinitions', 'report', 'garbled'],
])('%s that answers oddly is no more than a warning', async (operation, id, how) => {
  const { run, refuse } = rehearse();
  refuse(
    operation,
    how === 'throttled'
      ? { code: 'TooManyRequestsException', message: 'Rate exceeded', status: 429 }
      : { code: '<html>', message: 'a proxy says hello', status: 502 },
  );
  const seen = await run.doctor({ json: true });
  expect(seen.exitCode).toBe(0);
  expect(found(seen, id)).toMatchObject({ level: 'warning', title: expect.stringContaining('Could not look at') });
});

test('credentials that are not accepted at the first call are an error', async () => {
  const { run, refuse, calls } = rehearse();
  refuse('sts:GetCallerIdentity', { code: 'ExpiredToken', message: 'The security token has expired', status: 403 });
  const { exitCode, problem } = await run.doctor({ json: true });
  expect({ exitCode, code: problem?.code, calls: calls() }).toEqual({ exitCode: 4, code: 'credentials', calls: [] });
});

test('credentials that end later in between are one more thing that could not be looked at', async () => {
  const { run, stage } = rehearse();
  stage().endSession(1);
  const seen = await run.doctor({ json: true });
  expect(seen.exitCode).toBe(0);
  expect(found(seen, 'account')).toMatchObject({ level: 'warning', evidence: expect.stringContaining('expired') });
});

test('the account of --account is the one that is looked at, or none', async () => {
  const { run, calls } = rehearse();
  const { exitCode, problem } = await run.doctor({ flags: { account: '444455556666' } });
  expect({ exitCode, code: problem?.code, calls: calls().length }).toEqual({
    exitCode: 1,
    code: 'wrong-account',
    calls: 1,
  });
});

describe('a connection that stands', () => {
  test('is in nobody’s way', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'ready');
    const { screen, exitCode, writes } = await rehearsal.run.doctor();
    await expect(screen).toMatchFileSnapshot('screens/doctor-ready.txt');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
  });

  test('is recognised by what it holds where the state is lost', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'ready');
    rehearsal.loseState();
    const seen = await rehearsal.run.doctor({ json: true });
    expect(seen.exitCode).toBe(0);
    expect(findingsIn(seen).filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(found(seen, 'crawler-stack')?.title).toContain("is this report's crawler");
  });

  test('under other names is looked for by these', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'waiting', { bucket: 'acme-billing', 'stack-name': 'AcmeCrawler' });
    const seen = await rehearsal.run.doctor({ json: true });
    expect(found(seen, 'report')?.title).toContain('acme-billing');
    expect(found(seen, 'crawler-stack')?.title).toContain('AcmeCrawler');
    expect(found(await rehearsal.run.doctor({ json: true, customer: 'other' }), 'report')?.title).toContain(
      'spotinst-cur-report',
    );
  });
});

describe('permissions', () => {
  test('are those of the role itself, path included, for who has assumed it', async () => {
    const { run, stage, calls } = rehearse();
    stage().role('SpotSetup', '/msp/');
    stage().deny({ action: 's3:CreateBucket', explicit: true });
    const seen = await run.doctor({ json: true });
    expect(found(seen, 'permissions-setup')).toMatchObject({ level: 'problem' });
    expect(calls()).toContain('iam:GetRole');
  });

  test('are no reason for setup to stop, as the simulation is no proof', async () => {
    const { run, stage } = rehearse();
    stage().deny({ action: 'glue:UpdateCrawlerSchedule' });
    const { exitCode, screen } = await run.setup({ yes: true, flags: known });
    expect(exitCode).toBe(0);
    expect(screen).toContain('✖ IAM');
    expect(screen).toContain('The simulation is no proof, so setup goes on');
  });

  test('are not asked for where what they are needed for stands', async () => {
    const rehearsal = rehearse();
    await reach(rehearsal, 'ready');
    rehearsal.stage().denyAll(['s3:CreateBucket', 'cur:PutReportDefinition', 'lambda:CreateFunction']);
    expect(found(await rehearsal.run.doctor({ json: true }), 'permissions-setup')?.level).toBe('ok');
  });
});

test('a session that lasts long enough is fine', async () => {
  const { run } = rehearse();
  const now = Date.UTC(2026, 10, 23, 9);
  expect(found(await run.doctor({ json: true, expires: now + 2 * hour }), 'expiry')?.level).toBe('ok');
  expect(found(await run.doctor({ json: true, expires: now + hour / 4 }), 'expiry')?.level).toBe('warning');
});

test.each(scenes.map(({ name }) => name))(
  'in the scene %s a doctor looks, writes nothing, and leaves no warning without a way out',
  async (name) => {
    const { run } = rehearse(name);
    const { exitCode, writes, stdout } = await run.doctor({ json: true });
    expect(writes).toEqual([]);
    expect([0, 1, 4]).toContain(exitCode);
    if (exitCode === 4) return;
    expect(JSON.parse(stdout).schema).toBe('spot-cur/doctor@1');
    const open = (JSON.parse(stdout).findings as readonly Found[]).filter(({ level }) => level !== 'ok');
    expect(open.filter(({ advice }) => advice.length === 0)).toEqual([]);
  },
);

test('a session that ends while setup looks ahead is told once, by the walk', async () => {
  const { run, stage } = rehearse();
  stage().endSession(1);
  const { screen, exitCode, writes } = await run.setup({ yes: true, flags: known });
  expect({ exitCode, writes }).toEqual({ exitCode: 4, writes: [] });
  expect(screen).not.toContain('Could not look');
  expect(screen.match(/expired/g)).toHaveLength(1);
});

describe('a problem that is proven before setup asks anything', () => {
  const taken = async () => {
    const rehearsal = rehearse();
    rehearsal.stage().bucket('acme-billing', { owner: '444455556666' });
    const { 'msp-account': _, ...orgs } = known;
    const says = {};
    const run = await rehearsal.run.setup({ flags: { ...orgs, bucket: 'acme-billing' }, says });
    return { ...rehearsal, seen: run };
  };

  test('stops it without a question, and keeps what was answered', async () => {
    const { seen, state, run } = await taken();
    await expect(seen.screen).toMatchFileSnapshot('screens/doctor-stops.txt');
    expect(seen).toMatchObject({ exitCode: 1, writes: [] });
    expect((await state())?.answers).toMatchObject({ bucket: 'acme-billing', 'spot-org-id': ['60012345'] });
    const again = await run.setup({ yes: true, flags: { 'msp-account': '999988887777', bucket: 'acme-costs' } });
    expect(again.exitCode).toBe(0);
  });

  test('is one document with --json', async () => {
    const { run } = rehearse('member-account');
    const { problem, stdout } = await run.setup({ yes: true, json: true, flags: known });
    expect(stdout).toBe('');
    expect(problem).toMatchObject({ code: 'blocked', exitCode: 1 });
  });
});

describe('doctor and setup have one verdict', () => {
  test('on what stops a later step: the same mark, and the step that it stops', async () => {
    const { run } = rehearse('concurrency-low');
    expect(found(await run.doctor({ json: true }), 'concurrency')?.level).toBe('problem');
    const { screen, exitCode } = await run.setup({ yes: true, flags: known });
    expect(exitCode).toBe(0);
    expect(screen).toContain('Checked 17 things about the account. One stands in the way:');
    expect(screen.replace(/\s+/g, ' ')).toMatch(
      /✖ The crawler stack would fail:.* This will stop step 2; it can be mended/,
    );
  });

  test('on a bucket of which nobody can tell whose it is', async () => {
    const { run } = rehearse('bucket-unclear');
    const doctor = await run.doctor();
    const setup = await run.setup({ yes: true, flags: known });
    expect([doctor.exitCode, setup.exitCode]).toEqual([1, 1]);
    expect(doctor.screen).toContain('✖ The bucket spotinst-cur-report exists, and AWS does not let');
    expect(setup.screen).toContain('✖ The bucket spotinst-cur-report exists, and AWS does not let');
  });
});

describe('what bears a name of the crawler stack', () => {
  test.each([
    ['crawler-exists', 'glue-crawler', 'aws glue delete-crawler'],
    ['database-exists', 'glue-database', 'aws glue delete-database'],
  ])('%s: a warning while AWS has not told the names, a problem from then on', async (scene, id, command) => {
    const story = rehearse(scene);
    const before = found(await story.run.doctor({ json: true }), id);
    expect(before).toMatchObject({ level: 'warning', evidence: expect.stringContaining('crawler-cfn.yml') });
    await reach(story, 'waiting');
    story.advance(24);
    expect((await story.run.resume({ yes: true })).exitCode).toBe(1);
    const seen = await story.run.doctor({ json: true });
    expect(seen.exitCode).toBe(1);
    expect(found(seen, id)).toMatchObject({ level: 'problem', advice: [expect.stringContaining(command)] });
    story.mend();
    expect(found(await story.run.doctor({ json: true }), id)).toBeUndefined();
  });
});

test('what waits under the crawler stack’s name is told as the walk tells it, with the same ways out', async () => {
  const story = rehearse('stack-review-leftover');
  await reach(story, 'waiting');
  story.advance(24);
  const doctor = await story.run.doctor({ json: true });
  const { screen } = await story.run.resume({ yes: true });
  const { level, title = '', advice = [] } = found(doctor, 'crawler-stack') ?? {};
  expect([doctor.exitCode, level]).toEqual([0, 'warning']);
  const walk = screen.replace(/\s+/g, ' ');
  expect(walk).toContain(title);
  for (const each of advice) expect(walk).toContain(each.replace(/^.*?: /, ''));
  expect(walk).not.toContain('could not be created');
});

describe('as many reports as AWS takes', () => {
  test('are a warning with what is known of each, and no stop', async () => {
    const story = rehearse('report-limit');
    const seen = await story.run.doctor();
    await expect(seen.screen).toMatchFileSnapshot('screens/doctor-report-limit.txt');
    expect(seen).toMatchObject({ exitCode: 0, writes: [] });
    const { screen, writes } = await story.run.setup({ yes: true, flags: known });
    expect(screen).toContain('! The account has 10 reports, and one more has to be created.');
    expect(writes).toContain('s3:CreateBucket');
  });

  test('are nobody’s concern where the report stands already', async () => {
    expect(found(await rehearse('many-reports').run.doctor({ json: true }), 'report-limit')).toBeUndefined();
  });
});

test('one right that is missing is told at the look and among the rights, and not by phase', async () => {
  const { run, stage } = rehearse();
  stage().deny({ action: 'cloudformation:DescribeStacks' });
  const open = findingsIn(await run.doctor({ json: true })).filter(({ level }) => level !== 'ok');
  expect(open.map(({ id }) => id)).toEqual(['crawler-stack', 'permissions-status']);
});

test('a connection that is not saved is said to be none, and the account is checked all the same', async () => {
  const story = rehearse();
  await reach(story, 'waiting');
  const { screen, exitCode } = await story.run.doctor({ customer: 'nosuch' });
  expect(exitCode).toBe(0);
  expect(screen.replace(/\s+/g, ' ')).toContain(
    'No connection named nosuch is saved on this machine: the account is checked for a new one. There are: acme.',
  );
  expect((await story.run.doctor()).screen).not.toContain('No connection named');
});
