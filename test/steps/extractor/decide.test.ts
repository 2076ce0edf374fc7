import { describe, expect, test } from 'vitest';
import type { ChangeSet, Stack } from '../../../src/aws/stacks.ts';
import { extractorTemplate } from '../../../src/simulator/templates/extractor.ts';
import type { ChangeMove, Move, Outside } from '../../../src/step.ts';
import { checks, resources } from '../../../src/steps/extractor/checks.ts';
import { decide } from '../../../src/steps/extractor/decide.ts';
import type { Offer, Seen } from '../../../src/steps/extractor/inspect.ts';
import type { Settings } from '../../../src/steps/extractor/settings.ts';
import { readTemplate } from '../../../src/template/template.ts';
import { unwatched } from '../../support/undertaking.ts';

const settings: Settings = {
  customer: 'acme',
  account: '111122223333',
  notes: {},
  provenance: {},
  bucket: 'acme-billing',
  prefix: 'spotinst_eco',
  'account-list': '',
  'accept-risk': [],
  param: {},
};
const filledIn: Readonly<Record<string, string>> = {
  CURPrefixName: 'spotinst_eco',
  CustomerName: 'acme',
  LambdaFunctionBucket: 'code',
  LambdaFunctionKey: 'extractor.zip',
  S3OutputBucket: 'rows',
};
const url = 'https://templates.s3.amazonaws.com/extractor.yaml';
const offering = (parameters = filledIn, text = extractorTemplate): Offer => ({
  link: {
    template: { url, bucket: 'templates', key: 'extractor.yaml', versionId: undefined, region: undefined },
    stackName: undefined,
    parameters,
  },
  template: readTemplate(Buffer.from(text), url),
  text,
  bytes: text.length,
  sha256: 'ab'.repeat(32),
  inline: true,
  summary: { capabilities: ['CAPABILITY_IAM'], capabilitiesReason: 'roles', transforms: [] },
});
const offer = offering();
const large = { ...offer, inline: false, bytes: 60_000 };
const stackIn = (status: string): Stack => ({
  id: 'arn:s',
  name: 'SpotExtractor',
  status,
  reason: undefined,
  parameters: {},
});
const changeSet = (changes: Partial<ChangeSet> = {}): ChangeSet => ({
  id: 'arn:aws:cloudformation:us-east-1:111122223333:changeSet/x/1',
  stackId: 'arn:s',
  status: 'CREATE_COMPLETE',
  executionStatus: 'AVAILABLE',
  reason: undefined,
  parameters: { ...filledIn, CURBucketName: 'acme-billing', AccountList: '' },
  ...changes,
});
const monday = Date.UTC(2026, 10, 23);
const nothing: Seen = {
  stackName: 'SpotExtractor',
  stack: undefined,
  events: [],
  ours: false,
  made: false,
  differences: [],
  unreadable: undefined,
  offer,
  prepared: undefined,
  confirmations: new Set(),
};
const under = (prepared: Partial<NonNullable<Seen['prepared']>> = {}, offered = offer): Seen => ({
  ...nothing,
  stack: stackIn('REVIEW_IN_PROGRESS'),
  ours: true,
  offer: offered,
  prepared: { changeSet: changeSet(), body: offered.text, processed: undefined, ...prepared },
});
const planOf = (seen: Seen, changes: Partial<Settings> = {}) => {
  const move = decide(seen, { ...settings, ...changes }, monday);
  expect(move.kind).toBe('change');
  return move as ChangeMove;
};
const ids = ({ changes }: ChangeMove) => changes.map(({ id }) => id.split(':')[0]);
const textOf = (move: Move) => `${move.kind}: ${move.reason} ${'advice' in move ? move.advice?.join(' ') : ''}`;

