import { plainScalars, plainYaml, readYaml as readBounded } from '../yaml.ts';
import { readAsNumber } from './odd-numbers.ts';
import { shortTagsIn } from './short-tags.ts';

export interface YamlText {
  /** Plain data; every scalar is text. */
  readonly value: unknown;
  /** What CloudFormation may read otherwise. */
  readonly flaws: readonly string[];
}

/**
 * Reads a template's YAML or JSON, tags of any name among it.
 * @throws Error with the reason, for what is no YAML or what no honest template does
 */
export const readYaml = (text: string): YamlText => {
  const document = readBounded(text, shortTagsIn(text));
  const numbers = plainScalars(document).flatMap((written) => {
    const number = readAsNumber(written);
    return number === undefined ? [] : [`${written} may be read as the number ${number}`];
  });
  const warnings = document.warnings.map(({ message }) => message.split('\n')[0] ?? message);
  const renamed = /^%TAG\b/m.test(text) ? ['it renames YAML tags'] : [];
  return { value: plainYaml(document), flaws: [...warnings, ...renamed, ...numbers] };
};
