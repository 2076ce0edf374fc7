import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/aws/reports.ts';
import { differences, settingLines, wantedDefinition } from '../../../src/steps/report/definition.ts';

const place = { reportName: 'spotinst-cur-report', bucket: 'spotinst-cur-report', prefix: 'spotinst_eco' };
const report = (changes: Partial<Report> = {}): Report => ({
  ...wantedDefinition(place),
  lastDelivery: undefined,
  lastStatus: undefined,
  ...changes,
});

test('the wanted report is the procedure’s', () =>
  expect(wantedDefinition(place)).toEqual({
    ReportName: 'spotinst-cur-report',
    TimeUnit: 'HOURLY',
    Format: 'Parquet',
    Compression: 'Parquet',
    AdditionalSchemaElements: ['RESOURCES'],
    S3Bucket: 'spotinst-cur-report',
    S3Prefix: 'spotinst_eco',
    S3Region: 'us-east-1',
    AdditionalArtifacts: ['ATHENA'],
    RefreshClosedReports: true,
    ReportVersioning: 'OVERWRITE_REPORT',
  }));

describe('a report fits', () => {
  test.each<[string, Partial<Report>]>([
    ['as it was made', {}],
    [
      'with more schema elements, in any order',
      { AdditionalSchemaElements: ['SPLIT_COST_ALLOCATION_DATA', 'RESOURCES'] },
    ],
    ['with a slash after its prefix', { S3Prefix: 'spotinst_eco/' }],
    ['of the whole account, by its view', { billingView: 'arn:aws:billing::111122223333:billingview/primary' }],
    ['delivered', { lastDelivery: 1, lastStatus: 'SUCCESS' }],
  ])('%s', (_, changes) => expect(differences(report(changes), place)).toEqual([]));
});

describe('a report differs', () => {
  test.each<[string, Partial<Report>, string, string, string]>([
    ['daily', { TimeUnit: 'DAILY' }, 'TimeUnit', 'HOURLY', 'DAILY'],
    ['without resource ids', { AdditionalSchemaElements: [] }, 'AdditionalSchemaElements', 'RESOURCES', '(none)'],
    [
      'kept in versions',
      { ReportVersioning: 'CREATE_NEW_REPORT' },
      'ReportVersioning',
      'OVERWRITE_REPORT',
      'CREATE_NEW_REPORT',
    ],
    [
      'of a billing view of its own',
      { billingView: 'arn:aws:billing::111122223333:billingview/custom-1' },
      'BillingViewArn',
      'primary',
      'arn:aws:billing::111122223333:billingview/custom-1',
    ],
  ])('%s, and nobody can edit that', (_, changes, setting, wanted, found) =>
    expect(differences(report(changes), place)).toEqual([
      { setting, wanted, found, editable: false, obstacle: 'fixed' },
    ]),
  );

  test.each<[string, Partial<Report>, string, string, string]>([
    ['as text', { Format: 'textORcsv' }, 'Format', 'Parquet', 'textORcsv'],
    ['zipped', { Compression: 'GZIP' }, 'Compression', 'Parquet', 'GZIP'],
    ['elsewhere', { S3Bucket: 'other' }, 'S3Bucket', 'spotinst-cur-report', 'other'],
    ['without prefix', { S3Prefix: '' }, 'S3Prefix', 'spotinst_eco', '(empty)'],
    ['in another region', { S3Region: 'eu-west-1' }, 'S3Region', 'us-east-1', 'eu-west-1'],
    ['for Redshift', { AdditionalArtifacts: ['REDSHIFT'] }, 'AdditionalArtifacts', 'ATHENA', 'REDSHIFT'],
  ])('%s, and editing that would be felt by its readers', (_, changes, setting, wanted, found) =>
    expect(differences(report(changes), place)).toEqual([
      { setting, wanted, found, editable: false, obstacle: 'readers' },
    ]),
  );

  test('without refresh, which can be turned on in place', () =>
    expect(differences(report({ RefreshClosedReports: false }), place)).toEqual([
      { setting: 'RefreshClosedReports', wanted: 'true', found: 'false', editable: true },
    ]));

  test('in several settings, each named', () =>
    expect(differences(report({ TimeUnit: 'DAILY', S3Prefix: 'x' }), place).map(({ setting }) => setting)).toEqual([
      'TimeUnit',
      'S3Prefix',
    ]));
});

test('the plan names every setting', () => {
  const lines = settingLines(wantedDefinition(place));
  expect(lines).toHaveLength(11);
  expect(lines).toContain('RefreshClosedReports     true');
});
