import { Problem } from '../../errors.ts';
import { printable } from '../../text.ts';
import { readYaml } from '../read-yaml.ts';

/** All of a template that a review looks at. Intrinsic functions stand in their long form. */
export interface WholeTemplate {
  readonly parameters: ReadonlyMap<string, WholeParameter>;
  readonly mappings: unknown;
  readonly resources: ReadonlyMap<string, WholeResource>;
  /** Everything, for what is looked for anywhere. */
  readonly document: unknown;
  /** What could not be read as CloudFormation would. */
  readonly flaws: readonly string[];
}

export interface WholeParameter {
  readonly type: string;
  readonly default: string | undefined;
  readonly noEcho: boolean;
}

export interface WholeResource {
  readonly type: string;
  readonly properties: unknown;
  /** Whether a condition decides that it is made at all. */
  readonly conditional: boolean;
  /** Whether it stays when the stack is deleted. */
  readonly stays: boolean;
}

/**
 * Reads YAML or JSON, tags of any name among it. `source` names the template in messages.
 * @throws Problem for what is no YAML
 */
export const readWhole = (text: string, source: string): WholeTemplate => {
  try {
    const { value, flaws } = readYaml(text);
    return wholeFrom(value, flaws);
  } catch (cause) {
    throw unreadable(source, (cause as Error).message);
  }
};

const unreadable = (source: string, why: string): Problem =>
  new Problem(`The template ${printable(source)} can't be read: ${printable(why.split('\n')[0] ?? why)}.`, [
    'Have the file looked at by whoever made it; nothing was deployed.',
  ]);

/** The sections of anything at all; what does not look like a template becomes a flaw. */
export const wholeFrom = (document: unknown, noticed: readonly string[] = []): WholeTemplate => {
  const flaws = [...noticed];
  const section = (name: string): readonly (readonly [string, unknown])[] => {
    const value = isMap(document) && Object.hasOwn(document, name) ? document[name] : undefined;
    if (value !== undefined && !isMap(value)) flaws.push(`${name} is no map`);
    return isMap(value) ? Object.entries(value) : [];
  };
  const parameters = section('Parameters').map(([key, value]) => [key, parameterFrom(value)] as const);
  const resources = section('Resources').flatMap(([id, value]) => {
    // What a macro makes resources of: that alone is an alarm.
    if (id.startsWith('Fn::')) return [];
    const type = isMap(value) ? own(value, 'Type') : undefined;
    if (typeof type !== 'string' || !isMap(value)) flaws.push(`the resource ${id} has no type`);
    if (!/^[A-Za-z0-9]{1,255}$/.test(id)) flaws.push(`the resource ${id} has a name that CloudFormation does not take`);
    if (!isMap(value)) return [];
    const properties = own(value, 'Properties') ?? {};
    return [
      [
        id,
        {
          type: typeof type === 'string' ? type : 'no type',
          properties,
          conditional: Object.hasOwn(value, 'Condition'),
          stays: /^Retain/.test(String(own(value, 'DeletionPolicy') ?? '')),
        },
      ] as const,
    ];
  });
  return {
    parameters: new Map(parameters),
    mappings: Object.fromEntries(section('Mappings')),
    resources: new Map(resources),
    document,
    flaws,
  };
};

const parameterFrom = (value: unknown): WholeParameter => {
  const found = isMap(value) ? own(value, 'Default') : undefined;
  const type = isMap(value) ? own(value, 'Type') : undefined;
  const noEcho = isMap(value) ? own(value, 'NoEcho') : undefined;
  return {
    type: typeof type === 'string' ? type : 'String',
    default: found === undefined || typeof found === 'object' ? undefined : String(found),
    noEcho: noEcho === true || (typeof noEcho === 'string' && noEcho.toLowerCase() === 'true'),
  };
};

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const own = (map: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(map, key) ? map[key] : undefined;
