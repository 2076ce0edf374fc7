import { expect, test } from 'vitest';
import { acme, type Rehearsal, reach, rehearse } from '../support/rehearsal.ts';
import { scriptedTerminal } from '../support/scripted-terminal.ts';

const name = 'spotinst-cur-report';
const foreign = {
  Sid: 'Backup',
  Effect: 'Allow',
  Principal: { AWS: acme },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${name}/*`,
};
const topic = (id: string, prefix: string) =>
  `<TopicConfiguration><Id>${id}</Id><Topic>arn:aws:sns:us-east-1:${acme}:${id}</Topic><Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>${prefix}</Value></FilterRule></S3Key></Filter></TopicConfiguration>`;

const bucketOf = ({ world }: Rehearsal) => {
  const bucket = world.buckets[name];
  if (!bucket) throw new Error('There is no bucket yet.');
  return bucket;
};

/** A user who reads the plan for so long that something happens before they agree. */
const agreeingAfter = (happens: () => void) => ({
  ...scriptedTerminal({}),
  async confirm() {
    happens();
    return true;
  },
});

test('a statement that somebody adds to the bucket policy is not lost', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(1);
  const bucket = bucketOf(rehearsal);
  Object.assign(bucket, { policy: JSON.stringify({ Version: '2012-10-17', Statement: [foreign] }) });
  const both = JSON.stringify({ Version: '2012-10-17', Statement: [foreign, { ...foreign, Sid: 'Audit' }] });
  const terminal = agreeingAfter(() => Object.assign(bucket, { policy: both }));
  const { exitCode, writes, problem } = await rehearsal.run.resume({ terminal });
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  expect(problem?.message).toContain('Somebody has changed the policy');
  expect(bucket.policy).toBe(both);
  const second = await rehearsal.run.resume({ yes: true });
  expect({ exitCode: second.exitCode, writes: second.writes }).toEqual({ exitCode: 0, writes: ['s3:PutBucketPolicy'] });
  expect(bucket.policy).toMatch(/Backup[\s\S]*Audit[\s\S]*SpotCurDeliver/);
});

test('a notification that somebody adds is not replaced unseen', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(25);
  const bucket = bucketOf(rehearsal);
  const terminal = agreeingAfter(() => Object.assign(bucket, { notifications: topic('audit', 'logs/') }));
  const { exitCode, writes, problem } = await rehearsal.run.resume({ terminal });
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  expect(problem?.message).toContain('have changed since this plan was made: "audit": s3:ObjectCreated:*');
  expect(bucket.notifications).toContain('audit');
});

test('a second copy within minutes holds what has come in between', async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  rehearsal.advance(25);
  const bucket = bucketOf(rehearsal);
  Object.assign(bucket, { notifications: topic('audit', 'logs/') });
  rehearsal.refuse('cloudformation:CreateStack', { code: 'AccessDenied', message: 'no', status: 403, times: 1 });
  const first = { yes: true, flags: { 'accept-notification': ['audit'] } };
  expect((await rehearsal.run.resume(first)).exitCode).toBe(5);
  Object.assign(bucket, { notifications: topic('audit', 'logs/') + topic('search', 'docs/') });
  const flags = { 'accept-notification': ['audit', 'search'] };
  expect((await rehearsal.run.resume({ yes: true, flags })).exitCode).toBe(0);
  expect(bucket.notifications).not.toContain('search');
  const { exitCode } = await rehearsal.run.resume({ yes: true, restoreNotifications: true });
  expect(exitCode).toBe(0);
  expect(bucket.notifications).toMatch(/audit[\s\S]*search|search[\s\S]*audit/);
});
