import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { json, printable, quoted, shellWord } from '../src/text.ts';

const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Text that is likely to steer a terminal. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b',
        '\u009b',
        '\u009d',
        '[',
        ']',
        '0;',
        'm',
        '\u0007',
        '\\',
        '\u001b\\',
        '\u202e',
        '\u2066',
        '\u{e0041}',
        '\u2028',
        '\r\n',
        '\t',
        '\u0000',
        '\u007f',
        '\u200b',
        'é',
        '😀',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('printable', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a colour of 8 bits', '\u009b31mred', 'red'],
    ['a window title', 'a\u001b]0;title\u0007b', 'ab'],
    ['a link', '\u001b]8;;https://evil.com\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['a title that never ends', 'a\u001b]0;title', 'a'],
    ['device control', 'a\u001bPq#0\u001b\\b', 'ab'],
    ['a privacy message', 'a\u001b^x\u001b\\b', 'ab'],
    ['a charset', 'a\u001b(0b', 'ab'],
    ['a reset', 'a\u001bcb', 'ab'],
    ['a cleared screen', 'a\u001b[2J\u001b[Hb', 'ab'],
    ['a lone escape', 'a\u001b', 'a'],
    ['a sequence inside another', 'a\u001b\u001b[31m[31mb', 'a[31mb'],
    ['other C1 controls', 'a\u0085\u0090\u009fb', 'ab'],
    ['C0 controls', 'a\u0000\u0008\u007fb', 'ab'],
    ['bidirectional marks', 'a\u202e\u2066\u200fb', 'ab'],
    ['what has no width', 'a\u200b\u200d\ufeff\u00adb', 'ab'],
    ['tags', 'a\u{e0001}\u{e0041}b', 'ab'],
    ['line breaks and tabs', 'a\r\nb\tc\n\n', 'a b c '],
    ['separators', 'a\u2028b\u2029c', 'abc'],
    ['nothing odd', 'Größe 100 % – 東京 😀 "x"', 'Größe 100 % – 東京 😀 "x"'],
  ])('takes away %s', (_, text, shown) => expect(printable(text)).toBe(shown));

  test('never leaves what steers, and changes nothing more the second time', () =>
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(steering);
        expect(printable(shown)).toBe(shown);
      }),
      { numRuns: 1_000 },
    ));
});

describe('json', () => {
  const values = fc.oneof(fc.jsonValue(), fc.dictionary(nasty, nasty), fc.array(nasty));

  test('reads back as the same value, and holds nothing that steers but line feeds', () =>
    fc.assert(
      fc.property(values, fc.constantFrom(0, 2), (value, indent) => {
        const text = json(value, indent);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text.replaceAll('\n', '')).not.toMatch(steering);
      }),
      { numRuns: 500 },
    ));

  test('is one line without indent', () => expect(json({ a: 'x\ny', b: [1] }, 0)).toBe('{"a":"x\\ny","b":[1]}'));
  test('writes what steers as escapes', () => expect(json('\u202e\u{e0041}', 0)).toBe('"\\u202e\\udb40\\udc41"'));
});

describe('quoted', () => {
  test.each<[unknown, string]>([
    ['a', '"a"'],
    ['', '""'],
    ['a\u001b[31mb', '"ab"'],
    [12, '"12"'],
    [['a'], '"["a"]"'],
    [undefined, '"undefined"'],
    ['x'.repeat(81), `"${'x'.repeat(80)}…" (81 characters)`],
  ])('%j', (value, text) => expect(quoted(value)).toBe(text));
});

describe('shellWord', () => {
  test.each([
    ['acme', 'acme'],
    ['arn:aws:iam::1:role/x', 'arn:aws:iam::1:role/x'],
    ['', "''"],
    ['a b', "'a b'"],
    ['$(rm -rf ~)', "'$(rm -rf ~)'"],
    ["it's", "'it'\\''s'"],
    ['a\nb', "'a b'"],
  ])('%j', (text, word) => expect(shellWord(text)).toBe(word));
});
