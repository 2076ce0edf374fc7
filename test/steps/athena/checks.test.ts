import { describe, expect, test } from 'vitest';
import type { Crawler } from '../../../src/aws/crawlers.ts';
import type { Stack } from '../../../src/aws/stacks.ts';
import { crawlerTemplate } from '../../../src/simulator/templates/crawler.ts';
import { checks, resources } from '../../../src/steps/athena/checks.ts';
import { readCrawlerTemplate } from '../../../src/steps/athena/crawler-template.ts';
import type { Seen } from '../../../src/steps/athena/inspect.ts';
import { fingerprint, messageFor } from '../../../src/steps/athena/message.ts';
import type { Settings } from '../../../src/steps/athena/settings.ts';

const place = { reportName: 'acme', bucket: 'acme', prefix: 'spotinst_eco' };
const bytes = Buffer.from(crawlerTemplate({ bucket: 'acme', name: 'acme', folder: 'spotinst_eco/acme' }));
const settings: Settings = {
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
};
const print = fingerprint(messageFor(settings, bytes));
const sent: Settings = { ...settings, notes: { sent: print, 'sent-at': '2026-11-23T12:00:00.000Z' } };
const stack: Stack = { id: 'arn', name: 'SpotEcoStack', status: 'CREATE_COMPLETE', reason: undefined, parameters: {} };
const crawler: Crawler = {
  name: 'AWSCURCrawler-acme',
  database: 'athenacurcfn_acme',
  targets: ['s3://acme/spotinst_eco/acme/acme/'],
  schedule: 'cron(0 0 * * ? *)',
  scheduleState: 'SCHEDULED',
  lastCrawl: undefined,
  running: false,
};
const allWell: Seen = {
  message: {
    eml: '/m/message.eml',
    text: '',
    body: '',
    attachment: { path: '', content: bytes, sha256: '' },
    draft: bytes,
  },
  file: { bytes, template: readCrawlerTemplate(bytes, 'crawler-cfn.yml', place) },
  stack,
  events: [],
  ours: true,
  crawler,
  tables: { known: true, value: ['acme', 'cost_and_usage_data_status'] },
  notifications: { known: true, value: [] },
  extractor: undefined,
  made: true,
  changed: undefined,
  kept: undefined,
};
const states = (changes: Partial<Seen> = {}, given: Settings = sent) =>
  Object.fromEntries(checks({ ...allWell, ...changes }, given).map(({ id, state }) => [id, state]));

test('all is well', () =>
  expect(states()).toEqual({
    message: 'ok',
    'crawler-stack': 'ok',
    crawler: 'ok',
    'crawler-schedule': 'ok',
    table: 'ok',
    sent: 'ok',
  }));

describe('one line of evidence', () => {
  const failed = {
    stack: { ...stack, status: 'ROLLBACK_COMPLETE' },
    events: [{ id: '1', at: 0, resource: 'A', type: 'T', status: 'CREATE_FAILED', reason: 'too many \u001b[31mreds' }],
  };
  test.each<[string, string, string, Partial<Seen>, Settings?]>([
    ['message', 'missing', 'not written', { message: undefined }],
    ['crawler-stack', 'missing', 'none', { stack: undefined }],
    ['crawler-stack', 'missing', 'deleted', { stack: { ...stack, status: 'DELETE_COMPLETE' } }],
    ['crawler-stack', 'wrong', 'not ours', { ours: false }],
    ['crawler-stack', 'pending', 'busy', { stack: { ...stack, status: 'CREATE_IN_PROGRESS' } }],
    ['crawler-stack', 'pending', 'deleting', { stack: { ...stack, status: 'DELETE_IN_PROGRESS' } }],
    ['crawler-stack', 'wrong', 'failed', failed],
    ['crawler', 'missing', 'none', { crawler: undefined }],
    ['crawler', 'wrong', 'reads something else', { crawler: { ...crawler, targets: ['s3://other/'] } }],
    ['crawler-schedule', 'missing', 'none', { crawler: { ...crawler, schedule: undefined } }],
    ['crawler-schedule', 'wrong', 'another', { crawler: { ...crawler, schedule: 'cron(0 9 * * ? *)' } }],
    ['crawler-schedule', 'wrong', 'off', { crawler: { ...crawler, scheduleState: 'NOT_SCHEDULED' } }],
    ['table', 'pending', 'only the status table', { tables: { known: true, value: ['cost_and_usage_data_status'] } }],
    ['table', 'pending', 'no database', { tables: { known: true, value: undefined } }],
    ['table', 'unknown', 'may not be read', { tables: { known: false, reason: 'denied' } }],
    ['sent', 'missing', 'nobody said so', {}, settings],
    ['sent', 'missing', 'another message was sent', {}, { ...sent, contact: 'jo@spot.io' }],
  ])('%s is %s: %s', (id, state, _, changes, given) => expect(states(changes, given)[id]).toBe(state));

  test('a failure shows its cause, harmless for a terminal', () =>
    expect(checks({ ...allWell, ...failed }, sent)[1]?.evidence).toBe('too many reds'));

  test('sent no longer matters once there is a link or an extractor', () => {
    expect(states({}, { ...settings, link: 'https://x' })).not.toHaveProperty('sent');
    expect(states({ extractor: stack }, settings)).not.toHaveProperty('sent');
  });
});

test('what stands is the stack of ours, and its schedule once it is ours', () => {
  const keys = (changes: Partial<Seen>) => resources({ ...allWell, ...changes }, settings).map(({ key }) => key);
  expect(keys({})).toEqual(['crawler-stack', 'crawler-schedule']);
  expect(keys({ crawler: { ...crawler, schedule: 'cron(0 9 * * ? *)' } })).toEqual(['crawler-stack']);
  expect(keys({ ours: false })).toEqual([]);
  expect(keys({ stack: { ...stack, status: 'CREATE_IN_PROGRESS' } })).toEqual([]);
});
