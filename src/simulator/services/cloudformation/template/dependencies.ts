import { ServiceError } from '../../../service.ts';
import { formatError } from './format-error.ts';
import { onlyEntry, type Template, type Value } from './model.ts';
import { isPseudoParameter } from './pseudo-parameters.ts';
import { substitutionNames } from './substitute.ts';

/** Everything that a value names by Ref, GetAtt or Sub, parameters and pseudo parameters included. */
const namesIn = (value: Value): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const [name, argument] = onlyEntry(value) ?? [];
  if (name === 'Ref') return [String(argument)];
  if (name === 'Fn::GetAtt' && argument !== undefined) {
    return [String(Array.isArray(argument) ? argument[0] : String(argument).split('.')[0])];
  }
  if (name === 'Fn::Sub' && argument !== undefined) {
    const { names, own } = substitutionNames(argument);
    return [...names.map((full) => full.split('.')[0] ?? full), ...namesIn(own)];
  }
  return Object.values(value).flatMap(namesIn);
};

/** The resources that each resource has to wait for, among those of `ids`. */
export const dependencies = (template: Template, ids: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    ids.map((id) => {
      const resource = template.resources[id];
      const named = resource ? [...resource.dependsOn, ...namesIn(resource.properties)] : [];
      return [id, [...new Set(named)].filter((name) => ids.includes(name))];
    }),
  );

/**
 * Checks that all that is named is there and nothing waits for itself.
 * @throws ServiceError ValidationError, in AWS's words.
 */
export const checkReferences = (template: Template): void => {
  const { resources, outputs, parameters } = template;
  const known = (name: string): boolean =>
    Object.hasOwn(parameters, name) || Object.hasOwn(resources, name) || isPseudoParameter(name);
  for (const resource of Object.values(resources)) {
    const missing = [...namesIn(resource.properties), ...resource.dependsOn].filter((name) => !known(name));
    refuseUnresolved(missing, 'Resources');
    checkCondition(template, resource.condition);
  }
  for (const output of Object.values(outputs)) {
    refuseUnresolved(
      [...namesIn(output.value)].filter((name) => !known(name)),
      'Outputs',
    );
    checkCondition(template, output.condition);
  }
  const named = namesIn(template.conditions).filter(
    (name) => !Object.hasOwn(parameters, name) && !isPseudoParameter(name),
  );
  if (named.length > 0) {
    throw formatError(
      `Unresolved dependencies [${named.join(', ')}]. Cannot reference resources in the Conditions block of the template`,
    );
  }
  refuseCircles(dependencies(template, Object.keys(resources)));
};

const refuseUnresolved = (missing: readonly string[], block: string): void => {
  if (missing.length === 0) return;
  const names = [...new Set(missing)].join(', ');
  throw formatError(`Unresolved resource dependencies [${names}] in the ${block} block of the template`);
};

const checkCondition = (template: Template, name: string | undefined): void => {
  if (name === undefined || Object.hasOwn(template.conditions, name)) return;
  throw formatError(`Unresolved condition dependency ${name} in the Resources block of the template`);
};

const refuseCircles = (waits: Readonly<Record<string, readonly string[]>>): void => {
  let left = Object.keys(waits);
  for (;;) {
    const blocked = left.filter((id) => waits[id]?.some((other) => left.includes(other)));
    if (blocked.length === 0) return;
    if (blocked.length === left.length) {
      throw new ServiceError('ValidationError', `Circular dependency between resources: [${blocked.join(', ')}]`);
    }
    left = blocked;
  }
};
