import { beforeEach, describe, expect, test } from 'vitest';
import type { Aws } from '../../../src/aws/aws.ts';
import type { Stack, StackEvent } from '../../../src/aws/stacks.ts';
import { memoryOutbox } from '../../../src/outbox.ts';
import { crawlerTemplate } from '../../../src/simulator/templates/crawler.ts';
import { inspect } from '../../../src/steps/athena/inspect.ts';
import { messageFor } from '../../../src/steps/athena/message.ts';
import type { Settings } from '../../../src/steps/athena/settings.ts';

const crawlerFile = (bucket: string, comment = '') =>
  `${crawlerTemplate({ bucket, name: 'acme', folder: 'spotinst_eco/acme' })}${comment}`;
const settings: Settings = {
  customer: 'acme',
  account: '111122223333',
  notes: {},
  provenance: {},
  reportName: 'acme',
  bucket: 'acme',
  prefix: 'spotinst_eco',
  crawlerKey: 'spotinst_eco/acme/crawler-cfn.yml',
  'stack-name': 'SpotEcoStack',
  'spot-org-id': ['60012345'],
  'msp-account': '999988887777',
  'accept-notification': [],
  'accept-risk': [],
  'restore-notifications': false,
};
const stackIn = (status: string, id = 'arn:stack'): Stack => ({
  id,
  name: 'SpotEcoStack',
  status,
  reason: undefined,
  parameters: { CURBucketName: 'acme' },
});
const failed = (reason: string): StackEvent => ({
  id: '1',
  at: 0,
  resource: 'AWSCURInitializer',
  type: 'AWS::Lambda::Function',
  status: 'CREATE_FAILED',
  reason,
});

interface There {
  readonly delivered?: string;
  readonly stacks?: Readonly<Record<string, Stack>>;
  readonly events?: readonly StackEvent[];
  readonly deployed?: string;
}

const awsWith = ({ delivered = crawlerFile('acme'), stacks = {}, events = [], deployed }: There) =>
  ({
    buckets: { listNotifications: async () => [] },
    objects: { read: async () => Buffer.from(delivered) },
    stacks: {
      find: async (id: string) => stacks[id],
      list: async () => Object.values(stacks),
      listEvents: async () => events,
      findTemplate: async () => deployed,
    },
    crawlers: { find: async () => undefined, findTables: async () => undefined },
    functions: { findConcurrency: async () => undefined },
  }) as unknown as Aws;

let outbox = memoryOutbox();
beforeEach(() => {
  outbox = memoryOutbox();
});
const look = (there: There = {}, changes: Partial<Settings> = {}) =>
  inspect({ aws: awsWith(there), outbox }, { ...settings, ...changes }, { attempts: [] });
const textOf = async (seen: ReturnType<typeof look>) => Buffer.from((await seen).file.bytes).toString();

describe('the file to deploy', () => {
  const mailed = crawlerFile('acme', '# mailed\n');
  const mail = (text = mailed) => outbox.write('acme', messageFor(settings, Buffer.from(text)));

  test('is the one that AWS delivered', async () => expect(await textOf(look())).toBe(crawlerFile('acme')));

  test('is the one that was mailed, once one was', async () => {
    await mail();
    expect(await textOf(look({ delivered: 'anything' }))).toBe(mailed);
  });

  test('is AWS’s again when the mailed one belongs to another connection', async () => {
    await mail(crawlerFile('other'));
    expect(await textOf(look())).toBe(crawlerFile('acme'));
  });

  test('is AWS’s again when the mailed one names a retired runtime', async () => {
    await mail();
    const gone = { stacks: { 'arn:stack': stackIn('DELETE_COMPLETE') } };
    const notes = { 'crawler-stack-id': 'arn:stack' };
    const retired = failed('The runtime parameter of nodejs14.x is no longer supported for creating functions.');
    expect(await textOf(look({ ...gone, events: [retired] }, { notes }))).toBe(crawlerFile('acme'));
    expect(await textOf(look({ ...gone, events: [failed('Access denied')] }, { notes }))).toBe(mailed);
  });
});

describe('a stack is ours', () => {
  const byName = { stacks: { SpotEcoStack: stackIn('CREATE_COMPLETE') } };
  test.each<[string, There, Partial<Settings>, boolean]>([
    [
      'by the recorded id',
      { stacks: { 'arn:stack': stackIn('CREATE_COMPLETE') } },
      { notes: { 'crawler-stack-id': 'arn:stack' } },
      true,
    ],
    ['by what it crawls', { ...byName, deployed: crawlerFile('acme') }, {}, true],
    ['never by its name', { ...byName, deployed: crawlerFile('other') }, {}, false],
    ['never without a template to prove it', byName, {}, false],
    ['never with a template that is none', { ...byName, deployed: 'hello' }, {}, false],
    [
      'never while under review',
      { stacks: { SpotEcoStack: stackIn('REVIEW_IN_PROGRESS') }, deployed: crawlerFile('acme') },
      {},
      false,
    ],
  ])('%s', async (_, there, changes, ours) => expect((await look(there, changes)).ours).toBe(ours));

  test('and one made again by hand is found by name, when the recorded one is gone', async () => {
    const stacks = { 'arn:stack': stackIn('DELETE_COMPLETE'), SpotEcoStack: stackIn('CREATE_COMPLETE', 'arn:new') };
    const seen = await look({ stacks, deployed: crawlerFile('acme') }, { notes: { 'crawler-stack-id': 'arn:stack' } });
    expect(seen.stack?.id).toBe('arn:new');
    expect(seen.ours).toBe(true);
  });
});

test('without the state, an extractor of the same bucket is looked for', async () => {
  const there = { stacks: { SpotEcoStack: stackIn('CREATE_COMPLETE') }, deployed: crawlerFile('acme') };
  expect((await look(there)).extractor?.id).toBe('arn:stack');
  expect((await look(there, { link: 'https://x' })).extractor).toBeUndefined();
  expect((await look(there, { bucket: 'other' }).catch(() => undefined))?.extractor).toBeUndefined();
});
