import type { Template, Value } from './model.ts';

/** What a template's references stand for while a stack is made. */
export interface Scope {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly stack: { readonly id: string; readonly name: string; readonly account: string };
  /** The resources that stand, by logical id; one that is missing is unresolved. */
  readonly resources: Readonly<Record<string, Made>>;
}

/** A resource as Ref and GetAtt see it. */
export interface Made {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** AWS::NoValue: whatever holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

export type Evaluated = Value | typeof noValue;

/** Works out the functions inside a value; handed to each function for its arguments. */
export type Evaluate = (value: Value) => Evaluated;

/** A function of the template language. */
export type Intrinsic = (argument: Value, scope: Scope, evaluate: Evaluate) => Evaluated;
