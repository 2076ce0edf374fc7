import { argumentsOf, textOf } from './arguments.ts';
import { formatError } from './format-error.ts';
import { isMapping, type Value } from './model.ts';
import { type Evaluate, type Intrinsic, noValue, type Scope } from './scope.ts';

/** The functions that decide: those of the Conditions section, and Fn::If. */
export const conditionIntrinsics: Readonly<Record<string, Intrinsic>> = {
  // A policy statement's `Condition` holds tests, not a name: it is no function there.
  Condition: (name, scope, evaluate) =>
    typeof name === 'string' ? holds(name, scope, evaluate) : { Condition: withoutNoValue(name, evaluate) },
  'Fn::Equals': (argument, _, evaluate) => {
    const [left = '', right = ''] = argumentsOf('Fn::Equals', argument, 2);
    return comparable(left, evaluate) === comparable(right, evaluate);
  },
  'Fn::Not': (argument, _, evaluate) => !truth(argumentsOf('Fn::Not', argument, 1)[0] ?? false, evaluate),
  'Fn::And': (argument, _, evaluate) => several('Fn::And', argument).every((value) => truth(value, evaluate)),
  'Fn::Or': (argument, _, evaluate) => several('Fn::Or', argument).some((value) => truth(value, evaluate)),
  'Fn::If': (argument, scope, evaluate) => {
    const [name = '', then = '', otherwise = ''] = argumentsOf('Fn::If', argument, 3);
    return evaluate(holds(textOf(name, evaluate), scope, evaluate) ? then : otherwise);
  },
};

/** Whether a condition of the template holds. */
export const holds = (name: string, { template }: Scope, evaluate: Evaluate): boolean => {
  const condition = Object.hasOwn(template.conditions, name) ? template.conditions[name] : undefined;
  if (!isMapping(condition)) throw formatError(`unresolved condition dependency ${name} in Fn::If`, 'Template error');
  return evaluate(condition) === true;
};

/** What stands inside And, Or and Not: a function, or `{ Condition: name }`. */
const truth = (value: Value, evaluate: Evaluate): boolean => {
  const worked = evaluate(value);
  if (typeof worked !== 'boolean')
    throw formatError('Every condition must evaluate to true or false.', 'Template error');
  return worked;
};

const several = (name: string, argument: Value): readonly Value[] => {
  if (Array.isArray(argument) && argument.length >= 2 && argument.length <= 10) return argument;
  const rule = 'requires a list of at least 2 and at most 10 boolean parameters.';
  throw formatError(`every ${name} object ${rule}`, 'Template error');
};

const withoutNoValue = (value: Value, evaluate: Evaluate): Value => {
  const worked = evaluate(value);
  return worked === noValue ? {} : worked;
};

/** Booleans and numbers equal the text that writes them. */
const comparable = (value: Value, evaluate: Evaluate): string => {
  const worked = evaluate(value);
  return typeof worked === 'object' ? JSON.stringify(worked) : String(worked);
};
