import { formatError } from './format-error.ts';
import type { Value } from './model.ts';
import { type Evaluate, noValue } from './scope.ts';

/** The arguments of a function that takes a fixed number of them. */
export const argumentsOf = (name: string, argument: Value, count: number): readonly Value[] => {
  if (Array.isArray(argument) && argument.length === count) return argument;
  throw formatError(`${name} object requires a list parameter of ${count} elements.`, 'Template error');
};

/** An argument that has to come out as text. */
export const textOf = (value: Value, evaluate: Evaluate): string => {
  const worked = evaluate(value);
  if (worked === noValue || worked === null || typeof worked === 'object') {
    throw formatError('every value in this place must be a string.', 'Template error');
  }
  return String(worked);
};

/** An argument that has to come out as a list. */
export const entriesOf = (value: Value, evaluate: Evaluate): readonly Value[] => {
  const worked = evaluate(value);
  if (!Array.isArray(worked)) throw formatError('every value in this place must be a list.', 'Template error');
  return worked;
};
