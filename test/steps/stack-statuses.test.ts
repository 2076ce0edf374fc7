import { describe, expect, test } from 'vitest';
import type { Stack, StackEvent } from '../../src/aws/stacks.ts';
import { crawlerTemplate } from '../../src/simulator/templates/crawler.ts';
import type { Move } from '../../src/step.ts';
import { readCrawlerTemplate } from '../../src/steps/athena/crawler-template.ts';
import { decide as decideAthena } from '../../src/steps/athena/decide.ts';
import { decide as decideExtractor } from '../../src/steps/extractor/decide.ts';
import { unwatched } from '../support/undertaking.ts';

/**
 * Every status of CloudFormation, and what both steps do about a stack in it: one that this connection made, one of this
 * report's that somebody else made, and one that has nothing to do with it. "person" is a change that --yes can't agree to.
 */
const statuses: readonly (readonly [status: string, made: string, found: string, foreign: string])[] = [
  ['CREATE_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['CREATE_FAILED', 'delete', 'person delete', 'blocked'],
  ['CREATE_COMPLETE', 'stands', 'stands', 'blocked'],
  ['ROLLBACK_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['ROLLBACK_FAILED', 'delete', 'person delete', 'blocked'],
  ['ROLLBACK_COMPLETE', 'delete', 'person delete', 'blocked'],
  ['DELETE_IN_PROGRESS', 'wait', 'wait', 'wait'],
  ['DELETE_FAILED', 'delete', 'person delete', 'blocked'],
  ['DELETE_COMPLETE', 'create', 'create', 'create'],
  ['UPDATE_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['UPDATE_COMPLETE', 'stands', 'stands', 'blocked'],
  ['UPDATE_FAILED', 'blocked', 'blocked', 'blocked'],
  ['UPDATE_ROLLBACK_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['UPDATE_ROLLBACK_FAILED', 'blocked', 'blocked', 'blocked'],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['UPDATE_ROLLBACK_COMPLETE', 'stands', 'stands', 'blocked'],
  ['REVIEW_IN_PROGRESS', 'review', 'review', 'review'],
  ['IMPORT_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['IMPORT_COMPLETE', 'stands', 'stands', 'blocked'],
  ['IMPORT_ROLLBACK_IN_PROGRESS', 'wait', 'wait', 'blocked'],
  ['IMPORT_ROLLBACK_FAILED', 'blocked', 'blocked', 'blocked'],
  ['IMPORT_ROLLBACK_COMPLETE', 'blocked', 'blocked', 'blocked'],
  ['SOMETHING_NEW', 'blocked', 'blocked', 'blocked'],
];

const now = Date.UTC(2026, 10, 23);
const place = { reportName: 'acme', bucket: 'acme', prefix: 'spotinst_eco' };
const bytes = Buffer.from(crawlerTemplate({ bucket: 'acme', name: 'acme', folder: 'spotinst_eco/acme' }));
const common = { customer: 'acme', account: '111122223333', notes: {}, provenance: {} };
const stackIn = (status: string): Stack => ({ id: 'arn:s', name: 'Stack', status, reason: undefined, parameters: {} });
const whose = {
  made: { ours: true, made: true },
  found: { ours: true, made: false },
  foreign: { ours: false, made: false },
};
type Whose = keyof typeof whose;

const athena = (stack: Stack, who: Whose, events: readonly StackEvent[] = []): Move =>
  decideAthena(
    {
      ...whose[who],
      stack,
      events,
      message: undefined,
      file: { bytes, template: readCrawlerTemplate(bytes, 'crawler-cfn.yml', place) },
      crawler: undefined,
      tables: { known: true, value: undefined },
      notifications: { known: true, value: [] },
      extractor: undefined,
      changed: undefined,
      kept: undefined,
    },
    {
      ...common,
      ...place,
      crawlerKey: 'x/crawler-cfn.yml',
      'stack-name': 'Stack',
      'spot-org-id': ['60012345'],
      'msp-account': '999988887777',
      'accept-notification': [],
      'accept-risk': [],
    },
    now,
  );

const extractor = (stack: Stack, who: Whose, events: readonly StackEvent[] = []): Move =>
  decideExtractor(
    {
      ...whose[who],
      stackName: 'Stack',
      stack,
      events,
      differences: [],
      offer: undefined,
      unreadable: undefined,
      prepared: undefined,
      confirmations: new Set(),
    },
    { ...common, bucket: 'acme', prefix: 'spotinst_eco', 'accept-risk': [], param: {} },
    now,
  );

const summary = (move: Move): string =>
  move.kind === 'change'
    ? [move.personOnly && 'person', ...move.changes.map(({ id }) => (/removal/.test(id) ? 'delete' : id.split(':')[0]))]
        .filter(Boolean)
        .join(' ')
    : move.kind;

const ofAthena: Readonly<Record<string, string>> = {
  create: 'message crawler-stack',
  // The crawler of the fixture is gone: the stack itself is no obstacle.
  stands: 'blocked',
  review: 'person delete',
};
const ofExtractor: Readonly<Record<string, string>> = {
  // Without a link there is nothing to create from.
  create: 'blocked',
  stands: 'done',
  review: 'blocked',
};

describe.each(statuses)('a stack in %s', (status, made, found, foreign) => {
  test.each([
    ['made', made],
    ['found', found],
    ['foreign', foreign],
  ] as const)('that is %s: %s', (who, expected) => {
    // A change set of our own leaves a stack that we made; the crawler's never begins with one.
    const athenaDoes = who === 'made' && expected === 'review' ? 'delete' : ofAthena[expected];
    expect(summary(athena(stackIn(status), who))).toBe(athenaDoes ?? expected);
    expect(summary(extractor(stackIn(status), who))).toBe(ofExtractor[expected] ?? expected);
  });
});

test.each(statuses)('each dead end of %s ends in a command', (status) => {
  for (const who of ['made', 'found', 'foreign'] as const)
    for (const move of [athena(stackIn(status), who), extractor(stackIn(status), who)]) {
      const setback = move.kind === 'change' ? move.personOnly : move;
      if (setback && 'advice' in setback) expect(setback.advice?.join('\n')).toMatch(/(: |^)(aws|spot-cur) /m);
    }
});

const event = (resource: string, status: string, reason?: string, type = 'AWS::S3::Bucket'): StackEvent => ({
  id: `${resource}-${status}`,
  at: now,
  resource,
  type,
  status,
  reason,
});
const ofStack = (status: string) => event('Stack', status, undefined, 'AWS::CloudFormation::Stack');

describe('a deletion that failed', () => {
  const once = [
    event('A', 'CREATE_FAILED', 'no'),
    ofStack('DELETE_IN_PROGRESS'),
    event('B', 'DELETE_FAILED', 'not empty'),
    event('C', 'DELETE_COMPLETE'),
    ofStack('DELETE_FAILED'),
  ];
  const twice = [
    ...once,
    ofStack('DELETE_IN_PROGRESS'),
    event('B', 'DELETE_FAILED', 'not empty'),
    ofStack('DELETE_FAILED'),
  ];
  const deleting = async (events: readonly StackEvent[], status = 'DELETE_FAILED') => {
    const move = athena(stackIn(status), 'made', events);
    if (move.kind !== 'change') throw new Error(move.kind);
    let retained: unknown;
    const remove = async (_: string, kept: unknown) => {
      retained = kept;
    };
    const stacks = { delete: remove };
    await move.changes[0]?.apply({ aws: { stacks } } as never, 'token', unwatched);
    return { retained, plan: move.plan, text: move.changes[0]?.details?.join(' ') };
  };

  test('is tried once more as it is', async () => expect(await deleting(once)).toMatchObject({ retained: [] }));

  test('then leaves behind what could not be deleted, and the plan names it', async () => {
    const second = await deleting(twice);
    expect(second).toMatchObject({ retained: ['B'], text: expect.stringContaining('not empty') });
    expect(second.plan).not.toBe((await deleting(once)).plan);
  });

  test('what went the second time is not left behind', async () =>
    expect(await deleting([...twice, event('B', 'DELETE_COMPLETE')])).toMatchObject({ retained: [] }));

  test('nothing is left behind while CloudFormation would not take such a list', async () =>
    expect(await deleting(twice, 'ROLLBACK_FAILED')).toMatchObject({ retained: [] }));
});
