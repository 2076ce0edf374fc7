import { ServiceError } from '../../../service.ts';
import type { ParameterDeclaration, Template } from './model.ts';

const invalid = (message: string): ServiceError => new ServiceError('ValidationError', message);

/** CloudFormation's limit for one parameter's value, in bytes. */
const valueLimit = 4096;

/**
 * What each declared parameter is worth, defaults filled in.
 * @throws ServiceError ValidationError for unknown, missing and unfit ones, in AWS's words.
 */
export const parameterValues = (
  template: Template,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(template.parameters, name));
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const declared = Object.entries(template.parameters);
  // Parameters may be called `constructor`: only the caller's own keys count.
  const valueGiven = (name: string) => (Object.hasOwn(given, name) ? given[name] : undefined);
  const missing = declared.filter(
    ([name, { default: fallback }]) => valueGiven(name) === undefined && fallback === undefined,
  );
  if (missing.length > 0) throw invalid(`Parameters: [${missing.map(([name]) => name).join(', ')}] must have values`);
  const values: Record<string, string> = {};
  for (const [name, declaration] of declared) {
    const value = valueGiven(name) ?? declaration.default ?? '';
    checkValue(name, declaration, value);
    values[name] = value;
  }
  return values;
};

const checkValue = (name: string, declaration: ParameterDeclaration, value: string): void => {
  const problem = problemOf(declaration, value);
  if (problem === undefined) return;
  const explained = declaration.constraintDescription;
  throw invalid(
    explained === undefined
      ? `Parameter '${name}' ${problem}`
      : `Parameter ${name} failed to satisfy constraint: ${explained}`,
  );
};

const problemOf = (declaration: ParameterDeclaration, value: string): string | undefined => {
  if (Buffer.byteLength(value) > valueLimit) return `must not be longer than ${valueLimit} bytes`;
  const { type, allowedValues, allowedPattern } = declaration;
  const parts = isList(type) ? listOf(value) : [value];
  if (allowedValues && !parts.every((part) => allowedValues.includes(part))) return 'must be one of AllowedValues';
  if (allowedPattern !== undefined && !parts.every((part) => whole(allowedPattern).test(part))) {
    return `must match pattern ${allowedPattern}`;
  }
  return type.includes('Number') ? numberProblem(declaration, parts) : lengthProblem(declaration, value);
};

/** CloudFormation's patterns are Java's: what JavaScript can't read is refused rather than misread. */
const whole = (pattern: string): RegExp => {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(`AllowedPattern ${pattern} is not simulated`);
    throw error;
  }
};

const lengthProblem = (
  { minLength = 0, maxLength = valueLimit }: ParameterDeclaration,
  value: string,
): string | undefined => {
  if (value.length < minLength) return `must contain at least ${minLength} characters`;
  if (value.length > maxLength) return `must contain at most ${maxLength} characters`;
  return undefined;
};

const numberProblem = (declaration: ParameterDeclaration, parts: readonly string[]): string | undefined => {
  const { minValue = -Infinity, maxValue = Infinity } = declaration;
  const numbers = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.some(Number.isNaN)) return 'must be a number';
  if (numbers.some((number) => number < minValue)) return `must be a number not less than ${minValue}`;
  if (numbers.some((number) => number > maxValue)) return `must be a number not greater than ${maxValue}`;
  return undefined;
};

/** Lists come as one text, parted by commas. */
export const isList = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');

export const listOf = (value: string): readonly string[] =>
  value === '' ? [] : value.split(',').map((part) => part.trim());
