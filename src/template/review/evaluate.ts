import { intrinsics } from './intrinsics.ts';
import { most, type Scope, type Surroundings, tooMuch } from './scope.ts';
import { none, textValue, unknown, type Value } from './value.ts';
import { isMap, type WholeTemplate } from './whole.ts';

export const scopeOf = (template: WholeTemplate, surroundings: Surroundings): Scope => {
  const budget = { nodes: most.nodes, exceeded: undefined };
  const scope: Scope = {
    template,
    surroundings,
    budget,
    names: new Map(),
    lookups: new Set(),
    evaluate: (raw, depth) => evaluate(raw, scope, depth),
  };
  return scope;
};

/** What a place of the template may come to, with both branches of every condition. Never throws. */
export const evaluate = (raw: unknown, scope: Scope, depth = 0): Value => {
  scope.budget.nodes -= 1;
  if (scope.budget.nodes < 0) return tooMuch(scope, 'it is too large');
  if (depth > most.depth) return tooMuch(scope, 'it is nested too deeply');
  if (raw === undefined) return none;
  if (Array.isArray(raw)) return { kind: 'list', items: raw.map((item) => evaluate(item, scope, depth + 1)) };
  if (!isMap(raw)) return typeof raw === 'object' && raw !== null ? unknown('binary data') : scalar(raw);
  const entries = Object.entries(raw);
  const [first] = entries;
  if (entries.length === 1 && first && (first[0] === 'Ref' || first[0].startsWith('Fn::')))
    return call(first[0], first[1], scope, depth);
  return {
    kind: 'map',
    entries: entries
      .map(([key, value]) => [key, evaluate(value, scope, depth + 1)] as const)
      .filter(([, value]) => value.kind !== 'none'),
  };
};

const scalar = (raw: unknown): Value => {
  const written = raw === null ? '' : String(raw);
  return written.includes('{{resolve:') ? unknown(`${written}, which is looked up elsewhere`) : textValue(written);
};

const call = (name: string, argument: unknown, scope: Scope, depth: number): Value => {
  const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  return intrinsic ? intrinsic(argument, scope, depth + 1) : unknown(`what ${name} gives`);
};
