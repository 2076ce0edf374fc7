import { quoted } from '../text.ts';
import { withoutMarks } from './mail-marks.ts';
import type { Refuse } from './refuse.ts';

/** Mail gateways put a link into one of their own, some into another gateway's. More than this is no accident. */
const mostWrappings = 3;

/**
 * Takes a link out of what mail put around it: marks, HTML entities, Outlook SafeLinks, urldefense, one encoding too many.
 * `marked` is true where one of these tells where the link ends.
 */
export const unwrapped = (text: string, refuse: Refuse): { readonly link: string; readonly marked: boolean } => {
  let link = plain(text, refuse);
  for (let wrappings = 0; ; wrappings += 1) {
    const inner = innerLink(link);
    if (inner === undefined) return { link, marked: wrappings > 0 || withoutMarks(text) !== text };
    if (wrappings === mostWrappings) throw refuse(`it is wrapped more than ${mostWrappings} times`);
    link = plain(inner, refuse);
  }
};

/** A link without the marks, entities and encoding of the whole that mail programs add. */
const plain = (text: string, refuse: Refuse): string => {
  let link = text;
  for (let encodings = 0; ; encodings += 1) {
    const bare = withoutEntities(withoutMarks(link));
    const [entity] = anyEntity.exec(bare) ?? [];
    if (entity !== undefined) throw refuse(`it holds ${quoted(entity, 20)}, which has no place in a link`);
    if (!/^https?%(25)*3a/i.test(bare)) return bare;
    if (encodings === mostWrappings) throw refuse(`it is encoded more than ${mostWrappings} times`);
    link = decoded(bare);
    if (link === bare) throw refuse('it is encoded wrongly');
  }
};

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  num: '#',
  equals: '=',
  sol: '/',
  quest: '?',
  colon: ':',
  percnt: '%',
};

/** The marks of a link; entities for anything else have no place in one. */
const marks = /^[&#=/?:%]$/;

const withoutEntities = (text: string): string => {
  const once = text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    const mark = name ? entities[name.toLowerCase()] : markOf(decimal ? Number(decimal) : Number.parseInt(hex, 16));
    return mark ?? whole;
  });
  return once === text ? text : withoutEntities(once);
};

/** Whatever else HTML would read as a character. */
const anyEntity = /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,30});/i;

const markOf = (code: number): string | undefined => {
  const mark = String.fromCharCode(code);
  return marks.test(mark) ? mark : undefined;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const innerLink = (link: string): string | undefined => {
  const parts = /^https:\/\/([a-z0-9.-]+)(\/[^?#]*)(?:\?([^#]*))?/i.exec(link);
  if (!parts) return undefined;
  const [, host = '', path = '', query = ''] = parts;
  const name = host.toLowerCase();
  if (/^[a-z0-9-]+\.safelinks\.protection\.(outlook\.com|office365\.us)$/.test(name)) return only(query, 'url');
  if (!/^(urldefense\.proofpoint\.com|urldefense\.com|urldefense\.us)$/.test(name)) return undefined;
  if (path.startsWith('/v1/')) return only(query, 'u');
  if (path.startsWith('/v2/')) {
    const coded = only(query, 'u');
    return coded === undefined ? undefined : decoded(coded.replace(/-/g, '%').replace(/_/g, '/'));
  }
  return thirdVersion(link);
};

/** A value that the query names once: of two, it can't be told which the gateway follows. */
const only = (query: string, key: string): string | undefined => {
  const [value, another] = new URLSearchParams(query).getAll(key);
  return another === undefined ? value : undefined;
};

const runs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** urldefense v3: odd characters of the link became `*` (or `**` and a length), and lie base64url-coded behind it. */
const thirdVersion = (link: string): string | undefined => {
  const parts = /^https:\/\/[^/]+\/v3\/__(.+)__;([\w-]*={0,2})!/.exec(link);
  if (!parts) return undefined;
  const [, masked = '', coded = ''] = parts;
  const characters = [...Buffer.from(coded, 'base64url').toString('utf8')];
  const restored = masked.replace(/\*(\*([A-Za-z0-9_-]))?/g, (_, run?: string, length?: string) =>
    characters.splice(0, run ? runs.indexOf(length ?? 'A') + 2 : 1).join(''),
  );
  return restored.replace(/^(https?):\/(?!\/)/i, '$1://');
};
