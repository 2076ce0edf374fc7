/** What people and mail programs put around a link, by pairs. */
const pairs: readonly (readonly [string, string])[] = [
  ['<', '>'],
  ['‹', '›'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['«', '»'],
  ['(', ')'],
  ['[', ']'],
];

/** The link without the marks around it. */
export const withoutMarks = (text: string): string => {
  let link = text;
  for (let inner = insideOf(link); inner !== undefined; inner = insideOf(link)) link = inner;
  return link;
};

const insideOf = (text: string): string | undefined => {
  // The full stop of a sentence may follow the mark, as the mark tells where the link ends.
  const marked = text.replace(/(?<=[>›"'”“’»)\]])[.,;:!?]$/, '');
  const pair = pairs.find(([open, close]) => marked.length > 1 && marked.startsWith(open) && marked.endsWith(close));
  return pair && marked.slice(1, -1).replace(/^URL:\s*/i, '');
};

/** What ends a link only by mistake: it would become a part of its last value. */
export const strayEnd = (link: string): string | undefined => /(?:[.,;:!?)\]}>›"'”“’»…]|amp;)$/i.exec(link)?.[0];

/**
 * Undoes quoted-printable, which writes `=` as `=3D` and ends a broken line with `=`. Only where no `=` stands for itself: in
 * a link that has not gone through it, each key has one.
 */
export const withoutQuotedPrintable = (text: string): string => {
  if (!/=3D/i.test(text) || /=(?!\r?\n|\r|[\dA-F]{2})/i.test(text)) return text;
  return text
    .replace(/=(\r\n|\r|\n)/g, '')
    .replace(/(=[\dA-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
};
