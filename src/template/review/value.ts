/** A piece of a text: spelled out, something that the template creates, a name that AWS fills in, or what nobody knows yet. */
export type Part = string | Own | Name | Hole;

/** What `Ref` (attribute "Ref") or `GetAtt` give of a resource of this very template. */
export interface Own {
  readonly own: string;
  readonly type: string;
  readonly attribute: string;
}

/** A pseudo parameter whose value is harmless and not known here, the stack's name for one. */
export interface Name {
  readonly name: string;
}

/** Why a piece can't be known before the stack is made. */
export interface Hole {
  readonly hole: string;
}

export type Text = readonly Part[];

/** What a place in the template may come to: with conditions, one of several things. */
export type Value =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Value])[] }
  | { readonly kind: 'either'; readonly options: readonly Value[] }
  | { readonly kind: 'none' };

export const none: Value = { kind: 'none' };
export const textValue = (...parts: readonly Part[]): Value => ({ kind: 'text', text: joinedParts(parts) });
export const unknown = (why: string): Value => textValue({ hole: why });

export const either = (options: readonly Value[]): Value => {
  const flat = options.flatMap(optionsOf);
  const [only] = flat;
  if (!only) return unknown('nothing at all');
  return flat.length === 1 ? only : { kind: 'either', options: flat };
};

/** The things that a value may be, none of them an `either`. */
export const optionsOf = (value: Value): readonly Value[] => (value.kind === 'either' ? value.options : [value]);

/** Neighbouring literals as one. */
export const joinedParts = (parts: readonly Part[]): Text => {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
};

/** The text when all of it is spelled out. */
export const literal = (text: Text): string | undefined => {
  if (text.length === 0) return '';
  const [only] = text;
  return text.length === 1 && typeof only === 'string' ? only : undefined;
};

export const holeIn = (text: Text): string | undefined => {
  for (const part of text) if (typeof part === 'object' && 'hole' in part) return part.hole;
  return undefined;
};

/** A text for people: what is not known stands in angle brackets. */
export const shown = (text: Text): string =>
  text
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('hole' in part) return `<unknown: ${part.hole}>`;
      if ('name' in part) return `<${part.name}>`;
      return part.attribute === 'Ref' ? `<${part.own}>` : `<${part.own}.${part.attribute}>`;
    })
    .join('');

/** Every text that a value may come to, lists taken apart; a structure where a text belongs is not known. */
export const textsOf = (value: Value | undefined): readonly Text[] => {
  switch (value?.kind) {
    case undefined:
    case 'none':
      return [];
    case 'text':
      return [value.text];
    case 'map':
      return [[{ hole: 'a structure instead of a text' }]];
    case 'list':
      return value.items.flatMap(textsOf);
    case 'either':
      return value.options.flatMap(textsOf);
  }
};

/** Every map that a value may come to or hold in its lists. */
const mapsOf = (value: Value | undefined): readonly MapValue[] => {
  if (value?.kind === 'map') return [value];
  if (value?.kind === 'list') return value.items.flatMap(mapsOf);
  if (value?.kind === 'either') return value.options.flatMap(mapsOf);
  return [];
};

export type MapValue = Extract<Value, { kind: 'map' }>;

/** What lies at a path of keys, whatever branch it is in; keys compare without case. */
export const at = (value: Value | undefined, ...path: readonly string[]): readonly Value[] => {
  const [key, ...rest] = path;
  if (key === undefined) return value && value.kind !== 'none' ? [value] : [];
  return mapsOf(value).flatMap(({ entries }) =>
    entries.filter(([name]) => name.toLowerCase() === key.toLowerCase()).flatMap(([, inner]) => at(inner, ...rest)),
  );
};

export const textsAt = (value: Value | undefined, ...path: readonly string[]): readonly Text[] =>
  at(value, ...path).flatMap(textsOf);

/** The first of many, for people. */
export const listed = (texts: readonly Text[], most = 10): string => {
  const first = texts.slice(0, most).map((text) => shown(text).slice(0, 300));
  return texts.length > most ? `${first.join(', ')} and ${texts.length - most} more` : first.join(', ');
};