describe('a transform is seen', () => {
  const deployed = (text: string) =>
    decide(under({ processed: undefined }, offering(filledIn, text)), accepting(text), monday);
  const accepting = (text: string): Settings => {
    const move = decide({ ...nothing, offer: offering(filledIn, text) }, settings, monday);
    const ids = 'advice' in move ? [...(move.advice?.join(' ') ?? '').matchAll(/--accept-risk (\S+)/g)] : [];
    return { ...settings, 'accept-risk': ids.map(([, id = '']) => id) };
  };
  const extra = (lines: string) => extractorTemplate.replace(/^Resources:$/m, `Resources:\n${lines}`);
  test.each([
    ['as a tag', extra('  More: { Type: AWS::SNS::Topic, Properties: !Transform { Name: X } }')],
    ['in long form', extra('  More: { Type: AWS::SNS::Topic, Properties: { "Fn::Transform": { Name: X } } }')],
    [
      'with an escape in its name',
      extra('  More: { Type: AWS::SNS::Topic, Properties: { "Fn::Tr\\u0061nsform": { Name: X } } }'),
    ],
  ])('%s, and what it makes is not deployed unseen', (_, text) => {
    expect(text).not.toBe(extractorTemplate);
    const move = deployed(text) as ChangeMove;
    expect(ids(move)).toEqual(['extractor-discard']);
    expect(move.thenStop?.reason).toContain('CloudFormation does not show what the transforms');
  });
});

test('an extractor that was found without a link is not said to be Spot’s', () => {
  const parameters = { CURBucketName: 'acme-billing', S3OutputBucket: 'rows-elsewhere' };
  const seen: Seen = { ...nothing, offer: undefined, ours: true, stack: { ...stackIn('CREATE_COMPLETE'), parameters } };
  const reasonOf = (changes: Partial<Settings>, made = false) =>
    decide({ ...seen, made }, { ...settings, ...changes }, monday).reason;
  expect(reasonOf({})).toContain(
    'S3OutputBucket is "rows-elsewhere". To have it compared: spot-cur resume acme --link',
  );
  expect(reasonOf({}, true)).toContain('It sends this account');
  expect(reasonOf({ link: 'https://…' })).toContain('It sends this account');
});

describe('a change set is prepared', () => {
  test('and everything about it shown before', () => {
    const move = planOf(nothing);
    expect(ids(move)).toEqual(['extractor-change-set']);
    expect(move.later?.[0]).toMatch(/^Create the stack from that change set/);
    expect(move.warnings?.join()).toContain('Anyone can own a bucket');
    const details = move.changes[0]?.details?.join('\n') ?? '';
    expect(details).toContain('ExtractorRole (AWS::IAM::Role)');
    expect(details).toContain('CAPABILITY_IAM, because');
    expect(details).toContain('CustomerName = acme (from the link, unchanged)');
    expect(details).toContain("CURBucketName = acme-billing (the report's bucket)");
    expect(details).toContain('AccountList = (empty) (all accounts)');
  });

  test.each<[string, Offer, object]>([
    ['from the very bytes', offer, { body: extractorTemplate }],
    ['by URL, when there are more than 51,200 of them', large, { url }],
  ])('%s', async (_, offered, template) => {
    let sent: unknown;
    const prepare = async (deployment: unknown) => {
      sent = deployment;
      return { id: 'arn:cs', stackId: 'arn:s', requestId: 'r' };
    };
    const [change] = planOf({ ...nothing, offer: offered }).changes;
    const outcome = await change?.apply({ aws: { stacks: { prepare } } } as unknown as Outside, 'token', unwatched);
    expect(sent).toMatchObject({ stackName: 'SpotExtractor', template, capabilities: ['CAPABILITY_IAM'] });
    expect(outcome?.notes).toMatchObject({ 'extractor-change-set': 'arn:cs', 'extractor-stack-id': 'arn:s' });
  });

  test('and what the link fills in beside the template is told to be left out', () =>
    expect(planOf({ ...nothing, offer: offering({ ...filledIn, Odd: 'x' }) }).warnings?.join()).toContain('Odd'));

  test('beside one that somebody else left under review', () =>
    expect(ids(planOf({ ...under(), prepared: undefined, ours: false }))).toEqual(['extractor-change-set']));

  test.each(['CREATE_PENDING', 'CREATE_IN_PROGRESS'])('which takes CloudFormation a moment: %s', (status) =>
    expect(decide(under({ changeSet: changeSet({ status }), body: undefined }), settings, monday)).toMatchObject({
      kind: 'wait',
      span: 'minutes',
    }),
  );

  test('and a secret is never shown', () => {
    const text = extractorTemplate.replace('  CustomerName:\n    Type: String', '$&\n    NoEcho: true');
    const param = { CustomerName: 'hunter22' };
    const move = planOf({ ...nothing, offer: offering({ ...filledIn, CustomerName: 'hunter21' }, text) }, { param });
    expect(move.changes[0]?.details?.join('\n')).toContain('CustomerName = **** (your answer)');
    expect(move.warnings?.join('\n')).toContain('which CloudFormation takes from no link');
    expect(JSON.stringify([move.reason, move.changes, move.warnings, move.later])).not.toMatch(/hunter2/);
  });
});

