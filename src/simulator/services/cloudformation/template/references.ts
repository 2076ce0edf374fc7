import { formatError } from './format-error.ts';
import { isList, listOf } from './parameter-values.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import type { Evaluated, Scope } from './scope.ts';

const unresolved = (name: string): Error =>
  formatError(`Unresolved resource dependencies [${name}] in the Resources block of the template`);

/** What `Ref` of this name stands for: a parameter, a pseudo parameter or a resource's physical id. */
export const reference = (name: string, scope: Scope): Evaluated => {
  const declaration = scope.template.parameters[name];
  const given = scope.parameters[name];
  if (declaration && given !== undefined) return isList(declaration.type) ? listOf(given) : given;
  const pseudo = pseudoParameter(name, scope.stack);
  if (pseudo !== undefined) return pseudo;
  const made = scope.resources[name];
  if (!made) throw unresolved(name);
  return made.physicalId;
};

/** What `Fn::GetAtt` gives for a resource. */
export const attribute = (id: string, name: string, scope: Scope): string => {
  const made = scope.resources[id];
  if (!made) throw unresolved(id);
  const value = made.attributes[name];
  if (value !== undefined) return value;
  const type = scope.template.resources[id]?.type;
  // What its Lambda would answer isn't known: a text that tells where it comes from.
  if (type?.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return `${id}.${name}`;
  throw formatError(
    `resource ${id} does not support attribute type ${name} in Fn::GetAtt (type ${type})`,
    'Template error',
  );
};
