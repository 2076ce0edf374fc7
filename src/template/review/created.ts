import type { Context } from './context.ts';
import { spelledName } from './names.ts';
import { namedInPaths, namingOf } from './namings.ts';
import { literal, type Own, optionsOf, type Part, type Text, textsAt, textValue, type Value } from './value.ts';
import { isPattern } from './wildcards.ts';

/** A thing that the stack is sure to create: were there one of that name already, the stack would fail. */
export interface Created {
  readonly id: string;
  readonly type: string;
}

/** What the template creates and a text means as a whole: by `GetAtt` or `Ref`, by its full ARN, or by something inside it. */
export const ownByArn = (text: Text, context: Context): Created | undefined => {
  const alone = ownAlone(text);
  if (alone) return createdBy(alone);
  const { arns } = indexOf(context);
  const written = keyOf(text);
  if (written === undefined) return undefined;
  const whole = arns.get(written);
  if (whole) return whole;
  const [first, second] = text;
  if (typeof first === 'object' && 'own' in first && typeof second === 'string')
    return isArn(first) && goesInside(first.type, second) ? createdBy(first) : undefined;
  for (const { index } of written.matchAll(/[/:]/g)) {
    const found = arns.get(written.slice(0, index));
    if (found && goesInside(found.type, written.slice(index))) return found;
  }
  return undefined;
};

const goesInside = (type: string, rest: string): boolean => (namedInPaths.test(type) ? /^:/ : /^[:/]/).test(rest);

/** What the template creates and a text names, by `Ref` or by the very name that the template spells out. */
export const ownByName = (text: Text, types: RegExp, context: Context): Created | undefined => {
  const alone = ownAlone(text);
  if (alone) return types.test(alone.type) ? createdBy(alone) : undefined;
  const written = keyOf(text);
  return written === undefined
    ? undefined
    : indexOf(context)
        .names.get(written)
        ?.find(({ type }) => types.test(type));
};

/** Secrets are called by their name and six random characters. */
const randomEnd = '-??????';
const longest = 2_048;

const createdBy = ({ own, type }: Own): Created => ({ id: own, type });

const ownAlone = (text: Text): Own | undefined => {
  const [only] = text;
  return text.length === 1 && typeof only === 'object' && 'own' in only ? only : undefined;
};

const isArn = ({ type, attribute }: Own): boolean =>
  /Arn$/.test(attribute) || (attribute === 'Ref' && namingOf(type)?.by !== 'Ref');

/** The text as one word that no other text has; undefined for what is unknown in part, or is no name. */
const keyOf = (text: Text): string | undefined => {
  let key = '';
  for (const part of text) {
    if (typeof part === 'string') key += part;
    else if ('hole' in part) return undefined;
    else key += `\u0000${'own' in part ? `${part.own}.${part.attribute}` : part.name.replace(/[:/]/g, '-')}\u0000`;
  }
  return key.length <= longest ? key : undefined;
};

interface Index {
  readonly names: ReadonlyMap<string, readonly Created[]>;
  readonly arns: ReadonlyMap<string, Created>;
}

const indexes = new WeakMap<Context, Index>();

const indexOf = (context: Context): Index => {
  const known = indexes.get(context);
  if (known) return known;
  const names = new Map<string, Created[]>();
  const call = (name: Text, created: Created) => {
    const key = keyOf(name) ?? '';
    names.set(key, [...(names.get(key) ?? []), created]);
  };
  const arns = new Map<string, Created>();
  const account: Part = context.given.account ?? { name: 'AWS::AccountId' };
  for (const { id, type, properties } of context.resources) {
    const name = nameOf(id, type, context);
    const key = name && keyOf(name);
    if (!name || !key || isPattern(key)) continue;
    const created = { id, type };
    call(name, created);
    if (type === 'AWS::Lambda::Function') {
      const group = { id, type: 'AWS::Logs::LogGroup' };
      const full: Text = joined('/aws/lambda/', ...name);
      call(full, group);
      put(arns, 'logs:us-east-1:#:log-group:', full, account, group);
    }
    for (const before of namingOf(type)?.arns ?? [])
      put(arns, before, inPath(type, name, properties), account, created);
  }
  const index = { names, arns };
  indexes.set(context, index);
  return index;
};

const joined = (...parts: readonly Part[]): Text => {
  const value = textValue(...parts);
  return value.kind === 'text' ? value.text : [];
};

const put = (arns: Map<string, Created>, before: string, name: Text, account: Part, created: Created): void => {
  const [head = '', tail] = before.split('#');
  const written = tail === undefined ? [`arn:aws:${head}`] : [`arn:aws:${head}`, account, tail];
  const random = created.type === 'AWS::SecretsManager::Secret' ? [randomEnd] : [];
  const key = keyOf(joined(...written, ...name, ...random));
  if (key !== undefined) arns.set(key, created);
};

/** The name with the path that stands before it: IAM's own, or the slash that names of parameters may lack. */
const inPath = (type: string, name: Text, properties: Value): Text => {
  const [first] = name;
  if (type === 'AWS::SSM::Parameter' && typeof first === 'string' && first.startsWith('/'))
    return joined(first.slice(1), ...name.slice(1));
  if (!type.startsWith('AWS::IAM::')) return name;
  const paths = textsAt(properties, 'Path').map(literal);
  const [path = '/'] = paths;
  // With several paths, or one that is not known, the ARN is not known either.
  return paths.length > 1 || (paths.length === 1 && paths[0] === undefined)
    ? [{ hole: 'a path' }]
    : joined(path, ...name);
};

/** The one name that a resource is sure to get; undefined where it may not be made, or may be called otherwise. */
const nameOf = (id: string, type: string, { template, scope }: Context): Text | undefined => {
  const [name, other] = optionsOf(spelledName(id, scope, 0));
  if (other || !type.startsWith('AWS::')) return undefined;
  // Whatever refers to it is only made where it is made itself.
  if (name?.kind === 'none') return [{ own: id, type, attribute: namingOf(type)?.by ?? 'Ref' }];
  return name?.kind === 'text' && !template.resources.get(id)?.conditional ? name.text : undefined;
};
