/**
 * What stands inside each element of this name, still XML. Enough for the bodies that S3's clients send, in which no element
 * holds another of its own name.
 */
export const xmlElements = (document: string, tag: string): string[] =>
  [...document.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?(?:/>|>(.*?)</${tag}>)`, 'gs'))].map(
    ([, inner]) => inner ?? '',
  );

/** The text of the first element of this name, without its escapes; undefined when there is none. */
export const xmlText = (document: string, tag: string): string | undefined => {
  const [inner] = xmlElements(document, tag);
  return inner === undefined ? undefined : unescapeXml(inner);
};

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[name ?? ''] ?? whole;
  });
