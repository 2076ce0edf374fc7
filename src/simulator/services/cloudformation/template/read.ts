import { ServiceError } from '../../../service.ts';
import { formatError } from './format-error.ts';
import {
  isMapping,
  type Mapping,
  type OutputDeclaration,
  type ResourceDeclaration,
  type Template,
  type Value,
} from './model.ts';
import { declaredParameter } from './parameter-declaration.ts';
import { readYaml } from './yaml.ts';

const sections = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions'],
  ...['Transform', 'Resources', 'Outputs', 'Hooks', 'Globals'],
]);

/**
 * Reads a template, YAML or JSON, and checks its shape. What it refers to is checkReferences' business, its types checkTypes'.
 * @throws ServiceError ValidationError, in AWS's words.
 */
export const readTemplate = (text: string): Template => {
  const known = kept.get(text);
  if (known) return known;
  const template = templateIn(text);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(text, template);
  return template;
};

/** Reading takes ms, and each event of each resource asks for it. */
const kept = new Map<string, Template>();
const MOST_KEPT = 50;

const templateIn = (text: string): Template => {
  const document = readDocument(text);
  if (!isMapping(document)) throw formatError('unsupported structure.');
  const unknown = Object.keys(document).filter((key) => !sections.has(key));
  if (unknown.length > 0)
    throw new ServiceError('ValidationError', `Invalid template property or properties [${unknown.join(', ')}]`);
  const version = document.AWSTemplateFormatVersion;
  if (version !== undefined && version !== '2010-09-09') {
    throw formatError('Unsupported AWSTemplateFormatVersion. Only 2010-09-09 is supported.');
  }
  const resources = section(document, 'Resources');
  if (Object.keys(resources).length === 0) throw formatError('At least one Resources member must be defined.');
  const description = document.Description;
  return {
    ...(typeof description === 'string' ? { description } : {}),
    transforms: strings(document.Transform),
    ruled: document.Rules !== undefined,
    parameters: mapValues(section(document, 'Parameters'), declaredParameter),
    mappings: section(document, 'Mappings'),
    conditions: section(document, 'Conditions'),
    resources: mapValues(resources, declaredResource),
    outputs: mapValues(section(document, 'Outputs'), declaredOutput),
  };
};

/** A template's text as plain data, its short forms written out. @throws ServiceError ValidationError */
export const readDocument = (text: string): Value =>
  text.trimStart().startsWith('{') ? readJson(text) : readYaml(text);

const readJson = (text: string): Value => {
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
    const before = text.slice(0, position).split('\n');
    throw formatError(`JSON not well-formed. (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`);
  }
};

const section = (document: Mapping, name: string): Mapping => {
  const value = document[name];
  if (value === undefined) return {};
  if (value === null && name !== 'Resources')
    throw formatError(`[/${name}] 'null' values are not allowed in templates`);
  if (value !== null && !isMapping(value)) throw formatError(`${name} section must be an object.`);
  return value ?? {};
};

const mapValues = <T>(from: Mapping, read: (name: string, value: Value) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [name, read(name, value)]));

const strings = (value: Value | undefined): readonly string[] =>
  value === undefined || value === null ? [] : (Array.isArray(value) ? value : [value]).map(nameOf);

/** A transform with parameters is an object that bears its name. */
const nameOf = (value: Value): string => String(isMapping(value) ? value.Name : value);

const declaredResource = (id: string, value: Value): ResourceDeclaration => {
  if (!/^[a-zA-Z0-9]+$/.test(id)) throw formatError(`Resource name ${id} is non alphanumeric.`);
  if (!isMapping(value)) throw formatError('Any Resources member must be an object.');
  const { Type: type, Properties: properties = {}, Condition: condition, DeletionPolicy: policy } = value;
  if (typeof type !== 'string')
    throw formatError(`[/Resources/${id}] Every Resources object must contain a Type member.`);
  if (!isMapping(properties)) throw formatError(`[/Resources/${id}] Properties must be an object.`);
  refuseNulls(properties, `/Resources/${id}/Properties`);
  return {
    type,
    properties,
    ...(typeof condition === 'string' ? { condition } : {}),
    dependsOn: strings(value.DependsOn),
    retained: policy === 'Retain' || policy === 'RetainExceptOnCreate',
  };
};

const declaredOutput = (id: string, value: Value): OutputDeclaration => {
  if (!isMapping(value) || value.Value === undefined) {
    throw formatError(`Output ${id} is malformed. Every Outputs member must contain a Value object`);
  }
  const exported = isMapping(value.Export) ? value.Export.Name : undefined;
  return {
    value: value.Value,
    ...(typeof value.Description === 'string' ? { description: value.Description } : {}),
    ...(typeof value.Condition === 'string' ? { condition: value.Condition } : {}),
    ...(exported === undefined ? {} : { exportName: exported }),
  };
};

const refuseNulls = (value: Value, path: string): void => {
  if (value === null) throw formatError(`[${path}] 'null' values are not allowed in templates`);
  if (typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) refuseNulls(inner, `${path}/${key}`);
};
