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

const secrets: readonly (readonly [RegExp, string])[] = [
  // AWS quotes the request that it was sent when a signature is wrong, the token of the session included.
  [/\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:(?:basic|bearer|AWS4-[\w-]+)\s+)?[^\s"']+/gi, '$1…'],
  [/\b((?:x-amz-security-|aws_?session_?|session_?|security_?)token["']?\s*[:=]\s*["']?)[^\s"'&,;<]+/gi, '$1…'],
  [/\b((?:aws_?)?secret(?:_?access)?_?key["']?\s*[:=]\s*["']?)[^\s"'&,;<]+/gi, '$1…'],
  [/\b((?:password|passwd|token_?code)["']?\s*[:=]\s*["']?)[^\s"'&,;<]+/gi, '$1…'],
  [/\b((?:X-Amz-)?(?:Credential|Signature)=)[^\s"'&,;<]+/gi, '$1…'],
  [/\b(A[KS]IA)[A-Z0-9]{8,124}([A-Z0-9]{4})\b/g, '$1…$2'],
  // Of a proxy or an endpoint.
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"']{1,512}@/gi, '$1…@'],
];

/** The same text without what could be a secret in it: keys, tokens, signatures, passwords in addresses. */
export const withoutSecrets = (text: string): string =>
  secrets.reduce((shown, [secret, instead]) => shown.replace(secret, instead), text);
