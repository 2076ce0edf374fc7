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
import { sha256 } from '../../../src/steps/sha256.ts';

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
  'accept-risk': [],
  'restore-notifications': false,
};
const print = fingerprint(messageFor(fresh, bytes));
const mailed: Settings = { ...fresh, notes: { message: print } };
const sent: Settings = { ...fresh, notes: { message: print, sent: print, 'sent-at': new Date(now).toISOString() } };
const message: Seen['message'] = {
  eml: '/m/message.eml',
  text: '/m/message.txt',
  body: messageFor(fresh, bytes).text,
  attachment: { path: '/m/crawler-cfn.yml', content: bytes, sha256: '' },
  draft: Buffer.from(''),
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
  made: false,
  changed: undefined,
  kept: undefined,
  crawler: undefined,
  tables: unknownTables,
  notifications: { known: true, value: [] },
  extractor: undefined,
};
const standing: Seen = { ...nothing, message, stack: stackIn('CREATE_COMPLETE'), ours: true, made: true, crawler };

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
      advice: [
        'Send it from your mail program: /m/message.eml',
        expect.stringContaining('spot-cur handover acme --open'),
      ],
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

  test('or is asked', () =>
    expect(textOf(decide(standing, sent, now + 73 * hour))).toContain('spot-cur handover acme --reminder'));

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

describe('a stack in trouble', () => {
  const seenIn = (status: string, ours: boolean): Seen => ({ ...standing, stack: stackIn(status), ours });

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
    expect(move.after?.advice[0]).toContain('aws service-quotas ');
    expect(move.after).toMatchObject({ attempt: 'crawler-stack:SpotEcoStack', passing: false });
  });

  test('that was not visible yet to another passes by itself', () => {
    const events = [event('CREATE_FAILED', 'Service is unable to assume provided role.')];
    const gone = { ...nothing, message, stack: stackIn('DELETE_COMPLETE'), events };
    expect((decide(gone, mailed, now) as ChangeMove).after).toMatchObject({ passing: true });
  });

  test('and was deleted by hand is no failure', () =>
    expect(decide({ ...nothing, message, stack: stackIn('DELETE_COMPLETE') }, mailed, now)).not.toHaveProperty(
      'after',
    ));

  test('because of a retired runtime is not created again from the same file', () => {
    const events = [event('CREATE_FAILED', 'The runtime parameter of nodejs14.x is no longer supported')];
    const gone = { ...nothing, message, stack: stackIn('DELETE_COMPLETE'), events };
    const failed = { ...mailed, notes: { ...mailed.notes, 'crawler-sha256': sha256(bytes) } };
    expect(textOf(decide(gone, failed, now))).toMatch(/^blocked: .*aws s3 rm s3:\/\/acme/);
    const other = { ...mailed, notes: { ...mailed.notes, 'crawler-sha256': 'another' } };
    expect(decide(gone, other, now).kind).toBe('change');
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
      'by a limit of Lambda that leaves no room for its functions',
      { ...nothing, concurrency: { known: true, value: { limit: 10, unreserved: 10 } } },
      /10 at once.* request-service-quota-increase/,
    ],
    [
      'by a database of that name',
      { ...nothing, tables: { known: true, value: [] } },
      /delete-database .*athenacurcfn_acme/,
    ],
    [
      'by a crawler that has gone',
      { ...standing, crawler: undefined },
      /is not there.*aws cloudformation delete-stack/,
    ],
    [
      'by a crawler that reads something else',
      { ...standing, crawler: { ...crawler, targets: ['s3://b/'] } },
      /somebody has changed it.*update-crawler .*s3:\/\/acme\/spotinst_eco\/acme\/acme\//,
    ],
    ['by a stack of that name', { ...standing, ours: false }, /--stack-name SpotEcoStack-2/],
  ])('%s', (_, seen, text) => {
    expect(textOf(decide(seen, mailed, now))).toMatch(/^blocked/);
    expect(textOf(decide(seen, mailed, now))).toMatch(text);
  });

  test.each([
    ['waited for', 9, 'wait'],
    ["taken for somebody else's", 11, 'blocked'],
  ] as const)('a stack that is not shown, and whose crawler is, is %s after %i minutes', (_, minutes, kind) => {
    const at = new Date(now - minutes * 60_000).toISOString();
    const settings: Settings = {
      ...mailed,
      provenance: { 'crawler-stack': { origin: 'created', id: 'SpotEcoStack', at } },
    };
    expect(decide({ ...nothing, crawler }, settings, now)).toMatchObject({ kind });
    expect(decide({ ...nothing, tables: { known: true, value: [] } }, settings, now)).toMatchObject({ kind });
  });

  test.each([
    ['waited for while its stack of ours is new', 9, 'wait'],
    ['missing after that', 11, 'blocked'],
  ] as const)('a crawler that Glue does not show is %s', (_, minutes, kind) => {
    const at = new Date(now - minutes * 60_000).toISOString();
    const settings: Settings = {
      ...mailed,
      provenance: { 'crawler-stack': { origin: 'created', id: 'SpotEcoStack', at } },
    };
    expect(decide({ ...standing, made: true, crawler: undefined }, settings, now)).toMatchObject({ kind });
    expect(decide({ ...standing, made: false, crawler: undefined }, settings, now)).toMatchObject({ kind: 'blocked' });
  });

  test('field by field', () => {
    const strayed = { ...crawler, targets: ['s3://b/'], database: 'other' };
    expect(decide({ ...standing, crawler: strayed }, mailed, now)).toMatchObject({
      details: [
        'S3 targets: is "s3://b/", has to be "s3://acme/spotinst_eco/acme/acme/"',
        'database: is "other", has to be "athenacurcfn_acme"',
      ],
    });
  });

  test('but not by tables that may not be read', () =>
    expect(changesOf({ ...nothing, tables: { known: false, reason: 'denied' } }, fresh)).toContain('crawler-stack'));
});

describe('a schedule that somebody set otherwise', () => {
  const off = {
    ...standing,
    crawler: { ...crawler, schedule: 'cron(0 9 * * ? *)', scheduleState: 'NOT_SCHEDULED' as const },
  };
  const move = decide(off, mailed, now) as ChangeMove;

  test('is shown as it is and as it will be', () => {
    expect(move.reason).toContain('cron(0 9 * * ? *)');
    expect(move.changes[0]?.details).toEqual([
      'Schedule: cron(0 9 * * ? *) (NOT_SCHEDULED) -> cron(0 0 * * ? *) (SCHEDULED)',
    ]);
  });

  test('and turned on by the same plan', () => {
    expect(move.later).toEqual(['Turn on the schedule of the Glue crawler AWSCURCrawler-acme']);
    const set = { ...off, crawler: { ...off.crawler, schedule: 'cron(0 0 * * ? *)' } };
    expect((decide(set, mailed, now) as ChangeMove).plan).toBe(move.plan);
  });
});

test('a file that AWS has changed since is told with the plan, and how to use it', () => {
  const changed = { mailed: 'aa', delivered: 'bb' };
  const { warnings = [] } = decide({ ...nothing, message, changed }, mailed, now) as ChangeMove;
  expect(warnings.join(' ')).toMatch(/another crawler-cfn.yml.*aa.*bb.*--fresh/s);
});