describe('the change set that was shown is executed, by its ARN', () => {
  test.each<[string, Seen]>([
    ['when CloudFormation shows the same', under()],
    ['when it differs in line ends alone', under({ body: extractorTemplate.replaceAll('\n', '\r\n') })],
    ['when no body can be seen and our own bytes were sent', under({ body: undefined })],
    ['when CloudFormation read the same from S3', under({}, large)],
    [
      'when a secret is shown as asterisks',
      under(
        {},
        offering(filledIn, extractorTemplate.replace('  CustomerName:\n    Type: String', '$&\n    NoEcho: true')),
      ),
    ],
  ])('%s', async (_, seen) => {
    const secret = seen.offer?.template.parameters.CustomerName?.noEcho;
    const set = changeSet(secret ? { parameters: { ...changeSet().parameters, CustomerName: '****' } } : {});
    const prepared = { changeSet: set, body: seen.prepared?.body, processed: undefined };
    const move = planOf({ ...seen, prepared }, secret ? { param: { CustomerName: 'acme' } } : {});
    expect(ids(move)).toEqual(['extractor-execution']);
    let executed: unknown;
    const execute = async (id: string) => {
      executed = id;
      return { requestId: 'r' };
    };
    await move.changes[0]?.apply({ aws: { stacks: { execute } } } as unknown as Outside, 't', unwatched);
    expect(executed).toBe(set.id);
  });

  test.each<[string, Seen, RegExp]>([
    ['a template that strayed', under({ body: `${extractorTemplate}#` }), /is not the template that was shown/],
    ['no body of what was read from S3', under({ body: undefined }, large), /read from S3 once more/],
    [
      'a change set that failed',
      under({ changeSet: changeSet({ status: 'FAILED', reason: 'No such role' }) }),
      /No such role/,
    ],
  ])('but %s is discarded, and the walk stops', (_, seen, reason) => {
    const move = planOf(seen);
    expect(ids(move)).toEqual(['extractor-discard']);
    expect(move.thenStop?.reason).toMatch(reason);
  });

  test.each<[string, Partial<Settings>, Offer]>([
    ['another account list', { 'account-list': '111122223333' }, offer],
    ['a link that copies to another bucket', {}, offering({ ...filledIn, S3OutputBucket: 'elsewhere' })],
  ])('but one prepared before %s came is prepared anew', (_, changes, offered) => {
    const move = planOf(under({}, offered), changes);
    expect(ids(move)).toEqual(['extractor-discard']);
    expect(move.thenStop).toBeUndefined();
    expect(move.plan).not.toBe(planOf({ ...nothing, offer: offered }, changes).plan);
  });
});

