// C0 and C1 controls, zero-width and bidirectional controls, line and paragraph separators, byte order mark, tag characters.
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u{e0000}|[\u{e0020}-\u{e007f}]/gu;
const escapeSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[P^_X][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~])|\u009b[0-?]*[ -/]*[@-~]/g;

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
  JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
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
