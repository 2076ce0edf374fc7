import * as v from 'valibot';
import { Problem } from '../errors.ts';
import { printable } from '../text.ts';
import { readYaml } from './read-yaml.ts';

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
  const text = templateText(bytes, source);
  const known = kept.get(text);
  if (known) return known;
  const template = templateIn(text, source);
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, template);
  return template;
};

/** Each look of a walk reads the same files anew. */
const kept = new Map<string, Template>();
const mostKept = 8;

const templateIn = (text: string, source: string): Template => {
  const value = plainValue(text, source);
  const hidden = namesIn(value).find((name) => /^(__proto__|prototype|constructor)$/.test(name));
  if (hidden) throw unreadable(source, `it names something ${hidden}, which no honest template does`);
  const read = v.safeParse(shape, withoutMacros(value));
  if (!read.success) {
    // What was found instead is left out: any file can be named, and its text may be secret.
    const place = v.getDotPath(read.issues[0])?.slice(0, 200) ?? 'Resources';
    throw unreadable(
      source,
      `it is no CloudFormation template: ${place} is missing, or not as CloudFormation wants it`,
    );
  }
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
    "Nothing was deployed. Give a template, Spot's link in quotes or an s3:// address: spot-cur review template.yaml",
  ]);

const plainValue = (text: string, source: string): unknown => {
  try {
    return readYaml(text).value;
  } catch (error) {
    const { message } = error as Error;
    throw unreadable(source, message.split('\n')[0] ?? message);
  }
};

/** What a macro makes resources of, a `Fn::ForEach` for one, is none yet. */
const withoutMacros = (value: unknown): unknown => {
  const { Resources } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof Resources !== 'object' || Resources === null || Array.isArray(Resources)) return value;
  const kept = Object.entries(Resources).filter(([name]) => !name.startsWith('Fn::'));
  return { ...(value as object), Resources: Object.fromEntries(kept) };
};

/** What the sections that are looked into name. The schema library leaves some names of JavaScript's own out, unseen. */
const namesIn = (value: unknown): readonly string[] => {
  const { Parameters, Resources } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [Parameters, Resources].flatMap((section) => Object.keys(section ?? {}));
};

const string = v.string();
const shape = v.object({
  Description: v.optional(string),
  Transform: v.optional(v.unknown()),
  Parameters: v.optional(
    v.record(
      string,
      v.object({
        Type: v.optional(string, 'String'),
        Default: v.optional(v.unknown()),
        NoEcho: v.optional(string),
        Description: v.optional(string),
      }),
    ),
    {},
  ),
  Resources: v.record(string, v.object({ Type: string, Properties: v.fallback(v.record(string, v.unknown()), {}) })),
});

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