describe('blocked', () => {
  const without = (name: string) => extractorTemplate.replace(new RegExp(`  ${name}:\n(    .*\n)+`), '');
  test.each<[string, Seen, Partial<Settings>, RegExp]>([
    ['without a link', { ...nothing, offer: undefined }, {}, /spot-cur resume acme --link/],
    [
      'by a template without CURBucketName',
      { ...nothing, offer: offering(filledIn, without('CURBucketName')) },
      {},
      /no parameter CURBucketName/,
    ],
    [
      'by an account list that nothing asks for',
      { ...nothing, offer: offering(filledIn, without('AccountList')) },
      { 'account-list': '111122223333' },
      /no parameter for it/,
    ],
    [
      'by an account list that the link overrules',
      { ...nothing, offer: offering({ ...filledIn, AccountList: '444455556666' }) },
      { 'account-list': '111122223333' },
      /"444455556666", and another one was asked for/,
    ],
    [
      'by a bucket that is not ours',
      { ...nothing, offer: offering({ ...filledIn, CURBucketName: 'theirs' }) },
      {},
      /--accept-risk disagreement\.CURBucketName\./,
    ],
    [
      'by an empty bucket',
      { ...nothing, offer: offering({ ...filledIn, CURBucketName: '' }) },
      {},
      /--accept-risk disagreement\.CURBucketName\./,
    ],
    [
      'by a prefix that is not ours',
      { ...nothing, offer: offering({ ...filledIn, CURPrefixName: 'theirs' }) },
      {},
      /--accept-risk disagreement\.CURPrefixName\./,
    ],
    [
      'by what nothing answers',
      { ...nothing, offer: offering({ CustomerName: 'x' }) },
      {},
      /--param S3OutputBucket=<value>/,
    ],
    ['by --param for the link’s own', nothing, { param: { CustomerName: 'x' } }, /can't set "CustomerName"/],
    [
      'by a name that is taken',
      { ...nothing, stack: stackIn('CREATE_COMPLETE') },
      {},
      /--extractor-stack-name SpotExtractor-2/,
    ],
  ])('%s', (_, seen, changes, text) => {
    expect(textOf(decide(seen, { ...settings, ...changes }, monday))).toMatch(/^blocked/);
    expect(textOf(decide(seen, { ...settings, ...changes }, monday))).toMatch(text);
  });

  test('but the list that the link fills in is no obstacle when it is asked for, or nothing is', () => {
    const filled = { ...nothing, offer: offering({ ...filledIn, AccountList: '444455556666' }) };
    expect(planOf(filled, { 'account-list': '444455556666' }).kind).toBe('change');
    expect(planOf(filled).kind).toBe('change');
  });
});

describe('a stack', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['DELETE_COMPLETE', 'missing'],
    ['REVIEW_IN_PROGRESS', 'pending'],
    ['CREATE_IN_PROGRESS', 'pending'],
    ['DELETE_IN_PROGRESS', 'pending'],
    ['CREATE_COMPLETE', 'ok'],
    ['UPDATE_ROLLBACK_COMPLETE', 'ok'],
    ['ROLLBACK_COMPLETE', 'wrong'],
    ['DELETE_FAILED', 'wrong'],
    ['UPDATE_ROLLBACK_FAILED', 'wrong'],
  ];
  test.each(cases)('in %s is %s to status', (status, state) => {
    const seen = { ...nothing, stack: stackIn(status), ours: true };
    expect(checks(seen).at(-1)).toMatchObject({ id: 'extractor-stack', state });
    expect(resources(seen)).toHaveLength(state === 'ok' ? 1 : 0);
  });

  test('a failed one is deleted and told, then created again', () => {
    const event = { id: '1', at: 0, resource: 'A', type: 'T', status: 'CREATE_FAILED', reason: 'x already exists' };
    const move = planOf({ ...nothing, stack: stackIn('ROLLBACK_COMPLETE'), ours: true, made: true, events: [event] });
    expect(ids(move)).toEqual(['extractor-stack-removal']);
    expect(move.after).toMatchObject({
      attempt: 'extractor-execution:SpotExtractor',
      reason: expect.stringContaining('already exists'),
    });
  });
});

