import { describe, expect, test } from 'vitest';
import type { Crawler } from '../../../src/aws/crawlers.ts';
import type { Stack, StackEvent } from '../../../src/aws/stacks.ts';
import { crawlerTemplate } from '../../../src/simulator/templates/crawler.ts';
import type { ChangeMove, Move } from '../../../src/step.ts';
import { readCrawlerTemplate } from '../../../src/steps/athena/crawler-template.ts';
import { decide } from '../../../src/steps/athena/decide.ts';
import type { Seen } from '../../../src/steps/athena/inspect.ts';
import { fingerprint, messageFor } from '../../../src/steps/athena/message.ts';
import type { Settings } from '../../../src/steps/athena/settings.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 23, 12);
const place = { reportName: 'acme', bucket: 'acme', prefix: 'spotinst_eco' };
const bytes = Buffer.from(crawlerTemplate({ bucket: 'acme', name: 'acme', folder: 'spotinst_eco/acme' }));
const file = { bytes, template: readCrawlerTemplate(bytes, 'crawler-cfn.yml', place) };
const fresh: Settings = {
  ...place,
  customer: 'acme',
  account: '111122223333',
  notes: {},
  provenance: {},
  crawlerKey: 'spotinst_eco/acme/crawler-cfn.yml',
  'stack-name': 'SpotEcoStack',
  'spot-org-id': ['60012345'],
  'msp-account': '999988887777',
  'accept-notification': [],
};
const print = fingerprint(messageFor(fresh, bytes));
const mailed: Settings = { ...fresh, notes: { message: print } };
const sent: Settings = { ...fresh, notes: { message: print, sent: print, 'sent-at': new Date(now).toISOString() } };
const message: Seen['message'] = {
  eml: '/m/message.eml',
  text: '/m/message.txt',
  body: messageFor(fresh, bytes).text,
  attachment: { path: '/m/crawler-cfn.yml', content: bytes, sha256: '' },
};
const stackIn = (status: string): Stack => ({
  id: 'arn:stack',
  name: 'SpotEcoStack',
  status,
  reason: undefined,
  parameters: {},
});
const crawler: Crawler = {
  name: 'AWSCURCrawler-acme',
  database: 'athenacurcfn_acme',
  targets: ['s3://acme/spotinst_eco/acme/acme/'],
  schedule: 'cron(0 0 * * ? *)',
  scheduleState: 'SCHEDULED',
  lastCrawl: undefined,
  running: false,
};
const event = (status: string, reason?: string, resource = 'AWSCURCrawler'): StackEvent => ({
  id: `${resource}-${status}`,
  at: now,
  resource,
  type: 'AWS::Glue::Crawler',
  status,
  reason,
});
const unknownTables = { known: true, value: undefined } as const;
const nothing: Seen = {
  message: undefined,
  file,
  stack: undefined,
  events: [],
  ours: false,
  crawler: undefined,
  tables: unknownTables,
  notifications: { known: true, value: [] },
  extractor: undefined,
};
const standing: Seen = { ...nothing, message, stack: stackIn('CREATE_COMPLETE'), ours: true, crawler };

const ids = (move: Move) => (move as ChangeMove).changes.map(({ id }) => id.split(':')[0]);
const changesOf = (seen: Seen, settings = mailed) => {
  const move = decide(seen, settings, now);
  expect(move.kind).toBe('change');
  return ids(move);
};
const textOf = (move: Move) => `${move.kind}: ${move.reason} ${'advice' in move ? move.advice?.join(' ') : ''}`;

