import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostStateBytes, readState, writeState } from '../../src/state/schema.ts';
import { acme, problemOf } from './acme.ts';

const place = '/home/me/.spot-cur/customers/acme.json';
const refusal = (text: string | Uint8Array) => problemOf(() => readState(text, place, 'acme'));
const changed = (change: object) => JSON.stringify({ ...acme, ...change });

test('every refusal leaves the file alone and says how to go on', async () => {
  const problem = await refusal('');
  expect(problem.code).toBe('state');
  expect(problem.message).toBe(`"${place}" is empty.`);
  expect(problem.advice.join('\n')).toContain(`left as it is. Move it away: mv ${place} ${place}.damaged`);
  expect(problem.advice.join('\n')).toContain('`spot-cur setup acme` with the same answers');
});

test('a letter changed by a failing disk is noticed, and whoever changed it on purpose is told how to say so', async () => {
  const text = writeState(acme).replace('spotinst-cur-report', 'spotinst-cur-retort');
  const problem = await refusal(text);
  expect(problem.message).toBe(`"${place}" is not what spot-cur has saved: it was changed by hand, or damaged.`);
  expect(problem.advice[0]).toMatch(/^If you changed it and mean it, delete its line "digest"/);
  const meant = text.replace(/^.*"digest".*\n/m, '');
  expect(readState(meant, place, 'acme').answers.bucket).toBe('spotinst-cur-retort');
});

test('how it is written makes no difference', () => {
  const otherwise = JSON.stringify(JSON.parse(writeState(acme))).replace('"acme"', '"\\u0061cme"');
  expect(readState(otherwise, place, 'acme')).toEqual(acme);
});

test('a path with blanks and quotes can be pasted into a shell', async () => {
  const problem = await problemOf(() => readState('', "/home/o'neil x/acme.json", 'acme'));
  expect(problem.advice[0]).toContain(`mv '/home/o'\\''neil x/acme.json' '/home/o'\\''neil x/acme.json.damaged'`);
});

test.each<[string, string | Uint8Array, RegExp]>([
  ['blanks only', ' \n\t', /is empty/],
  ['zeros after a power cut', '\0'.repeat(400), /is not text/],
  ['binary', Uint8Array.of(0x1f, 0x8b, 0xff, 0xfe), /is not text/],
  ['text that is not UTF-8', Buffer.from(writeState(acme), 'latin1'), /is not text/],
  ['YAML', 'version: 1\n', /is not JSON/],
  ['two states in one', writeState(acme) + writeState(acme), /not whole JSON/],
  ['null', 'null', /not a state/],
  ['a list', '[1]', /not a state/],
  ["another program's JSON", '{"name":"x","version":3,"lockfileVersion":3}', /not a state/],
  ['100,000 lists in each other', '['.repeat(1e5) + ']'.repeat(1e5), /not a state/],
  ['a newer version', changed({ version: 2, somethingNew: true }), /newer spot-cur: it has version 2/],
  ['another customer', changed({ customer: 'globex' }), /holds the connection of "globex", not of "acme"/],
  [
    'a deep answer',
    changed({ answers: { a: 'deep' } }).replace('"deep"', '['.repeat(5e4) + ']'.repeat(5e4)),
    /"answers.a" must be/,
  ],
  ['too large', ' '.repeat(mostStateBytes + 1), /larger than 8 MiB/],
  ['a million faults', changed({ journal: Array(1e6).fill(1) }), /"journal.0" must be an object/],
])('%s: refused by name', async (_, text, message) => {
  expect((await refusal(text)).message).toMatch(message);
});

test('a newer version asks for an upgrade first', async () => {
  // Nothing is wrong with the file: it is not to be moved away.
  expect((await refusal(changed({ version: 9 }))).advice).toEqual([expect.stringMatching(/^Upgrade spot-cur/)]);
});

test.each<[object, string]>([
  [{ version: '1' }, '"version" must be 1'],
  [{ version: 0 }, '"version" must be 1'],
  [{ lineage: undefined }, '"lineage" is missing'],
  [{ serial: -1 }, '"serial" can\'t be negative'],
  [{ serial: 1.5 }, '"serial" must be a whole number'],
  [{ account: 12345678901 }, '"account" must be text'],
  [{ account: '12345' }, '"account" must be text of 12 digits'],
  [{ acount: '012345678901' }, '"acount" is not a field of a state'],
  [{ access: { secret: 'x' } }, '"access.secret" is not a field'],
  [{ access: null }, '"access" must be an object'],
  [{ answers: { bucket: 5 } }, '"answers.bucket" must be text, a list'],
  [{ provenance: { bucket: { ...acme.provenance.bucket, origin: 'stolen' } } }, '"provenance.bucket.origin" must be'],
  [{ notes: { sentAt: 5 } }, '"notes.sentAt" must be text'],
  [{ journal: {} }, '"journal" must be a list'],
  [{ journal: [{ ...acme.journal[0], began: 'yesterday' }] }, '"journal.0.began" must be a time in UTC'],
  [{ journal: [{ ...acme.journal[0], began: '2026-13-45T99:00:00Z' }] }, '"journal.0.began" must be a time in UTC'],
  [{ journal: [{ ...acme.journal[0], outcome: 'perhaps' }] }, '"journal.0.outcome" must be'],
])('damage by hand is named: %j', async (change, message) => {
  const problem = await refusal(changed(change));
  expect(problem.message).toContain(message);
});

test('what the file says can not steer the terminal', async () => {
  const problem = await refusal(changed({ '\u001b]0;owned\u0007key': 1 }));
  expect(problem.message).not.toMatch(/\p{Cc}/u);
});

test('__proto__ and constructor keys are harmless', async () => {
  const text = writeState(acme).replace('"notes": {', '"notes": { "__proto__": "x", "constructor": "y",');
  const state = readState(text, place, 'acme');
  expect(state).toEqual(acme);
  expect(Object.keys(state.notes)).toEqual(['sentAt']);
  const among = await refusal(writeState(acme).replace('{', '{ "__proto__": { "polluted": true },'));
  expect(among.message).toContain('"__proto__" is not a field of a state');
  expect('polluted' in {}).toBe(false);
});

test('a byte order mark, as editors leave it, does no harm', () => {
  expect(readState(Buffer.from(`\ufeff${writeState(acme)}`), place, 'acme')).toEqual(acme);
});

test('a state that could not be read back is never written', () => {
  expect(() => writeState({ ...acme, account: '1' })).toThrow(/could not be read back: "account"/);
});

test('any text in answers and notes comes back as it was', () => {
  const word = fc.string({ unit: 'grapheme' });
  const key = fc.stringMatching(/^[a-z][a-z-]{0,20}$/).filter((name) => !['constructor', 'prototype'].includes(name));
  const answer = fc.oneof(word, fc.array(word), fc.dictionary(key, word, { noNullPrototype: true }));
  fc.assert(
    fc.property(
      fc.dictionary(key, answer, { noNullPrototype: true }),
      fc.dictionary(key, fc.string({ unit: 'binary' }), { noNullPrototype: true }),
      (answers, notes) => {
        const state = { ...acme, answers, notes };
        expect(readState(Buffer.from(writeState(state)), place, 'acme')).toEqual(state);
      },
    ),
  );
});
