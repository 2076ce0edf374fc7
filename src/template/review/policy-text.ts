import type { Part, Text, Value } from './value.ts';
import { textValue } from './value.ts';
import { isMap } from './whole.ts';

/** The policy that a text spells out in JSON, if it looks like one. */
export const policyInText = (text: Text): Value | 'unreadable' | undefined => {
  const spelled = text.filter((part) => typeof part === 'string').join('');
  if (!/^\s*[[{]/.test(spelled) || !/\\?"(Statement|Effect)\\?"/i.test(unescaped(spelled))) return undefined;
  return jsonInText(text) ?? 'unreadable';
};

/** The structure that a text spells out in JSON: a definition, a policy, a dashboard. */
export const jsonInText = (text: Text): Value | undefined => {
  const [first] = text;
  if (typeof first !== 'string' || !/^\s*[[{]/.test(first)) return undefined;
  const mark = freeMark(text.filter((part) => typeof part === 'string').join(''));
  const marked = text.map((part, index) => (typeof part === 'string' ? part : `${mark}${index}${mark}`)).join('');
  try {
    return valueFrom(JSON.parse(marked), text, mark, 0);
  } catch {
    return undefined;
  }
};

/** JSON may write any letter as an escape. */
const unescaped = (text: string): string =>
  text.replace(/\\u00([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Stands for what is not spelled out; nothing in the text looks like it. */
const freeMark = (text: string): string => {
  let mark = '§';
  while (text.includes(mark)) mark += '§';
  return mark;
};

const deepest = 60;

const valueFrom = (json: unknown, text: Text, mark: string, depth: number): Value => {
  if (depth > deepest) return textValue({ hole: 'a policy that is nested too deeply' });
  if (Array.isArray(json)) return { kind: 'list', items: json.map((each) => valueFrom(each, text, mark, depth + 1)) };
  if (isMap(json))
    return {
      kind: 'map',
      entries: Object.entries(json).map(([key, each]) => [key, valueFrom(each, text, mark, depth + 1)] as const),
    };
  return textValue(...partsFrom(String(json), text, mark));
};

const partsFrom = (written: string, text: Text, mark: string): readonly Part[] =>
  written
    .split(mark)
    .map((piece, index) => (index % 2 === 0 ? piece : (text[Number(piece)] ?? { hole: 'a piece of the text' })));
