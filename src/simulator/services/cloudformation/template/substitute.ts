import { argumentsOf, textOf } from './arguments.ts';
import { formatError } from './format-error.ts';
import { isMapping, type Mapping, type Value } from './model.ts';
import { attribute, reference } from './references.ts';
import type { Intrinsic, Scope } from './scope.ts';

/** `${Name}`, `${Name.Attribute}` or `${!Literal}`. */
const placeholder = /\$\{([^}]*)\}/g;

/** Both forms of Fn::Sub: a text, or a text with a map of values of its own. */
export const substitute: Intrinsic = (argument, scope, evaluate) => {
  const { text, own } = substitution(argument);
  return text.replace(placeholder, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const value = own[name.trim()];
    return value === undefined ? referred(name.trim(), scope) : textOf(value, evaluate);
  });
};

const referred = (name: string, scope: Scope): string => {
  const dot = name.indexOf('.');
  if (dot > 0) return attribute(name.slice(0, dot), name.slice(dot + 1), scope);
  const value = reference(name, scope);
  return Array.isArray(value) ? value.join(',') : String(value);
};

/** The names that a Fn::Sub takes from the template, and the values that it brings along. */
export const substitutionNames = (argument: Value): { readonly names: readonly string[]; readonly own: Mapping } => {
  const { text, own } = substitution(argument);
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name.trim());
  return { names: names.filter((name) => !name.startsWith('!') && !Object.hasOwn(own, name)), own };
};

const substitution = (argument: Value): { readonly text: string; readonly own: Mapping } => {
  if (typeof argument === 'string') return { text: argument, own: {} };
  const [text, own] = argumentsOf('Fn::Sub', argument, 2);
  if (typeof text !== 'string' || !isMapping(own)) {
    throw formatError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
      'Template error',
    );
  }
  return { text, own };
};
