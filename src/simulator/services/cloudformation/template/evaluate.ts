import { holds } from './condition-intrinsics.ts';
import { formatError } from './format-error.ts';
import { intrinsics } from './intrinsics.ts';
import { onlyEntry, type Template, type Value } from './model.ts';
import { type Evaluate, type Evaluated, noValue, type Scope } from './scope.ts';

/** A value with every function in it worked out. */
export const evaluate = (value: Value, scope: Scope): Evaluated => {
  const inner: Evaluate = (part) => evaluate(part, scope);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inner).filter((entry) => entry !== noValue);
  const [name, argument] = onlyEntry(value) ?? [];
  const intrinsic = name === undefined || !Object.hasOwn(intrinsics, name) ? undefined : intrinsics[name];
  if (intrinsic && argument !== undefined) return intrinsic(argument, scope, inner);
  if (name?.startsWith('Fn::')) throw formatError(`${name} is not simulated`, 'Template error');
  const worked = Object.entries(value).map(([key, part]) => [key, inner(part)] as const);
  return Object.fromEntries(worked.flatMap(([key, part]) => (part === noValue ? [] : [[key, part]])));
};

/** The logical ids of the resources that a stack with these parameters has: those whose condition holds. */
export const wantedResources = (template: Template, scope: Scope): readonly string[] =>
  Object.entries(template.resources).flatMap(([id, { condition }]) =>
    condition === undefined || conditionHolds(condition, scope) ? [id] : [],
  );

/** Whether a named condition of the template holds. */
export const conditionHolds = (name: string, scope: Scope): boolean =>
  holds(name, scope, (part) => evaluate(part, scope));
