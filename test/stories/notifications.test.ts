import { expect, test } from 'vitest';
import { acme, reach, rehearse } from '../support/rehearsal.ts';

const bucket = 'spotinst-cur-report';
const toTopic = `<TopicConfiguration><Id>audit</Id><Topic>arn:aws:sns:us-east-1:${acme}:audit</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>`;

const withNotification = async () => {
  const rehearsal = rehearse();
  await reach(rehearsal, 'waiting');
  const found = rehearsal.world.buckets[bucket];
  if (found) found.notifications = toTopic;
  rehearsal.advance(25);
  return rehearsal;
};

test('notifications of others stop the crawler stack, which would replace them', async () => {
  const { run } = await withNotification();
  const { screen, exitCode, writes } = await run.resume({ yes: true });
  await expect(screen).toMatchFileSnapshot('screens/notifications.txt');
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
});

test('accepted by name, they are copied first and then replaced', async () => {
  const { run } = await withNotification();
  const { screen, exitCode, writes } = await run.resume({ yes: true, flags: { 'accept-notification': ['audit'] } });
  expect(exitCode).toBe(0);
  expect(writes[0]).toBe('cloudformation:CreateStack');
  expect(screen).toContain('bucket-notifications.json');
});

test('accepting another one by name is not enough', async () => {
  const { run } = await withNotification();
  expect(await run.resume({ yes: true, flags: { 'accept-notification': ['other'] } })).toMatchObject({
    exitCode: 1,
    writes: [],
  });
});

test('EventBridge goes beside everything and comes back by its name', async () => {
  const { run, world } = await withNotification();
  const found = world.buckets[bucket];
  if (found) found.notifications = '<EventBridgeConfiguration></EventBridgeConfiguration>';
  const flags = { 'accept-notification': ['EventBridge'] };
  expect((await run.resume({ yes: true, flags })).exitCode).toBe(0);
  expect(found?.notifications).not.toContain('EventBridge');
  const { exitCode, writes } = await run.resume({ yes: true, restoreNotifications: true });
  expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: ['s3:PutBucketNotificationConfiguration'] });
  expect(found?.notifications).toMatch(/EventBridge/);
  expect(found?.notifications).toMatch(/AWSCURInitializer/);
});

test('what can not be read is not replaced', async () => {
  const { run, refuse } = await withNotification();
  await run.resume({ yes: true, flags: { 'accept-notification': ['audit'] } });
  refuse('s3:GetBucketNotificationConfiguration', { code: 'AccessDenied', message: 'Access Denied', status: 403 });
  const { exitCode, writes, screen } = await run.resume({ yes: true, restoreNotifications: true });
  expect({ exitCode, writes }).toEqual({ exitCode: 1, writes: [] });
  expect(screen).toContain('spot-cur policy acme');
});