describe('an extractor that stands with other parameters', () => {
  const differences = [{ key: 'AccountList', is: '', hasToBe: '444455556666', says: 'you' as const }];
  const stands = { ...nothing, stack: stackIn('CREATE_COMPLETE'), ours: true, differences };

  test('and was made by somebody else is not taken for the one that is wanted', () => {
    const move = decide(stands, settings, monday);
    expect(move).toMatchObject({ details: ['AccountList: is "", has to be "444455556666" by your answer'] });
    expect(textOf(move)).toMatch(/^blocked: .*spot-cur resume acme --account-list ''/);
  });

  test('is told of where this connection made it', () =>
    expect(textOf(decide({ ...stands, made: true }, settings, monday))).toMatch(/^done: .*AccountList: is ""/));

  test('is wrong to status', () => expect(checks(stands).at(-1)).toMatchObject({ state: 'wrong' }));
});

describe('a template with transforms', () => {
  const transformed = offering(
    filledIn,
    extractorTemplate.replace('Parameters:', 'Transform: Acme::Macro\nParameters:'),
  );
  const macro = `machinery.Transform.${'ab'.repeat(4)}`;
  const alarms = decide({ ...nothing, offer: transformed }, settings, monday);
  const accepted = ('advice' in alarms ? alarms.advice?.join(' ') : '')?.match(/(?<=--accept-risk )\S+/g) ?? [];
  const processed = (text: string | undefined) =>
    decide(under({ processed: text }, transformed), { ...settings, 'accept-risk': accepted }, monday);

  test('is an alarm of its own', () => expect(accepted, macro).not.toEqual([]));

  test('is executed when what they made of it raises no other', () =>
    expect(ids(processed(extractorTemplate) as ChangeMove)).toEqual(['extractor-execution']));

  test('is cleaned up when it does, and the alarms are named', () => {
    const stray = extractorTemplate
      .replace('s3:GetObject', "'*'")
      .replace(/(Sid: ReadReport(?:.|\n)*?Resource: ).*/, "$1'*'");
    const move = processed(stray) as ChangeMove;
    expect(ids(move)).toEqual(['extractor-discard']);
    expect(move.thenStop).toMatchObject({
      code: 'alarm',
      advice: [expect.anything(), expect.stringMatching(/--accept-risk /)],
    });
  });

  test('is cleaned up when nothing tells what they made of it', () => {
    const move = processed(undefined) as ChangeMove;
    expect(ids(move)).toEqual(['extractor-discard']);
    expect(move.thenStop?.reason).toContain('transforms');
  });
});

describe('a template that could not be read', () => {
  test.each(['closed', 'gone', 'large', 'refused'] as const)('as it is %s ends in a command', (why) => {
    const move = decide(
      { ...nothing, offer: undefined, unreadable: { url, why, message: 'AWS says so' } },
      settings,
      monday,
    );
    expect(textOf(move)).toMatch(/^blocked: .*Nothing was deployed.*: spot-cur resume acme/);
  });
});

test('a refusal of a parameter is told with what to do', async () => {
  const refusal = Object.assign(new Error("Parameter 'CustomerName' failed to satisfy constraint: must be short"), {
    name: 'ValidationError',
  });
  const prepare = async () => Promise.reject(refusal);
  const [change] = planOf(nothing).changes;
  await expect(
    change?.apply({ aws: { stacks: { prepare } } } as unknown as Outside, 't', unwatched),
  ).rejects.toMatchObject({
    name: 'Problem',
    message: expect.stringContaining('must be short'),
    advice: [expect.stringContaining('spot-cur resume acme --link')],
  });
});

test("a change set goes beside somebody else's, which the plan tells and a discard leaves alone", async () => {
  const theirs = { ...nothing, stack: stackIn('REVIEW_IN_PROGRESS') };
  expect(planOf(theirs).warnings?.join()).toContain('the other one is void');
  let before: unknown;
  const discard = async (_: unknown, given: unknown) => {
    before = given;
    return { requestId: 'r' };
  };
  const beside = { ...settings, notes: { 'extractor-stack-id': 'arn:s', 'extractor-beside': 'arn:s' } };
  const move = planOf(under({ body: 'another' }), beside);
  await move.changes[0]?.apply({ aws: { stacks: { discard } } } as unknown as Outside, 't', unwatched);
  expect(before).toBe(true);
});
