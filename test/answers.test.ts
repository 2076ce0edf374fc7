import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Flags, readGiven } from '../src/answers.ts';
import { steps } from '../src/steps/index.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const fields = steps.flatMap((step) => step.fields);
const flagged = (flags: Flags) => readGiven(flags, undefined, fields);
const filed = async (text: string | Uint8Array, flags: Flags = {}) => {
  const path = join(await temporaryFolder(), 'answers.yml');
  await writeFile(path, text);
  return readGiven(flags, path, fields);
};
const rules = async (given: ReturnType<typeof readGiven>) =>
  (await given).objections.map(({ rule }) => rule).join('; ');

describe('flags', () => {
  test('are sorted into customer, access and answers', async () =>
    expect(await flagged({ customer: 'acme', profile: 'p', 'external-id': 'x-1', bucket: 'acme-billing' })).toEqual({
      customer: 'acme',
      access: { profile: 'p', externalId: 'x-1', roleArn: undefined, mfaSerial: undefined },
      answers: { bucket: 'acme-billing' },
      remarks: [],
      objections: [],
    }));

  test('of several values each bad one is objected to', async () => {
    const { objections } = await flagged({ 'spot-org-id': '12,60012345,34' });
    expect(objections.map(({ value }) => value)).toEqual(['12', '34']);
  });

  test('with an account list that was taken otherwise than typed are remarked on', async () => {
    const given = await flagged({ 'account-list': '111122223333 , 444455556666,111122223333' });
    expect(given.answers).toEqual({ 'account-list': '111122223333,444455556666' });
    expect(given.remarks).toEqual(['Account list is taken as 111122223333,444455556666.']);
  });

  test('may name several Org IDs, repeated or with commas, each once', async () =>
    expect((await flagged({ 'spot-org-id': ['600123, 600124', '600123'] })).answers).toEqual({
      'spot-org-id': ['600123', '600124'],
    }));

  test('may name several parameters', async () =>
    expect((await flagged({ param: ['A=1', 'B=a=b,c', 'A=1'] })).answers).toEqual({ param: { A: '1', B: 'a=b,c' } }));

  test('may not name a parameter twice', async () =>
    expect(await rules(flagged({ param: ['A=1', 'A=2'] }))).toMatch(/twice with different values/));

  test('are all refused together', async () => {
    const { answers, objections } = await flagged({
      bucket: 'X',
      'msp-account': '1',
      'spot-org-id': ['600123', 'six', '7'],
      prefix: 'ok',
    });
    expect(objections.map(({ field }) => field)).toEqual([
      '--bucket',
      '--spot-org-id',
      '--spot-org-id',
      '--msp-account',
    ]);
    expect(answers).toEqual({ prefix: 'ok' });
  });
});