describe('message, stack, schedule, handover, wait: in this order', () => {
  test.each<[string, Seen, Settings, readonly string[]]>([
    ['message and stack are one plan', nothing, fresh, ['message', 'crawler-stack']],
    ['the stack alone once the very message is written', { ...nothing, message }, mailed, ['crawler-stack']],
    ['the message again when its file is gone', nothing, mailed, ['message', 'crawler-stack']],
    ['the message again when nothing tells what it was', { ...nothing, message }, fresh, ['message', 'crawler-stack']],
    ['the schedule', { ...standing, crawler: { ...crawler, schedule: undefined } }, mailed, ['crawler-schedule']],
    [
      'another schedule',
      { ...standing, crawler: { ...crawler, schedule: 'cron(0 9 * * ? *)' } },
      mailed,
      ['crawler-schedule'],
    ],
    [
      'a schedule that is off',
      { ...standing, crawler: { ...crawler, scheduleState: 'NOT_SCHEDULED' } },
      mailed,
      ['crawler-schedule-start'],
    ],
    ['the message after a stack that was found', { ...standing, message: undefined }, fresh, ['message']],
    [
      'message and schedule',
      { ...standing, message: undefined, crawler: { ...crawler, schedule: undefined } },
      fresh,
      ['message', 'crawler-schedule'],
    ],
  ])('%s', (_, seen, settings, expected) => expect(changesOf(seen, settings)).toEqual(expected));

  test('Glue takes over the schedule in a minute', () =>
    expect(decide({ ...standing, crawler: { ...crawler, scheduleState: 'TRANSITIONING' } }, mailed, now)).toMatchObject(
      {
        kind: 'wait',
        span: 'minutes',
      },
    ));

  test('then somebody sends the message', () => {
    const provenance = { 'crawler-stack': { origin: 'created' as const, id: 'x', at: new Date(now).toISOString() } };
    expect(decide(standing, { ...mailed, provenance }, now)).toMatchObject({
      kind: 'handover',
      since: now,
      advice: ['Open /m/message.eml in your mail program and send it.'],
      settles: { id: 'sent', notes: { sent: print }, timeNote: 'sent-at' },
    });
  });

  test('then Spot answers within three days', () =>
    expect(decide(standing, sent, now + hour)).toMatchObject({
      kind: 'wait',
      span: 'days',
      since: now,
      expectedBy: now + 72 * hour,
      advice: [],
      offer: { field: { id: 'link' } },
    }));

  test('or is asked', () => expect(textOf(decide(standing, sent, now + 73 * hour))).toContain('ask them for the link'));

  test('until there is a link', () =>
    expect(decide(standing, { ...sent, link: 'https://x' }, now)).toMatchObject({ kind: 'done', outputs: {} }));

  test('or the extractor stands, whatever the state knows', () =>
    expect(
      decide({ ...standing, message: undefined, extractor: stackIn('CREATE_COMPLETE') }, fresh, now),
    ).toMatchObject({
      kind: 'done',
      outputs: { extractorStackId: 'arn:stack' },
    }));
});

describe('a message that changed voids that it was sent', () => {
  const changed: Settings = { ...sent, 'spot-org-id': ['60012345', '60067890'] };
  const print2 = fingerprint(messageFor(changed, bytes));
  const rewritten = { ...message, body: messageFor(changed, bytes).text };

  test('it is written anew', () => expect(changesOf(standing, changed)).toEqual(['message']));

  test('and has to be sent again', () => {
    const settings = { ...changed, notes: { ...changed.notes, message: print2 } };
    expect(textOf(decide({ ...standing, message: rewritten }, settings, now))).toMatch(/^handover: .*sent again/);
  });

  test('but not once there is a link', () =>
    expect(decide(standing, { ...changed, link: 'https://x' }, now).kind).toBe('done'));
});

