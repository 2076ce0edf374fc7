import { expect, test } from 'vitest';
import type { Aws } from '../../src/aws/aws.ts';
import { connect } from '../../src/aws/connect.ts';
import { explain } from '../../src/aws/explain.ts';
import type { Requests } from '../../src/aws/requests.ts';

/** AWS where every request is answered with 200 and the same words. */
const saying = (words: string): Aws => {
  const requests: Requests = {
    handle: async () => ({ response: { statusCode: 200, headers: {}, body: Buffer.from(words) } as never }),
  };
  const credentials = async () => ({ accessKeyId: 'x', secretAccessKey: 'x' });
  return connect({ credentials, endpoints: {}, requests });
};

const page = '<!DOCTYPE html><html><body><p>Please sign in</body></html>';
const account = '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>me</Account><Arn>a</Arn>';
const identity = `${account}</GetCallerIdentityResult></GetCallerIdentityResponse>`;

test.each<readonly [string, string, (aws: Aws) => Promise<unknown>]>([
  ['who calls', page, (aws) => aws.identity.whoAmI()],
  ['who calls', '', (aws) => aws.identity.whoAmI()],
  ['who calls', identity, (aws) => aws.identity.whoAmI()],
  ['the organization', page, (aws) => aws.organizations.find()],
  ['the organization', '{}', (aws) => aws.organizations.find()],
  ['the organization', '{"Organization": {"MasterAccountId": {}}}', (aws) => aws.organizations.find()],
  ['the reports', page, (aws) => aws.reports.list()],
  ['the reports', '', (aws) => aws.reports.list()],
  ['the reports', 'null', (aws) => aws.reports.list()],
  ['the reports', '[]', (aws) => aws.reports.list()],
  ['the reports', '{"ReportDefinitions": "abc"}', (aws) => aws.reports.list()],
  ['the reports', '{"ReportDefinitions": {"a": 1}}', (aws) => aws.reports.list()],
  ['the reports', '{"ReportDefinitions": [{"S3Prefix": 5}]}', (aws) => aws.reports.list()],
  ['the reports', '{"ReportDefinitions": [{"AdditionalArtifacts": "ATHENA"}]}', (aws) => aws.reports.list()],
  ['the reports', '{"ReportDefinitions": [{"ReportStatus": {"lastDelivery": 5}}]}', (aws) => aws.reports.list()],
  ['the reports', '{"ReportDefinitions": [], "NextToken": "the same each time"}', (aws) => aws.reports.list()],
  ['a stack', page, (aws) => aws.stacks.find('SpotEcoStack')],
  ['a stack', '', (aws) => aws.stacks.find('SpotEcoStack')],
  ['the stacks', page, (aws) => aws.stacks.list()],
  ['the stacks', '', (aws) => aws.stacks.list()],
  ["a stack's events", page, (aws) => aws.stacks.listEvents('SpotEcoStack')],
  ['a Billing Transfer', page, (aws) => aws.organizations.findBillingTransfer(0)],
  ['a Billing Transfer', '', (aws) => aws.organizations.findBillingTransfer(0)],
  ['a Billing Transfer', 'null', (aws) => aws.organizations.findBillingTransfer(0)],
  ['a Billing Transfer', '{"ResponsibilityTransfers": [null]}', (aws) => aws.organizations.findBillingTransfer(0)],
  ['a Billing Transfer', '{"ResponsibilityTransfers": {"a": 1}}', (aws) => aws.organizations.findBillingTransfer(0)],
  [
    'a Billing Transfer',
    '{"ResponsibilityTransfers": [{"Status": "ACCEPTED"}]}',
    (aws) => aws.organizations.findBillingTransfer(0),
  ],
  ["a bucket's policy", '', (aws) => aws.buckets.findPolicy('acme')],
])('%s can not be told from: %s', async (_, words, look) => {
  const error = await look(saying(words)).catch((thrown: unknown) => thrown);
  expect(explain(error)?.message).toContain('What answered is not in the form of AWS');
});

test.each(['{}', '{"AccountLimit": {"ConcurrentExecutions": "many", "UnreservedConcurrentExecutions": null}}'])(
  'how much Lambda may run is not told by: %s',
  async (words) => expect(await saying(words).functions.findConcurrency()).toBeUndefined(),
);
