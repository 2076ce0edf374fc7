import { parseDocument, visit } from 'yaml';
import { readAsNumber } from './odd-numbers.ts';
import { shortTagsIn } from './short-tags.ts';

export interface YamlText {
  /** Plain data; every scalar is text. */
  readonly value: unknown;
  /** What CloudFormation may read otherwise. */
  readonly flaws: readonly string[];
}

/** Templates nest some twenty levels deep. */
const deepest = 150;

/**
 * Reads a template's YAML or JSON, tags of any name among it.
 * @throws Error with the reason, for what is no YAML or what no honest template does
 */
export const readYaml = (text: string): YamlText => {
  try {
    const document = parseDocument(text, { schema: 'failsafe', customTags: shortTagsIn(text), logLevel: 'error' });
    const [error] = document.errors;
    if (error) throw error;
    const numbers: string[] = [];
    visit(document, {
      Scalar(_, { type, source = '' }) {
        const number = type === 'PLAIN' ? readAsNumber(source) : undefined;
        if (number !== undefined) numbers.push(`${source} may be read as the number ${number}`);
      },
    });
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (!isShallow(value)) throw new Error(tooDeep);
    const warnings = document.warnings.map(({ message }) => message.split('\n')[0] ?? message);
    return { value, flaws: [...warnings, ...(/^%TAG\b/m.test(text) ? ['it renames YAML tags'] : []), ...numbers] };
  } catch (error) {
    // The reader calls itself for each level, until there is no more room.
    const { message } = error as Error;
    throw /^Maximum call stack/.test(message) ? new Error(tooDeep, { cause: error }) : error;
  }
};

const tooDeep = `it is nested more than ${deepest} levels deep, which no honest template is`;

/** Level by level: a recursion would end where the stack does. */
const isShallow = (value: unknown): boolean => {
  let level = new Set([value]);
  for (let depth = 0; level.size > 0; depth += 1) {
    if (depth > deepest) return false;
    const next = new Set<unknown>();
    for (const each of level)
      if (typeof each === 'object' && each !== null) for (const inner of Object.values(each)) next.add(inner);
    level = next;
  }
  return true;
};
