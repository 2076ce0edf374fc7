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
  ["a bucket's policy", '', (aws) => aws.buckets.findPolicy('acme')],
])('%s can not be told from: %s', async (_, words, look) => {
  const error = await look(saying(words)).catch((thrown: unknown) => thrown);
  expect(explain(error)?.message).toContain('What answered is not in the form of AWS');
});

test.each(['{}', '{"AccountLimit": {"ConcurrentExecutions": "many", "UnreservedConcurrentExecutions": null}}'])(
  'how much Lambda may run is not told by: %s',
  async (words) => expect(await saying(words).functions.findConcurrency()).toBeUndefined(),
);
