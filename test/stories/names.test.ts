import { expect, test } from 'vitest';
import { wantedDefinition } from '../../src/steps/report/definition.ts';
import { acme, known, type Rehearsal, rehearse } from '../support/rehearsal.ts';

const stranger = '444455556666';
const fallback = `spotinst-cur-report-${acme}`;

const bucketOf = ({ world }: Rehearsal, owner: string, name: string, policy?: string) => {
  world.buckets[name] = { name, owner, region: 'us-east-1', created: 0, objects: {}, ...(policy && { policy }) };
};

const reportOf = (rehearsal: Rehearsal, name: string, other: Readonly<Record<string, unknown>> = {}) => {
  const place = { reportName: name, bucket: name, prefix: 'spotinst_eco' };
  rehearsal.account().reports.push({ definition: { ...wantedDefinition(place), ...other }, created: 0 });
};

test("where the procedure's name is somebody else's, bucket and report bear the account id too", async () => {
  const rehearsal = rehearse();
  bucketOf(rehearsal, stranger, 'spotinst-cur-report');
  const { screen, exitCode } = await rehearsal.run.setup({ flags: known, says: { correct: '(go on)', yes: true } });
  await expect(screen).toMatchFileSnapshot('screens/name-taken.txt');
  expect(exitCode).toBe(0);
  expect(rehearsal.account().reports.map(({ definition }) => [definition.ReportName, definition.S3Bucket])).toEqual([
    [fallback, fallback],
  ]);
});

test('where both names are taken, the user is asked for one', async () => {
  const rehearsal = rehearse();
  bucketOf(rehearsal, stranger, 'spotinst-cur-report');
  bucketOf(rehearsal, stranger, fallback);
  const unattended = await rehearsal.run.setup({ yes: true, flags: known });
  await expect(unattended.screen).toMatchFileSnapshot('screens/both-names-taken.txt');
  expect(unattended).toMatchObject({ exitCode: 1, writes: [] });
  const { exitCode } = await rehearsal.run.setup({
    flags: known,
    says: { bucket: 'acme-billing', correct: '(go on)', yes: true },
  });
  expect(exitCode).toBe(0);
  expect(rehearsal.account().reports[0]?.definition).toMatchObject({
    ReportName: 'acme-billing',
    S3Bucket: 'acme-billing',
  });
});

test('a bucket that is named and belongs to somebody else stops the walk', async () => {
  const rehearsal = rehearse();
  bucketOf(rehearsal, stranger, 'acme-billing');
  const { exitCode, screen, writes } = await rehearsal.run.setup({
    yes: true,
    flags: { ...known, bucket: 'acme-billing' },
  });
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  expect(screen).toContain('The bucket name acme-billing belongs to another AWS account');
});

test('a report that exists and fits is adopted', async () => {
  const rehearsal = rehearse();
  bucketOf(rehearsal, acme, 'spotinst-cur-report');
  reportOf(rehearsal, 'spotinst-cur-report', { AdditionalSchemaElements: ['SPLIT_COST_ALLOCATION_DATA', 'RESOURCES'] });
  const { screen, exitCode, writes } = await rehearsal.run.setup({
    flags: known,
    says: { correct: '(go on)', yes: true },
  });
  await expect(screen).toMatchFileSnapshot('screens/report-adopted.txt');
  expect(exitCode).toBe(0);
  expect(writes).toEqual(['s3:PutBucketPolicy']);
  expect((await rehearsal.state())?.provenance).toMatchObject({
    bucket: { origin: 'found' },
    report: { origin: 'found' },
    'bucket-policy': { origin: 'created' },
  });
});

test('a report that differs is explained field by field and left alone', async () => {
  const rehearsal = rehearse();
  bucketOf(rehearsal, acme, 'spotinst-cur-report');
  reportOf(rehearsal, 'spotinst-cur-report', {
    TimeUnit: 'DAILY',
    Format: 'textORcsv',
    Compression: 'GZIP',
    AdditionalSchemaElements: [],
    AdditionalArtifacts: [],
    ReportVersioning: 'CREATE_NEW_REPORT',
  });
  const flags = { ...known, bucket: 'spotinst-cur-report' };
  const { screen, exitCode, writes } = await rehearsal.run.setup({ yes: true, flags });
  await expect(screen).toMatchFileSnapshot('screens/report-differs.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});

test('what can be changed in place is changed, and nothing else of the report', async () => {
  const rehearsal = rehearse();
  bucketOf(rehearsal, acme, 'spotinst-cur-report');
  reportOf(rehearsal, 'spotinst-cur-report', {
    RefreshClosedReports: false,
    AdditionalSchemaElements: ['RESOURCES', 'SPLIT_COST_ALLOCATION_DATA'],
  });
  const flags = { ...known, bucket: 'spotinst-cur-report' };
  const { exitCode, writes } = await rehearsal.run.setup({ yes: true, flags });
  expect(exitCode).toBe(0);
  expect(writes).toEqual(['s3:PutBucketPolicy', 'cur:ModifyReportDefinition']);
  expect(rehearsal.account().reports[0]?.definition).toMatchObject({
    RefreshClosedReports: true,
    AdditionalSchemaElements: ['RESOURCES', 'SPLIT_COST_ALLOCATION_DATA'],
  });
});

test('statements of others stay in the bucket policy', async () => {
  const rehearsal = rehearse();
  const foreign = {
    Sid: 'Audit',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${stranger}:root` },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::spotinst-cur-report/*',
  };
  bucketOf(rehearsal, acme, 'spotinst-cur-report', JSON.stringify({ Version: '2012-10-17', Statement: [foreign] }));
  const { screen, exitCode } = await rehearsal.run.setup({ flags: known, says: { correct: '(go on)', yes: true } });
  await expect(screen).toMatchFileSnapshot('screens/policy-merged.txt');
  expect(exitCode).toBe(0);
  const { Statement } = JSON.parse(rehearsal.world.buckets['spotinst-cur-report']?.policy ?? '{}');
  expect(Statement[0]).toEqual(foreign);
  expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['Audit', 'SpotCurReadBucket', 'SpotCurDeliver']);
});

test('a second connection for the same account and report is refused, naming the first', async () => {
  const rehearsal = rehearse();
  await rehearsal.run.setup({ yes: true, flags: known });
  const { screen, exitCode, writes } = await rehearsal.run.setup({ customer: 'acme-again', yes: true, flags: known });
  await expect(screen).toMatchFileSnapshot('screens/second-connection.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  expect(await rehearsal.state('acme-again')).toBeUndefined();
});