describe('each status of the stack', () => {
  const statuses: readonly (readonly [string, string, string])[] = [
    ['DELETE_COMPLETE', 'change', 'change'],
    ['REVIEW_IN_PROGRESS', 'blocked', 'blocked'],
    ['CREATE_IN_PROGRESS', 'wait', 'blocked'],
    ['ROLLBACK_IN_PROGRESS', 'wait', 'blocked'],
    ['UPDATE_IN_PROGRESS', 'wait', 'blocked'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'wait', 'blocked'],
    ['IMPORT_IN_PROGRESS', 'wait', 'blocked'],
    ['DELETE_IN_PROGRESS', 'wait', 'blocked'],
    ['CREATE_COMPLETE', 'handover', 'blocked'],
    ['UPDATE_COMPLETE', 'handover', 'blocked'],
    ['IMPORT_COMPLETE', 'handover', 'blocked'],
    ['UPDATE_ROLLBACK_COMPLETE', 'handover', 'blocked'],
    ['ROLLBACK_COMPLETE', 'change', 'blocked'],
    ['CREATE_FAILED', 'change', 'blocked'],
    ['ROLLBACK_FAILED', 'change', 'blocked'],
    ['DELETE_FAILED', 'change', 'blocked'],
    ['UPDATE_FAILED', 'blocked', 'blocked'],
    ['UPDATE_ROLLBACK_FAILED', 'blocked', 'blocked'],
    ['IMPORT_ROLLBACK_COMPLETE', 'blocked', 'blocked'],
    ['SOMETHING_NEW', 'blocked', 'blocked'],
  ];
  const seenIn = (status: string, ours: boolean): Seen => ({
    ...standing,
    stack: stackIn(status),
    ours,
    crawler: /^DELETE_COMPLETE$/.test(status) ? undefined : crawler,
  });
  test.each(statuses)('%s: %s when ours, %s when not', (status, ours, foreign) => {
    expect(decide(seenIn(status, true), mailed, now).kind).toBe(ours);
    expect(decide(seenIn(status, false), mailed, now).kind).toBe(foreign);
  });

  test('a failed one is deleted, and tells the first cause', () => {
    const events = [
      event('CREATE_IN_PROGRESS'),
      event('CREATE_FAILED', 'Resource creation cancelled', 'AWSCURDatabase'),
      event(
        'CREATE_FAILED',
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
      ),
      event('CREATE_FAILED', 'a later one', 'Z'),
    ];
    const move = decide({ ...seenIn('ROLLBACK_COMPLETE', true), events }, mailed, now) as ChangeMove;
    expect(ids(move)).toEqual(['crawler-stack-removal']);
    expect(move.after?.reason).toContain('UnreservedConcurrentExecution');
    expect(move.after?.advice[0]).toContain('Service Quotas');
    expect(move.after?.attempt).toBe('crawler-stack:SpotEcoStack');
  });

  test('one under way shows how far it is', () => {
    const events = [event('CREATE_COMPLETE', undefined, 'A'), event('CREATE_COMPLETE', undefined, 'B')];
    const move = decide({ ...seenIn('CREATE_IN_PROGRESS', true), events }, mailed, now);
    expect(move.reason).toContain('(2 of 11 resources)');
    expect(move).toMatchObject({ span: 'minutes', news: [{ id: 'A-CREATE_COMPLETE' }, { id: 'B-CREATE_COMPLETE' }] });
  });
});

describe('blocked', () => {
  const foreignFile = { bytes, template: { ...file.template, mismatches: ['its crawler reads "s3://b"'] } };
  test.each<[string, Seen, RegExp]>([
    ['by a file of another report', { ...nothing, file: foreignFile }, /its crawler reads "s3:\/\/b"/],
    ['by a crawler of that name', { ...nothing, crawler }, /delete-crawler .*AWSCURCrawler-acme/],
    [
      'by a database of that name',
      { ...nothing, tables: { known: true, value: [] } },
      /delete-database .*athenacurcfn_acme/,
    ],
    ['by a crawler that has gone', { ...standing, crawler: undefined }, /is not there, or reads something else/],
    [
      'by a crawler that reads something else',
      { ...standing, crawler: { ...crawler, targets: ['s3://b/'] } },
      /something else/,
    ],
    ['by a stack of that name', { ...standing, ours: false }, /--stack-name SpotEcoStack-2/],
  ])('%s', (_, seen, text) => {
    expect(textOf(decide(seen, mailed, now))).toMatch(/^blocked/);
    expect(textOf(decide(seen, mailed, now))).toMatch(text);
  });

  test('but not by tables that may not be read', () =>
    expect(changesOf({ ...nothing, tables: { known: false, reason: 'denied' } }, fresh)).toContain('crawler-stack'));
});