describe('an answers file', () => {
  test('is YAML in which ids stay text', async () => {
    const given = await filed(
      'customer: acme\nmsp-account: 012345678901\naccount: "000000000001"\nspot-org-id: 0600123\n',
    );
    expect(given.customer).toBe('acme');
    expect(given.answers).toEqual({
      'msp-account': '012345678901',
      account: '000000000001',
      'spot-org-id': ['0600123'],
    });
  });

  test('has lists, and parameters as a list or a map', async () => {
    const list = await filed('spot-org-id: [600123, 0600124]\nparam: [A=1, B=2]\n');
    expect(list.answers).toEqual({ 'spot-org-id': ['600123', '0600124'], param: { A: '1', B: '2' } });
    expect((await filed('param:\n  A: 1\n  B: yes\n')).answers).toEqual({ param: { A: '1', B: 'yes' } });
  });

  test('may hold comments, CR LF, a byte order mark and empty answers', async () =>
    expect((await filed('\uFEFF# ours\r\nprefix: eco\r\ncontact:\r\naccount-list: ""\r\n')).answers).toEqual({
      prefix: 'eco',
      contact: '',
      'account-list': '',
    }));

  test.each(['', '# nothing\n', '{}', '\n\n'])('may be empty: %j', async (text) =>
    expect(await filed(text)).toMatchObject({ answers: {}, objections: [] }),
  );

  test('is outranked by flags', async () =>
    expect((await filed('prefix: file\nstack-name: Mine\n', { prefix: 'flag' })).answers).toEqual({
      prefix: 'flag',
      'stack-name': 'Mine',
    }));

  test.each([
    ['yes', 'yes: true', /can't agree to anything/],
    ['accept-risk', 'accept-risk: x', /can't agree to anything/],
    ['confirm', 'confirm: yes', /can't agree to anything/],
    ['an endpoint', 'endpoint-url: http://x', /lead to another endpoint/],
    ['a key that nobody knows', 'buket: x', /may hold is customer, profile, .*bucket/],
    ['a key of JavaScript’s own', '__proto__: x', /may hold is/],
    ['a list for one text', 'prefix: [a, b]', /one text/],
    ['a map for a list', 'spot-org-id: {a: b}', /list of texts/],
    ['a map in a list', 'spot-org-id: [{a: b}]', /list of texts/],
    ['a deeper map', 'param: {A: {B: c}}', /list of texts/],
    ['an id with blanks', 'account: 1111 2222 3333', /12 digits/],
    ['an id in exponents', 'account: 1.1e11', /12 digits/],
  ])('can’t hold %s', async (_, text, rule) => expect(await rules(filed(text))).toMatch(rule));

  test('names a strange key without what steers a terminal', async () => {
    const { objections } = await filed('"\\e[31mred": x\n');
    expect(objections[0]?.field).toBe('red');
  });

  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`)}]`),
  ];
  test.each<[string, string | Uint8Array, RegExp]>([
    ['no YAML', 'a: [', /not YAML/],
    ['a key twice', 'prefix: a\nprefix: b\n', /not YAML.*unique/],
    ['two documents', 'prefix: a\n---\nprefix: b\n', /not YAML.*multiple/],
    ['a list', '- prefix', /list of answers/],
    ['a text', 'prefix', /list of answers/],
    ['an alias bomb', bomb.join('\n'), /alias/i],
    ['more than 1 MiB', `prefix: a\n${'#'.repeat(1024 * 1024)}`, /1 MiB/],
  ])('is refused as %s', async (_, text, why) => {
    const { answers, objections } = await filed(text, { bucket: 'A B' });
    expect(answers).toEqual({});
    // What else is wrong is told with it.
    expect(objections.map(({ field }) => field)).toEqual(['--answers', '--bucket']);
    expect(objections[0]?.rule).toMatch(why);
  });

  test('is refused when it is missing, or a directory', async () => {
    const folder = await temporaryFolder();
    const read = (name: string) => readGiven({}, join(folder, name), fields);
    expect(await rules(read('none.yml'))).toBe('there is no such file');
    expect((await read('none.yml')).objections[0]?.example).toBe('--answers acme.yaml');
    expect((await filed('prefix')).objections[0]?.example).toBe('spot-org-id: 60012345');
    await mkdir(join(folder, 'sub'));
    expect(await rules(read('sub'))).toBe("it can't be read (EISDIR)");
  });
});

test.each<[string, string, RegExp]>([
  ['brackets in each other', `bucket: ${'['.repeat(100_000)}`, /nested more than 100 levels/],
  ['keys without end', Array.from({ length: 50_000 }, (_, n) => `k${n}: x`).join('\n'), /more than 2000 keys/],
  [
    'aliases of aliases',
    `a: &a [${'x,'.repeat(9)}]\n${[...'bcdefghij'].map((name, n) => `${name}: &${name} [${`*${'abcdefghi'[n]},`.repeat(9)}]`).join('\n')}`,
    /Excessive alias count/,
  ],
  ['two of a key', 'bucket: a\nbucket: b\n', /Map keys must be unique/],
])('an answers file of %s is refused in a moment', async (_, text, rule) => {
  const file = join(await temporaryFolder(), 'answers.yaml');
  await writeFile(file, text);
  const began = performance.now();
  const { objections } = await readGiven({}, file, []);
  expect(objections).toMatchObject([{ field: '--answers', rule: expect.stringMatching(rule) }]);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('an answers file without end is read only as far as it may be', async () => {
  const { objections } = await readGiven({}, '/dev/zero', []);
  expect(objections).toMatchObject([{ field: '--answers', rule: expect.stringMatching(/larger than 1 MiB/) }]);
});
