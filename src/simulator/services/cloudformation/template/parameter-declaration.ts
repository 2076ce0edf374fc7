import { formatError } from './format-error.ts';
import { isMapping, type Mapping, type ParameterDeclaration, type Value } from './model.ts';

const plainTypes = ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>'];

/** AWS-specific types (`AWS::EC2::VPC::Id` and lists of them) are taken as text: what they name isn't simulated. */
const isType = (type: string): boolean =>
  plainTypes.includes(type) || /^(List<)?AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)+>?$/.test(type);

const texts = {
  description: 'Description',
  allowedPattern: 'AllowedPattern',
  constraintDescription: 'ConstraintDescription',
} as const;

const bounds = { minLength: 'MinLength', maxLength: 'MaxLength', minValue: 'MinValue', maxValue: 'MaxValue' } as const;

/** Reads a member of the Parameters section. */
export const declaredParameter = (name: string, value: Value): ParameterDeclaration => {
  if (!isMapping(value)) throw formatError('Any Parameters member must be an object.');
  const type = value.Type;
  if (typeof type !== 'string') throw formatError(`Every Parameters object must contain a Type member. [${name}]`);
  if (type.startsWith('AWS::SSM::Parameter::Value<')) {
    throw formatError(`Parameter ${name}: parameters read from SSM are not simulated`);
  }
  if (!isType(type)) throw formatError(`Unrecognized parameter type: ${type}`);
  const declaredDefault = value.Default;
  const allowed = value.AllowedValues;
  return {
    type,
    noEcho: String(value.NoEcho) === 'true',
    ...(declaredDefault === undefined || declaredDefault === null ? {} : { default: String(declaredDefault) }),
    ...(Array.isArray(allowed) ? { allowedValues: allowed.map(String) } : {}),
    ...pick(value, texts, String),
    ...pick(value, bounds, Number),
  };
};

const pick = <Key extends string, T>(
  from: Mapping,
  keys: Readonly<Record<Key, string>>,
  read: (value: Value) => T,
): Partial<Record<Key, T>> => {
  const found: Partial<Record<Key, T>> = {};
  for (const key of Object.keys(keys) as Key[]) {
    const value = from[keys[key]];
    if (value !== undefined && value !== null) found[key] = read(value);
  }
  return found;
};
