/** What can stand inside an XML element: text, child elements by tag, or (an array) the element repeated. Undefined leaves it out. */
export type XmlValue = string | number | boolean | undefined | XmlChildren | readonly XmlValue[];
export interface XmlChildren {
  readonly [tag: string]: XmlValue;
}

/** One element as text. An array repeats the tag, one element for each entry; an empty array gives nothing. */
export const xml = (tag: string, value: XmlValue): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((entry: XmlValue) => xml(tag, entry)).join('');
  return `<${tag}>${xmlContent(value)}</${tag}>`;
};

/** What goes between the tags: escaped text, or the child elements in their order. */
export const xmlContent = (value: XmlValue): string => {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([tag, child]) => xml(tag, child))
    .join('');
};

/** The list form of the Query protocol, `<Tag><member>…</member></Tag>`: `{ StackSummaries: memberList(summaries) }`. */
export const memberList = (entries: readonly XmlValue[]): XmlChildren => ({ member: entries });

/** A whole document: the declaration and a root element in a namespace. */
export const xmlDocument = (tag: string, namespace: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${tag} xmlns="${namespace}">${content}</${tag}>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' };

// XML 1.0 has no way to write the other control characters: they are dropped, as AWS drops them.
const escapeXml = (text: string): string =>
  [...text]
    .filter((char) => char >= ' ' || char === '\n' || char === '\t' || char === '\r')
    .map((char) => entities[char] ?? char)
    .join('');
