import { evaluate, scopeOf } from '../../template/review/evaluate.ts';
import type { Resource } from '../../template/review/resource.ts';
import { type Part, type Text, textsAt, type Value } from '../../template/review/value.ts';
import type { WholeTemplate } from '../../template/review/whole.ts';
import type { arns } from '../arns.ts';

/** What a stack creates, with what is known of names before it does. */
export interface Creation {
  readonly stackName: string;
  readonly account: string;
  readonly arn: ReturnType<typeof arns>;
  readonly resources: readonly Resource[];
  /** The ARNs that a resource of the stack may have; empty for a type that is not in the table. */
  arnsOf(id: string): readonly string[];
}

/** The resources of a template, with the very parameters that will be sent. */
export const resourcesOf = (
  template: WholeTemplate,
  parameters: Readonly<Record<string, string>>,
  account: string | undefined,
): readonly Resource[] => {
  const scope = scopeOf(template, { parameters, account });
  return [...template.resources].map(([id, { type, properties }]) => ({
    id,
    type,
    properties: evaluate(properties, scope),
  }));
};

/**
 * What the names begin with that CloudFormation makes up: `<stack>-<logical id>-<random>`. A name that would be too long is
 * shortened, the stack's part to no less than 24 characters.
 */
const generated = (stackName: string): string =>
  stackName.length <= 24 ? `${stackName}-*` : `${stackName.slice(0, 24)}*`;

/** The names that a resource may get; the pattern of a made-up one where the template gives none. */
export const namesOf = ({ properties }: Resource, property: string, creation: Creation): readonly string[] => {
  const given = textsAt(properties, property).map((text) => patternOf(text, creation));
  return given.length > 0 ? given : [generated(creation.stackName)];
};

/** A text as IAM compares it: what is not known yet is a wildcard, and a policy variable is no name. */
export const patternOf = (text: Text, creation: Creation): string =>
  text
    .map((part) => partPattern(part, creation))
    .join('')
    .replace(/\*{2,}/g, '*');

const partPattern = (part: Part, creation: Creation): string => {
  if (typeof part === 'string') return part.replaceAll('${', '*');
  if ('hole' in part) return '*';
  if ('name' in part) return part.name === 'AWS::StackName' ? creation.stackName : creation.account;
  if (/arn/i.test(part.attribute)) return creation.arnsOf(part.own)[0] ?? '*';
  return creation.arnsOf(part.own)[0]?.replace(/^.*[:/]/, '') ?? generated(creation.stackName);
};

/** The ARNs that a place of a resource names, be it by ARN or by name. `inFull` makes an ARN of a name. */
export const namedArns = (
  properties: Value,
  path: readonly string[],
  creation: Creation,
  inFull: (name: string) => string,
): readonly string[] => [
  ...new Set(
    textsAt(properties, ...path)
      .map((text) => patternOf(text, creation))
      .map((pattern) => (pattern.startsWith('arn:') ? pattern : inFull(pattern))),
  ),
];
