import type { Refuse } from './refuse.ts';

/** A link, in whatever marks people and mail programs put around it. */
const beginsWithLink = /^[\s<‹"'“„‘«(]*(URL:\s*)?https?(:|%)/i;

/** A script, a document in a URL: whoever made it wants the link in it seen, and not what it is. */
const otherScheme = /^\s*(?!https?:)[a-z][a-z0-9+.-]*:(?=\S)/i;

/** A link where prose, a bracket or a quotation mark lets one begin, up to what can't be part of it. */
const links = /(?<=^|[\s<>"([])https?:\/\/[^\s<>"[\]]+/gi;

/**
 * The link in a text that was pasted around it, such as a sentence of a mail or Markdown. What begins with a link is one by itself,
 * whatever follows, and so is what begins with another scheme. @returns the text itself where there is no link in it, or where the only one is to be told what is wrong with it
 */
export const linkInText = (text: string, isMeant: (link: string) => boolean, refuse: Refuse): string => {
  if (beginsWithLink.test(text) || otherScheme.test(text)) return text;
  const found = [...text.matchAll(links)].map((match) => endOf(match[0], text.slice(match.index + match[0].length)));
  const [only] = found;
  if (!only) return text;
  const meant = found.filter(({ link }) => isMeant(link));
  const different = new Set(meant.map(({ link }) => link));
  if (different.size > 1)
    throw refuse(
      `it is a text with ${different.size} such links in it, of which only one can be meant; give that one alone`,
    );
  const [one] = meant;
  if (!one && found.length > 1)
    throw refuse(`it is a text with ${found.length} links in it, and none of them creates a stack in the console`);
  if (one && !meant.some(({ ends }) => ends))
    throw refuse("it is a text in which it can't be told where the link ends; give the link alone");
  return (one ?? only).link;
};

/** The link without the marks of the sentence, and whether it is certain that it ends there. */
const endOf = (word: string, after: string): { readonly link: string; readonly ends: boolean } => {
  const bare = word.replace(/[.,;:!?]+$/, '');
  const closed = bare.endsWith(')') && !balanced(bare);
  const link = closed ? bare.replace(/\)+$/, '') : bare;
  // A link that mail has broken goes on in the next line, and one with a blank in it behind that.
  const goesOn =
    /^[ \t\u00a0]*\r?\n[ \t\u00a0]*(?![ \t\u00a0\r\n])\S/.test(after) ||
    /^[ \t\u00a0]+(?!https?:)\S*[=&%/@#?]/i.test(after);
  return { link, ends: link !== word || !goesOn };
};

const balanced = (text: string): boolean => text.split('(').length >= text.split(')').length;
