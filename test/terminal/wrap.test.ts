import { expect, test } from 'vitest';
import { style } from '../../src/terminal/style.ts';
import { unbroken, wrapped } from '../../src/terminal/wrap.ts';

test.each([
  ['breaks at blanks', 'one two three four', 9, 'one two\nthree\nfour'],
  ['fills a line to its last column', 'one two three', 7, 'one two\nthree'],
  ['keeps line breaks and empty lines', 'one\n\ntwo three', 5, 'one\n\ntwo\nthree'],
  ['never breaks a link', 'see https://example.com/a/b now', 10, 'see\nhttps://example.com/a/b\nnow'],
  [
    'never breaks what is unbroken',
    `type ${unbroken('spot-cur resume acme')} now`,
    12,
    'type\nspot-cur resume acme\nnow',
  ],
  ['aligns under a bullet', '- one two three', 9, '- one two\n  three'],
  ['aligns under a first word that is set in', '   one two', 8, '   one\n   two'],
  ['leaves blanks within a line that fits', 'a    b', 10, 'a    b'],
  ['says nothing about nothing', '', 10, ''],
])('%s', (_, text, columns, expected) => {
  expect(wrapped(text, columns)).toBe(expected);
});

test('an indent counts towards the columns', () => {
  expect(wrapped('one two three\n\nfour', 9, 2)).toBe('  one two\n  three\n\n  four');
});

test('colours take no columns', () => {
  const { bad, good } = style(true);
  expect(wrapped(`${bad('one')} ${good('two')} three`, 7)).toBe(`${bad('one')} ${good('two')}\nthree`);
});
