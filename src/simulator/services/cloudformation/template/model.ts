/** JSON as a template holds it: intrinsic functions are objects with one key, whichever notation they were written in. */
export type Value = string | number | boolean | null | readonly Value[] | Mapping;

export interface Mapping {
  readonly [key: string]: Value;
}

export interface ParameterDeclaration {
  readonly type: string;
  readonly description?: string;
  readonly default?: string;
  readonly noEcho: boolean;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly constraintDescription?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
}

export interface ResourceDeclaration {
  readonly type: string;
  readonly properties: Mapping;
  readonly condition?: string;
  readonly dependsOn: readonly string[];
  /** Delete unless the template says Retain. */
  readonly retained: boolean;
}

export interface OutputDeclaration {
  readonly value: Value;
  readonly description?: string;
  readonly condition?: string;
  readonly exportName?: Value;
}

/** A template whose shape has been checked; what it refers to has not. */
export interface Template {
  readonly description?: string;
  readonly transforms: readonly string[];
  /** Whether it has rules on its parameters; they are not read. */
  readonly ruled: boolean;
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly mappings: Mapping;
  readonly conditions: Mapping;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
}

export const isMapping = (value: Value | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The single key and its value when a mapping has exactly one, as each intrinsic function does. */
export const onlyEntry = (value: Value): readonly [string, Value] | undefined => {
  if (!isMapping(value)) return undefined;
  const [first, ...others] = Object.entries(value);
  return others.length === 0 ? first : undefined;
};
