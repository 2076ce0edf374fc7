// Controls, format characters (zero-width, bidirectional, tags), line and paragraph separators.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const escapeSequence = new RegExp(
  [
    '\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[P^_X][^\u001b]*(?:\u001b\\\\)?|[ -/]*[0-~])',
    '\u009b[0-?]*[ -/]*[@-~]',
  ].join('|'),
  'g',
);

/**
 * Text from outside, as one line that is safe on a terminal: escape sequences, control and bidirectional characters
 * are gone, line breaks and tabs are blanks.
 */
export const printable = (text: string): string =>
  text
    .replace(escapeSequence, '')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(unprintable, '');

/** JSON for a terminal or a file: what could steer a terminal is written as an escape, so the value stays the same. */
export const json = (value: unknown, indent = 2): string =>
  JSON.stringify(value, undefined, indent).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** A value as a message quotes it: printable, in quotes, cut after `most` characters. */
export const quoted = (value: unknown, most = 80): string => {
  const text = printable(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));
  return text.length > most ? `"${text.slice(0, most)}…" (${text.length} characters)` : `"${text}"`;
};

/** Text as it can be pasted into a shell, quoted only where it has to be. */
export const shellWord = (text: string): string => {
  const word = printable(text);
  return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
};
