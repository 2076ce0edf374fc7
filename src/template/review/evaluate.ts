import { intrinsics } from './intrinsics.ts';
import { either, joinedParts, none, type Text, textValue, unknown, type Value } from './value.ts';
import { isMap, type WholeTemplate } from './whole.ts';

/** What a template is evaluated with. */
export interface Surroundings {
  /** What will be sent. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly account: string | undefined;
}

/** An evaluation under way: what names stand for, and how much may still be looked at. */
export interface Scope {
  readonly template: WholeTemplate;
  readonly surroundings: Surroundings;
  readonly budget: { nodes: number; exceeded: string | undefined };
}

const most = { nodes: 400_000, depth: 60, options: 64, characters: 1_000_000 };

export const scopeOf = (template: WholeTemplate, surroundings: Surroundings): Scope => ({
  template,
  surroundings,
  budget: { nodes: most.nodes, exceeded: undefined },
});

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

export const tooMuch = (scope: Scope, why: string): Value => {
  scope.budget.exceeded ??= why;
  return unknown(why);
};

/** Every way to put one option of each piece in a row. A piece that is left out (undefined) takes its delimiter with it. */
export const concatenated = (
  pieces: readonly (readonly (Text | undefined)[])[],
  scope: Scope,
  delimiter: Text = [],
): Value => {
  let rows: Text[][] = [[]];
  for (const options of pieces) {
    if (rows.length * options.length > most.options) return tooMuch(scope, 'conditions combine in too many ways');
    const [only] = options;
    if (options.length === 1) for (const row of rows) row.push(...(only ? [only] : []));
    else rows = rows.flatMap((row) => options.map((option) => (option ? [...row, option] : row)));
  }
  const texts = rows.map((row) => row.flatMap((text, index) => (index === 0 ? text : [...delimiter, ...text])));
  if (texts.some((text) => lengthOf(text) > most.characters)) return tooMuch(scope, 'a text is too long');
  return either(texts.map((text) => withoutLookups({ kind: 'text', text: joinedParts(text) })));
};

const lengthOf = (text: Text): number =>
  text.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);

/** Pieces may only become `{{resolve:…}}` once they are joined. */
const withoutLookups = (value: Value): Value =>
  value.kind === 'text' && value.text.some((part) => typeof part === 'string' && part.includes('{{resolve:'))
    ? unknown('{{resolve:…}}, which is looked up elsewhere')
    : value;
