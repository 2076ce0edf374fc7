import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Notification } from '../../../src/aws/buckets.ts';
import { memoryOutbox, outboxIn } from '../../../src/outbox.ts';
import {
  clashesWithCrawler,
  copyOf,
  isCrawlers,
  keptName,
  notificationLine,
  readCopy,
  restoration,
  setAsideName,
} from '../../../src/steps/athena/notifications.ts';

interface About {
  readonly events?: readonly string[];
  readonly prefix?: string;
  readonly suffix?: string;
  readonly target?: string;
}
const entry = (id: string, { events = ['s3:ObjectCreated:*'], prefix, suffix, target = `arn:${id}` }: About = {}) => {
  const rules = [
    ...(prefix === undefined ? [] : [{ Name: 'Prefix', Value: prefix }]),
    ...(suffix === undefined ? [] : [{ Name: 'suffix', Value: suffix }]),
  ];
  const filter = rules.length > 0 ? { Filter: { Key: { FilterRules: rules } } } : {};
  return { id, target, entry: { Id: id, QueueArn: target, Events: events, ...filter } } satisfies Notification;
};
const eventBridge: Notification = { id: 'EventBridge', target: 'EventBridge', entry: {} };

describe('two entries clash', () => {
  test.each<[string, About, About, boolean]>([
    ['for the same event of all objects', {}, {}, true],
    ['for an event that the other one covers', { events: ['s3:ObjectCreated:Put'] }, {}, true],
    ['not for events of other kinds', { events: ['s3:ObjectRemoved:*'] }, {}, false],
    ['below a prefix within the other one', { prefix: 'a/b' }, { prefix: 'a/' }, true],
    ['not below prefixes side by side', { prefix: 'a/' }, { prefix: 'b/' }, false],
    ['with a suffix within the other one', { suffix: '.tar.gz' }, { suffix: '.gz' }, true],
    ['not with other suffixes', { suffix: '.csv' }, { suffix: '.gz' }, false],
    [
      'not when the suffix alone keeps them apart',
      { prefix: 'a/', suffix: '.csv' },
      { prefix: 'a/', suffix: '.gz' },
      false,
    ],
    ['when one of them has no filter', { prefix: 'a/', suffix: '.csv' }, {}, true],
  ])('%s', (_, saved, standing, clash) => {
    const found = restoration([entry('saved', saved)], [entry('standing', standing)]);
    expect(found.clashes.length > 0).toBe(clash);
    expect(restoration([entry('standing', standing)], [entry('saved', saved)]).clashes.length > 0).toBe(clash);
  });

  test('that were saved one after the other and never stood side by side', () => {
    const [early, late] = [entry('early', { prefix: 'logs/' }), entry('late', { prefix: 'logs/2026/' })];
    expect(restoration([early, late], []).clashes).toEqual([{ saved: early, other: late, stands: false }]);
    expect(restoration([early, late], [early]).clashes).toEqual([{ saved: late, other: early, stands: true }]);
  });

  test('by their id alone', () =>
    expect(restoration([entry('x', { prefix: 'a/' })], [entry('x', { prefix: 'b/' })]).clashes).toHaveLength(1));

  test('never with EventBridge', () =>
    expect(restoration([eventBridge], [entry('x')])).toEqual({ missing: [eventBridge], clashes: [] }));
});

test('what is back is not missing, whatever its id and the order of its events', () => {
  const saved = entry('saved', { events: ['s3:ObjectCreated:Put', 's3:ObjectRemoved:*'], target: 'arn:q' });
  const back = entry('other', { events: ['s3:ObjectRemoved:*', 's3:ObjectCreated:Put'], target: 'arn:q' });
  expect(restoration([saved, eventBridge], [back, eventBridge])).toEqual({ missing: [], clashes: [] });
});

test("an entry that covers the report's objects can't stand beside the crawler's", () => {
  const report = { prefix: 'spotinst_eco', reportName: 'acme' };
  expect(clashesWithCrawler(entry('all'), report)).toBe(true);
  expect(clashesWithCrawler(entry('within', { prefix: 'spotinst_eco/acme/acme/' }), report)).toBe(true);
  expect(clashesWithCrawler(entry('uploads', { prefix: 'uploads/' }), report)).toBe(false);
});

test("the crawler stack's own entry is known by the function that it made", () => {
  const target = 'arn:aws:lambda:us-east-1:111122223333:function:SpotEcoStack-AWSCURInitializer-ABC123';
  expect(isCrawlers(entry('x', { target }), 'SpotEcoStack')).toBe(true);
  expect(isCrawlers(entry('x', { target }), 'Another')).toBe(false);
  const long = 'S'.repeat(60);
  expect(isCrawlers(entry('x', { target: `arn:x:function:${'S'.repeat(51)}-ABC123` }), long)).toBe(true);
});

test('an entry reads as a line, without what could steer a terminal', () => {
  const line = notificationLine(entry('a\u001b[2J', { prefix: 'p/', suffix: '.gz', target: 'arn:\u202eq' }));
  expect(line).toBe('"a": s3:ObjectCreated:* below "p/" ending in ".gz" to arn:q');
  expect(notificationLine(eventBridge)).toBe('"EventBridge": all events to EventBridge');
});

describe('a copy', () => {
  const kept = (text: string) => ({ path: '/m/copy.json', text });

  test('has what was found, and what an earlier one had beside it', () => {
    const first = copyOf('acme', [entry('a'), entry('b')], undefined);
    const second = copyOf('acme', [entry('b', { prefix: 'new/' })], kept(first));
    expect(readCopy(kept(second), 'acme')).toEqual([entry('a'), entry('b', { prefix: 'new/' })]);
  });

  test('of another bucket is none', () =>
    expect(readCopy(kept(copyOf('other', [entry('a')], undefined)), 'acme')).toEqual([]));

  test('of another bucket stays under a name of its own', () => {
    const other = kept(copyOf('other', [entry('a')], undefined));
    expect(setAsideName(other, 'acme')).toBe('bucket-notifications-other.json');
    expect(setAsideName(other, 'other')).toBeUndefined();
    expect(setAsideName(undefined, 'acme')).toBeUndefined();
  });

  test.each(['', 'hello', '[]', '{"bucket":"acme"}', '{"bucket":"acme","notifications":[{"id":1}]}'])(
    'that a hand has spoilt is refused: %s',
    (text) => expect(() => readCopy(kept(text), 'acme')).toThrow(expect.objectContaining({ code: 'state' })),
  );

  test.each([
    ['on disk', async () => outboxIn(await mkdtemp(join(tmpdir(), 'outbox-')))],
    ['in memory', async () => memoryOutbox()],
  ] as const)('is found again %s', async (_, open) => {
    const outbox = await open();
    expect(await outbox.findKept('acme', keptName)).toBeUndefined();
    const path = await outbox.keep('acme', keptName, 'text');
    expect(await outbox.findKept('acme', keptName)).toEqual({ path, text: 'text' });
    expect(await outbox.findKept('other', keptName)).toBeUndefined();
  });

  test('that is larger than any copy is refused', async () => {
    const outbox = outboxIn(await mkdtemp(join(tmpdir(), 'outbox-')));
    const path = await outbox.keep('acme', keptName, '');
    await writeFile(path, 'x'.repeat(3 * 1024 * 1024));
    await expect(outbox.findKept('acme', keptName)).rejects.toMatchObject({ code: 'state' });
  });
});
