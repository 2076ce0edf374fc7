import { describe, expect, test } from 'vitest';
import type { Aws } from '../../../src/aws/aws.ts';
import type { Stack } from '../../../src/aws/stacks.ts';
import { memoryOutbox } from '../../../src/outbox.ts';
import { extractorTemplate } from '../../../src/simulator/templates/extractor.ts';
import { inspect } from '../../../src/steps/extractor/inspect.ts';
import type { Settings } from '../../../src/steps/extractor/settings.ts';

const link = (stackName: string) =>
  `https://console.aws.amazon.com/cloudformation/home#/stacks/quickcreate?templateURL=https://tmpl.s3.amazonaws.com/x&stackName=${stackName}`;
const settings: Settings = {
  customer: 'acme',
  account: '111122223333',
  notes: {},
  provenance: {},
  bucket: 'acme-billing',
  prefix: 'spotinst_eco',
  'accept-risk': [],
  param: {},
};
const awsWith = (text: string, stack?: Stack) =>
  ({
    objects: { read: async () => Buffer.from(text) },
    stacks: {
      find: async (id: string) => (id === stack?.id || id === stack?.name ? stack : undefined),
      list: async () => (stack ? [stack] : []),
      listEvents: async () => [],
      summarise: async (source: object) => ({ capabilities: Object.keys(source), transforms: [] }),
    },
  }) as unknown as Aws;
const look = (changes: Partial<Settings>, text = extractorTemplate, stack?: Stack) =>
  inspect(
    { aws: awsWith(text, stack), outbox: memoryOutbox() },
    { ...settings, ...changes },
    { confirmations: async () => new Set(), attempts: [] },
  );

describe('the stack’s name', () => {
  test.each<[string, Partial<Settings>, string]>([
    ['is the user’s', { 'extractor-stack-name': 'Mine', link: link('Theirs') }, 'Mine'],
    ['else the link’s', { link: link('Theirs') }, 'Theirs'],
    ['else our own', { link: link('') }, 'SpotExtractor'],
    ['never one that CloudFormation refuses', { link: link('Spot%20Eco%20Stack') }, 'SpotExtractor'],
    ['never an ARN, which leads to any stack', { link: link('arn:aws:cloudformation:x') }, 'SpotExtractor'],
    ['never what a shell would run', { link: link('x;rm%20-rf%20~') }, 'SpotExtractor'],
  ])('%s', async (_, changes, name) => expect((await look(changes)).stackName).toBe(name));
});

test('a template of up to 51,200 bytes goes along, a larger one by its URL', async () => {
  const sized = (bytes: number) => `${extractorTemplate}${'#'.repeat(bytes - Buffer.byteLength(extractorTemplate))}`;
  const small = await look({ link: link('') }, sized(51_200));
  expect(small.offer).toMatchObject({ inline: true, bytes: 51_200, summary: { capabilities: ['body'] } });
  const large = await look({ link: link('') }, sized(51_201));
  expect(large.offer).toMatchObject({ inline: false, bytes: 51_201, summary: { capabilities: ['url'] } });
});

test('a stack is ours by its recorded id or its bucket, never by its name', async () => {
  const stack = (bucket: string): Stack => ({
    id: 'arn:s',
    name: 'SpotExtractor',
    status: 'CREATE_COMPLETE',
    reason: undefined,
    parameters: { CURBucketName: bucket },
  });
  expect(await look({}, '', stack('acme-billing'))).toMatchObject({ ours: true, offer: undefined });
  expect(await look({}, '', stack('other'))).toMatchObject({ ours: false });
  expect(await look({ notes: { 'extractor-stack-id': 'arn:s' } }, '', stack('other'))).toMatchObject({ ours: true });
  expect(await look({ 'cur-bucket': 'other' }, '', stack('other'))).toMatchObject({ ours: true });
});
