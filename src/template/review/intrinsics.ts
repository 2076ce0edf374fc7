import { ownResource, referred } from './names.ts';
import { affords, concatenated, type Scope, tooMuch } from './scope.ts';
import {
  either,
  literal,
  none,
  optionsOf,
  type Part,
  type Text,
  textsOf,
  textValue,
  unknown,
  type Value,
} from './value.ts';
import { isMap } from './whole.ts';

type Intrinsic = (argument: unknown, scope: Scope, depth: number) => Value;

/** CloudFormation's functions, by the name that they have in JSON. What is not here stays unknown. */
export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope, depth) => (typeof name === 'string' ? referred(name, scope, depth) : unknown('a Ref to no name')),

  'Fn::GetAtt': (argument, scope, depth) => {
    const path = typeof argument === 'string' ? argument.split('.') : argument;
    if (!Array.isArray(path) || path.length < 2 || !path.every((each) => typeof each === 'string'))
      return unknown('a GetAtt of no attribute');
    const [id = '', ...attribute] = path.flatMap((each: string) => each.split('.'));
    return ownResource(id, attribute.join('.'), scope, depth);
  },

  'Fn::Sub': (argument, scope, depth) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof template !== 'string') return unknown('a Sub of no text');
    const local = new Map(
      Object.entries(isMap(variables) ? variables : {}).map(([key, value]) => [key, scope.evaluate(value, depth)]),
    );
    return concatenated(pieces(template, local, scope, depth), scope);
  },

  'Fn::Join': (argument, scope, depth) => {
    if (!Array.isArray(argument) || argument.length !== 2) return unknown('a Join of no list');
    const delimiters = textsOf(scope.evaluate(argument[0], depth));
    const lists = optionsOf(scope.evaluate(argument[1], depth));
    return either(
      lists.flatMap((list) =>
        list.kind === 'list' ? delimiters.map((delimiter) => joined(list.items, delimiter, scope)) : [notAList(list)],
      ),
    );
  },

  'Fn::Select': (argument, scope, depth) => {
    if (!Array.isArray(argument) || argument.length !== 2) return unknown('a Select from no list');
    const indexes = textsOf(scope.evaluate(argument[0], depth)).map(literal);
    const lists = optionsOf(scope.evaluate(argument[1], depth));
    return either(
      lists.flatMap((list) =>
        list.kind === 'list' ? indexes.map((index) => selected(list.items, index)) : [notAList(list)],
      ),
    );
  },

  'Fn::Split': (argument, scope, depth) => {
    if (!Array.isArray(argument) || argument.length !== 2) return unknown('a Split of no text');
    const delimiters = textsOf(scope.evaluate(argument[0], depth)).map(literal);
    const texts = textsOf(scope.evaluate(argument[1], depth));
    return either(delimiters.flatMap((delimiter) => texts.map((text) => split(text, delimiter, scope))));
  },

  'Fn::If': (argument, scope, depth) =>
    Array.isArray(argument) && argument.length === 3
      ? either([scope.evaluate(argument[1], depth), scope.evaluate(argument[2], depth)])
      : unknown('an If without two branches'),

  'Fn::FindInMap': (argument, scope, depth) => {
    if (!Array.isArray(argument) || argument.length < 3) return unknown('a FindInMap without keys');
    const keys = argument.slice(0, 3).map((key) => textsOf(scope.evaluate(key, depth)).map(literal));
    const found = keys.reduce<readonly unknown[]>(
      (maps, options) => maps.flatMap((map) => (isMap(map) ? inMap(map, options) : [])),
      [scope.template.mappings],
    );
    const fallback = isMap(argument[3]) && 'DefaultValue' in argument[3] ? [argument[3].DefaultValue] : [];
    const options = [...found, ...fallback].map((each) => scope.evaluate(each, depth));
    return options.length > 0 ? either(options) : unknown('a FindInMap that finds nothing');
  },

  // Whoever looks at it wants to see what is encoded, and yet it is not that text.
  'Fn::Base64': (argument, scope, depth) =>
    either(textsOf(scope.evaluate(argument, depth)).map((text) => textValue({ name: 'in Base64' }, ...text))),
  'Fn::ToJsonString': (argument, scope, depth) => scope.evaluate(argument, depth),
  'Fn::ImportValue': () => unknown('what another stack exports'),
};

const notAList = (value: Value): Value => (value.kind === 'none' ? none : unknown('a list that is not known yet'));

const pieces = (
  template: string,
  local: ReadonlyMap<string, Value>,
  scope: Scope,
  depth: number,
): readonly (readonly Text[])[] =>
  template.split(/(\$\{[^}]*\})/).map((piece) => {
    const [, name] = /^\$\{([^}]*)\}$/.exec(piece) ?? [];
    if (name === undefined) return [[piece]];
    if (name.startsWith('!')) return [[`\${${name.slice(1)}}`]];
    const dot = name.indexOf('.');
    const value =
      local.get(name) ??
      (dot < 0 ? referred(name, scope, depth) : ownResource(name.slice(0, dot), name.slice(dot + 1), scope, depth));
    return distinct(optionsOf(value).flatMap((option) => (option.kind === 'none' ? [[]] : textsOf(option))));
  });

const joined = (items: readonly Value[], delimiter: Text, scope: Scope): Value =>
  concatenated(
    items.map((item) =>
      distinct<Text | undefined>(
        optionsOf(item).flatMap((option): readonly (Text | undefined)[] =>
          option.kind === 'none' ? [undefined] : textsOf(option),
        ),
      ),
    ),
    scope,
    delimiter,
  );

const distinct = <T extends Text | undefined>(texts: readonly T[]): readonly T[] => [
  ...new Map(texts.map((text) => [JSON.stringify(text), text])).values(),
];

const selected = (items: readonly Value[], index: string | undefined): Value => {
  // A list whose items may be missing has no certain places.
  const certain = items.every(({ kind }) => kind !== 'either' && kind !== 'none');
  if (!certain || index === undefined || !/^\d+$/.test(index)) return either(items);
  return items[Number(index)] ?? unknown('a Select beyond its list');
};

const split = (text: Text, delimiter: string | undefined, scope: Scope): Value => {
  if (delimiter === undefined || delimiter === '') return unknown('a Split by no known delimiter');
  if (text.some((part) => typeof part === 'object' && !('name' in part)))
    return unknown('a piece of what is not known yet');
  const items: Part[][] = [[]];
  for (const part of text) {
    const [head = '', ...tail] = typeof part === 'string' ? part.split(delimiter) : [part];
    items.at(-1)?.push(head);
    for (const each of tail) items.push([each]);
  }
  if (!affords(scope, items.length)) return tooMuch(scope, 'it is too large');
  return { kind: 'list', items: items.map((parts) => textValue(...parts)) };
};

/** What the keys lead to; with a key that is not known, whatever is there. */
const inMap = (map: Readonly<Record<string, unknown>>, keys: readonly (string | undefined)[]): readonly unknown[] =>
  keys.flatMap((key) => (key === undefined ? Object.values(map) : Object.hasOwn(map, key) ? [map[key]] : []));
