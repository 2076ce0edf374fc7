import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';
import { linkInText } from './link-in-text.ts';
import { strayEnd, withoutQuotedPrintable } from './mail-marks.ts';
import { unwrapped } from './mail-wrappers.ts';
import type { Refuse } from './refuse.ts';
import { type TemplateAddress, templateAddress } from './template-address.ts';

/** What a CloudFormation quick-create link asks for. It is untrusted: anyone can write one. */
export interface QuickCreateLink {
  readonly template: TemplateAddress;
  readonly stackName: string | undefined;
  /** The pre-filled parameters, untouched. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The link text may hold this much, in bytes of UTF-8. */
const mostBytes = 16 * 1024;

/** What a right link looks like, for messages. */
export const linkExample =
  'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/create/review?templateURL=https%3A%2F%2Fbucket.s3.amazonaws.com%2Ftemplate.yml&stackName=SpotExtractor';

const refusing =
  (text: string): Refuse =>
  (rule) =>
    new Problem(`The link ${quoted(text, 120)} is refused: ${rule}.`, [`Example: ${linkExample}`], 'usage');

/**
 * Reads a quick-create link in every form that mail brings it in: raw or encoded, from HTML, broken over lines, wrapped by
 * mail gateways, in the middle of a sentence. All that matters lies in the fragment.
 * @throws Problem (usage) that says which rule the link breaks
 */
export const readQuickCreateLink = (text: string): QuickCreateLink => readAlone(aloneIn(text), refusing(text));

/** The link without line breaks and without the text that was pasted around it. @throws Problem (usage) where none can be told */
export const aloneIn = (text: string): string => {
  const refuse = refusing(text);
  if (Buffer.byteLength(text) > mostBytes) throw refuse(`it is longer than ${mostBytes} bytes`);
  const odd = /(?![\t\r\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(text);
  if (odd) throw refuse(`it holds blanks or control characters (${codeOf(odd[0])})`);
  return joined(linkInText(withoutQuotedPrintable(text), (link) => reads(joined(link), refuse), refuse));
};

/** CR, LF and blanks around them are dropped (aws-facts §7), and no other blank is: not one that nobody sees, either. */
const joined = (text: string): string => text.replace(/[ \t]*[\r\n]+[ \t]*/g, '').replace(/^[ \t]+|[ \t]+$/g, '');

const reads = (link: string, refuse: Refuse): boolean => {
  try {
    readAlone(link, refuse);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
};

const readAlone = (text: string, refuse: Refuse): QuickCreateLink => {
  if (text === '') throw refuse('it is empty');
  const { link, marked } = unwrapped(text, refuse);
  checkCharacters(link, refuse);
  const fragment = fragmentOf(link, refuse);
  const values = valuesOf(fragment, refuse);
  const region = values.get('region');
  if (region !== undefined && region !== 'us-east-1')
    throw refuse(`its region is ${quoted(region, 40)}, and Spot works in us-east-1`);
  const templateUrl = values.get('templateurl');
  if (!templateUrl) throw refuse('it names no templateURL');
  const template = templateAddress(templateUrl, refuse);
  const stray = marked ? undefined : strayEnd(link);
  if (stray !== undefined)
    throw refuse(
      `it ends in ${quoted(stray)}: take that away if it is the mail's, put the link into <> if it is the link's`,
    );
  return {
    template,
    stackName: values.get('stackname') || undefined,
    parameters: Object.fromEntries(
      [...values]
        .filter(([key]) => key.startsWith('param_'))
        .map(([key, value]) => [key.slice('param_'.length), value]),
    ),
  };
};

/** Control, format (bidirectional, zero-width) and separator characters other than the blank. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Refuses what no link holds: blanks, and characters that steer, encoded ones too. */
const checkCharacters = (link: string, refuse: Refuse): void => {
  const odd = /\s/u.exec(link) ?? steering.exec(link);
  if (odd) throw refuse(`it holds blanks or control characters${/[ \t]/.test(odd[0]) ? '' : ` (${codeOf(odd[0])})`}`);
  for (let text = link, round = 0; round < 3; round += 1) {
    // Only what is well encoded is decoded, so that one odd percent sign does not hide the rest.
    text = text.replace(/(%[0-9a-f]{2})+/gi, (run) => tryDecode(run) ?? run);
    if (steering.test(text)) throw refuse('it holds encoded control characters');
  }
};

/** Of a character that nobody sees, as Unicode names it. */
const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const tryDecode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const consoleHost = /^(?:([a-z0-9-]+)\.)?console\.aws\.amazon\.com$/;

/** The part after #, once all before it is known to be the CloudFormation console in us-east-1. */
const fragmentOf = (link: string, refuse: Refuse): string => {
  // Some programs encode the one mark that everything stands behind.
  const [mark = '#'] = link.includes('#') ? [] : (/%(25)*23(?=(\/|%(25)*2f)stacks)/i.exec(link) ?? []);
  const at = link.indexOf(mark);
  const before = at < 0 ? link : link.slice(0, at);
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?(.*))?$/.exec(before);
  if (!parts) throw refuse('it is no https link');
  const [, scheme = '', authority = '', path = '', query = ''] = parts;
  if (scheme.toLowerCase() !== 'https') throw refuse('it does not begin with https://');
  const host = consoleHost.exec(authority.toLowerCase());
  if (!host) throw refuse(`it leads to ${quoted(authority, 60)} instead of console.aws.amazon.com`);
  if (host[1] !== undefined && host[1] !== 'us-east-1')
    throw refuse(`it leads to the console of ${quoted(host[1], 40)}, and Spot works in us-east-1`);
  if (path !== '/cloudformation/home') throw refuse('it does not lead to /cloudformation/home');
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const key = name.toLowerCase();
    if (key === 'region' && value !== 'us-east-1')
      throw refuse(`its region is ${quoted(value, 40)}, and Spot works in us-east-1`);
    if (seen.has(key)) throw refuse(`it names ${quoted(name, 60)} twice`);
    seen.add(key);
  }
  if (at < 0) throw refuse('it has no part after #, where a quick-create link says what to create');
  return link.slice(at + mark.length);
};

const pages = /^\/stacks\/(create\/review|quickcreate|new|create)$/;

/** The fragment's keys and values. Names of the console's own keys are lower-cased, those of parameters are kept. */
const valuesOf = (fragment: string, refuse: Refuse): Map<string, string> => {
  let readable = fragment;
  for (let round = 0; round < 2 && !readable.includes('?'); round += 1) readable = tryDecode(readable) ?? readable;
  const at = readable.indexOf('?');
  const page = (at < 0 ? readable : readable.slice(0, at)).replace(/\/$/, '');
  if (!pages.test(page)) throw refuse('it does not lead to the page that creates a stack');
  const values = new Map<string, string>();
  for (const pair of at < 0 ? [] : readable.slice(at + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals), refuse);
    const key = name.startsWith('param_') ? name : name.toLowerCase();
    if (values.has(key)) throw refuse(`it names ${quoted(name, 60)} twice`);
    values.set(key, decode(equals < 0 ? '' : pair.slice(equals + 1), refuse));
  }
  return values;
};

const decode = (text: string, refuse: Refuse): string => {
  const decoded = tryDecode(text);
  if (decoded === undefined) throw refuse('it is encoded wrongly');
  return decoded;
};
