import { either, joinedParts, type Part, shown, type Text, unknown, type Value } from './value.ts';
import type { WholeTemplate } from './whole.ts';

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
  /** What resources are called, as far as that has been asked. */
  readonly names: Map<string, Value>;
  /** Lookups elsewhere that only show once pieces are joined. */
  readonly lookups: Set<string>;
  /** What a place of the template may come to; here, so that functions may hold functions. */
  readonly evaluate: (raw: unknown, depth: number) => Value;
}

export const most = { nodes: 400_000, depth: 60, options: 64, characters: 1_000_000 };

export const tooMuch = (scope: Scope, why: string): Value => {
  scope.budget.exceeded ??= why;
  return unknown(why);
};

/** Counts so many nodes; false once there are too many. */
export const affords = (scope: Scope, nodes: number): boolean => {
  scope.budget.nodes -= nodes;
  return scope.budget.nodes >= 0;
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
  if (!affords(scope, rows.length * Math.ceil((rows[0]?.length ?? 0) / 10))) return tooMuch(scope, 'it is too large');
  const texts = rows.map((row) => row.flatMap((text, index) => (index === 0 ? text : [...delimiter, ...text])));
  if (texts.some((text) => lengthOf(text) > most.characters)) return tooMuch(scope, 'a text is too long');
  const characters = texts.reduce((sum, text) => sum + lengthOf(text), 0);
  if (!affords(scope, Math.ceil(characters / 100))) return tooMuch(scope, 'it is too large');
  return either(texts.map((text) => withoutLookups(joinedParts(text), scope)));
};

const lengthOf = (text: Text): number =>
  text.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);

/** Pieces may only become `{{resolve:…}}` once they are joined. */
const withoutLookups = (text: Text, scope: Scope): Value => {
  if (!text.some((part, index) => typeof part === 'string' && looksUp(part, text[index + 1])))
    return { kind: 'text', text };
  scope.lookups.add(shown(text).slice(0, 120));
  return unknown('{{resolve:…}}, which is looked up elsewhere');
};

/** Whether it does, or may where something that is not known stands in the midst of the word. */
const looksUp = (part: string, next: Part | undefined): boolean =>
  part.includes('{{resolve:') ||
  (typeof next === 'object' && !('own' in next) && /\{\{?(r(e(s(o(l(ve?)?)?)?)?)?)?$/.test(part));
