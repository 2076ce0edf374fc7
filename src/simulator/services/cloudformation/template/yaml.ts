import { type CollectionTag, isAlias, isMap, isPair, isScalar, isSeq, parseDocument, type ScalarTag } from 'yaml';
import { formatError } from './format-error.ts';
import type { Value } from './model.ts';

const functions = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Length'],
  ...['Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
];

/** The long form of each short one: `!Sub` is `Fn::Sub`, but Ref and Condition bear no prefix. */
const longForms: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
]);

const shortTags = [...longForms.keys()].flatMap((tag): (ScalarTag | CollectionTag)[] => [
  { tag, resolve: (text) => text },
  { tag, collection: 'seq', resolve: (node) => node },
  { tag, collection: 'map', resolve: (node) => node },
]);

const isNumeric = (tag: ScalarTag | CollectionTag | string): boolean =>
  typeof tag !== 'string' && /:(int|float)$/.test(tag.tag);

/** Reads YAML with CloudFormation's short forms; numbers stay the text that was written, so that 012345678901 keeps its zero. */
export const readYaml = (text: string): Value => {
  const document = parseDocument(text, {
    customTags: (tags) => [...tags.filter((tag) => !isNumeric(tag)), ...shortTags],
  });
  const [error] = document.errors;
  if (error) {
    const at = error.linePos?.[0];
    throw formatError(`YAML not well-formed. (line ${at?.line ?? 1}, column ${at?.col ?? 1})`);
  }
  return plain(document.contents);
};

const plain = (node: unknown): Value => {
  if (isAlias(node)) throw formatError('YAML aliases are not allowed in CloudFormation templates', 'Template error');
  const tag = isScalar(node) || isSeq(node) || isMap(node) ? node.tag : undefined;
  const long = tag === undefined ? undefined : longForms.get(tag);
  if (tag?.startsWith('!') && !tag.startsWith('!!') && !long) throw formatError(`Unsupported tag ${tag}`);
  const value = untagged(node);
  return long === undefined ? value : longForm(long, value);
};

const untagged = (node: unknown): Value => {
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [keyOf(pair), plain(pair.value)]));
  const value = isScalar(node) ? node.value : undefined;
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? value : null;
};

const keyOf = (pair: unknown): string => {
  const key = isPair(pair) ? pair.key : undefined;
  return String(isScalar(key) ? (key.source ?? key.value) : key);
};

const longForm = (long: string, value: Value): Value => {
  // `!GetAtt A.B.C` is the attribute B.C of A: only the first dot parts them.
  if (long !== 'Fn::GetAtt' || typeof value !== 'string') return { [long]: value };
  const dot = value.indexOf('.');
  return { [long]: dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
};
