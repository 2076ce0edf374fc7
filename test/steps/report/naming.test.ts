import { describe, expect, test } from 'vitest';
import type { Aws } from '../../../src/aws/aws.ts';
import type { BucketStanding } from '../../../src/aws/buckets.ts';
import type { Report } from '../../../src/aws/reports.ts';
import { wantedDefinition } from '../../../src/steps/report/definition.ts';
import { proposeName } from '../../../src/steps/report/naming.ts';

const account = '111122223333';
const usual = 'spotinst-cur-report';
const fallback = `${usual}-${account}`;
const awsWhere = (standings: Readonly<Record<string, BucketStanding['kind']>>) =>
  ({ buckets: { standing: async (name: string) => ({ kind: standings[name] ?? 'free' }) } }) as unknown as Aws;
const report = (name: string, changes: Partial<Report> = {}): Report => ({
  ...wantedDefinition({ reportName: name, bucket: name, prefix: 'spotinst_eco' }),
  lastDelivery: undefined,
  lastStatus: undefined,
  ...changes,
});
const propose = (standings: Parameters<typeof awsWhere>[0], ...reports: readonly Report[]) =>
  proposeName(awsWhere(standings), account, reports);

describe('the name that is proposed', () => {
  test.each<[string, Parameters<typeof awsWhere>[0], readonly Report[], string | undefined, RegExp]>([
    ['the procedure’s, while it is free', {}, [], usual, /the procedure names it so/],
    ['the procedure’s, when it is ours', { [usual]: 'ours' }, [], usual, /procedure/],
    ['the procedure’s, when it is ours and troubled', { [usual]: 'elsewhere' }, [], usual, /procedure/],
    ['the procedure’s, when nothing tells whose it is', { [usual]: 'unclear' }, [], usual, /procedure/],
    ['with the account, when someone else has it', { [usual]: 'foreign' }, [], fallback, /belongs to another account/],
    ['none, when both are taken', { [usual]: 'foreign', [fallback]: 'foreign' }, [], undefined, /both belong/],
    ['that of a report which fits', { [fallback]: 'ours' }, [report(fallback)], fallback, /exists and fits/],
    [
      'that of a report which fits once refresh is turned on',
      { [fallback]: 'ours' },
      [report(fallback, { RefreshClosedReports: false })],
      fallback,
      /exists and fits/,
    ],
    ['that of a report under another prefix', {}, [report(fallback, { S3Prefix: 'x' })], fallback, /exists and fits/],
    ['not that of a report which does not fit', {}, [report(fallback, { TimeUnit: 'DAILY' })], usual, /procedure/],
  ])('is %s', async (_, standings, reports, name, because) => {
    const proposal = await propose(standings, ...reports);
    expect(proposal.name).toBe(name);
    expect(proposal.because).toMatch(because);
  });
});
