import * as v from 'valibot';
import { type CollectionTag, parseDocument, type ScalarTag } from 'yaml';
import { Problem } from '../errors.ts';
import { printable } from '../text.ts';

/** A CloudFormation template as far as this program looks into it. Scalars are text: YAML eats leading zeros otherwise. */
export interface Template {
  readonly description: string | undefined;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly transforms: readonly string[];
}

export interface Parameter {
  readonly type: string;
  readonly default: string | undefined;
  readonly noEcho: boolean;
  readonly description: string | undefined;
}

export interface TemplateResource {
  readonly type: string;
  /** Intrinsic functions stand as `{ Ref: … }` and `{ "Fn::…": … }`, whichever way they were written. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** CloudFormation reads templates of up to 1 MB from S3. */
export const mostTemplateBytes = 1024 * 1024;
/** What a request may hold of a template itself. */
export const mostInlineBytes = 51_200;

/**
 * Reads YAML or JSON. `source` names the template in messages.
 * @throws Problem for what is too large, no text, no YAML or no template
 */
export const readTemplate = (bytes: Uint8Array, source: string): Template => {
  const document = parseDocument(templateText(bytes, source), {
    schema: 'failsafe',
    customTags: tags,
    logLevel: 'error',
  });
  const [flaw] = document.errors;
  if (flaw) throw unreadable(source, flaw.message.split('\n')[0] ?? flaw.message);
  const value = plainValue(document, source);
  const hidden = namesIn(value).find((name) => /^(__proto__|prototype|constructor)$/.test(name));
  if (hidden) throw unreadable(source, `it names something ${hidden}, which no honest template does`);
  const read = v.safeParse(shape, value);
  if (!read.success)
    throw unreadable(source, `it has no Resources as CloudFormation wants them (${read.issues[0].message})`);
  const { Description, Parameters, Resources, Transform } = read.output;
  return {
    description: Description,
    parameters: mapped(Parameters, ({ Type, Default, NoEcho, Description: about }) => ({
      type: Type,
      default: typeof Default === 'string' ? Default : undefined,
      noEcho: NoEcho?.toLowerCase() === 'true',
      description: about,
    })),
    resources: mapped(Resources, ({ Type, Properties }) => ({ type: Type, properties: Properties })),
    transforms: [Transform ?? []].flat().filter((each) => typeof each === 'string'),
  };
};

/** The bytes as the text that goes into a request. @throws Problem when they would not come out the same */
export const templateText = (bytes: Uint8Array, source: string): string => {
  if (bytes.length > mostTemplateBytes) throw unreadable(source, 'it is larger than 1 MiB');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadable(source, 'it is not UTF-8 text');
  }
};

const unreadable = (source: string, why: string): Problem =>
  new Problem(`The template ${printable(source)} can't be read: ${printable(why)}.`, [
    'Have the file looked at by whoever made it; nothing was deployed.',
  ]);

const plainValue = (document: ReturnType<typeof parseDocument>, source: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw unreadable(source, (error as Error).message);
  }
};

/** What the sections that are looked into name. The schema library leaves some names of JavaScript's own out, unseen. */
const namesIn = (value: unknown): readonly string[] => {
  const { Parameters, Resources } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [Parameters, Resources].flatMap((section) => Object.keys(section ?? {}));
};

const text = v.string();
const shape = v.object({
  Description: v.optional(text),
  Transform: v.optional(v.unknown()),
  Parameters: v.optional(
    v.record(
      text,
      v.object({
        Type: v.optional(text, 'String'),
        Default: v.optional(v.unknown()),
        NoEcho: v.optional(text),
        Description: v.optional(text),
      }),
    ),
    {},
  ),
  Resources: v.record(text, v.object({ Type: text, Properties: v.fallback(v.record(text, v.unknown()), {}) })),
});

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

const functions = [
  'Base64',
  'Cidr',
  'And',
  'Equals',
  'If',
  'Not',
  'Or',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'ImportValue',
  'Join',
  'Select',
  'Split',
  'Sub',
  'Transform',
  'Length',
  'ToJsonString',
  'ForEach',
];

/** CloudFormation's short tags, for scalars, lists and maps: `!Sub x` becomes `{ "Fn::Sub": "x" }`. */
const tags: (ScalarTag | CollectionTag)[] = [...functions, 'Ref', 'Condition'].flatMap((name) => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const wrap = (value: unknown) => ({ [key]: name === 'GetAtt' && typeof value === 'string' ? dotted(value) : value });
  const scalar: ScalarTag = { tag: `!${name}`, resolve: (value) => wrap(value) };
  const collection = (kind: 'seq' | 'map'): CollectionTag => ({
    tag: `!${name}`,
    collection: kind,
    resolve(node) {
      const inner = node.toJSON.bind(node);
      node.toJSON = (unused: unknown, context: never) => wrap(inner(unused, context)) as never;
      return node;
    },
  });
  return [scalar, collection('seq'), collection('map')];
});

const dotted = (text: string): string[] => {
  const at = text.indexOf('.');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};
