import { evaluate, scopeOf } from './evaluate.ts';
import { type Statement, statementsOf } from './policies.ts';
import type { Resource } from './resource.ts';
import type { Scope } from './scope.ts';
import { literal } from './value.ts';
import type { WholeTemplate } from './whole.ts';

/** What the review is told beside the template. */
export interface ReviewInput {
  /** Of the template's bytes, in hex. */
  readonly sha256: string;
  /** Those that will be sent. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Keys of the parameters that the link fills in. */
  readonly prefilled: readonly string[];
  /** The account that the stack will be made in, if known. */
  readonly account: string | undefined;
  readonly templateBucket: string | undefined;
  readonly connection?: { readonly bucket: string; readonly prefix: string; readonly account: string };
  /** Whether this home has confirmed a value at a terminal. */
  readonly confirmed?: (kind: ConfirmedKind, value: string) => boolean;
  /** ms since the epoch. */
  readonly now: number;
}

export type ConfirmedKind = 'template-bucket' | 'output-bucket' | 'digest';

/** What every rule is given. */
export interface Context {
  readonly template: WholeTemplate;
  readonly given: ReviewInput;
  readonly scope: Scope;
  readonly resources: readonly Resource[];
  /** Everything in any policy that allows something. */
  readonly statements: readonly Statement[];
  /** Where a policy stands that can't be read. */
  readonly unreadable: readonly { readonly resource: Resource; readonly place: string; readonly why: string }[];
  /** Bucket and prefix of the report: the connection's, else those that the parameters claim. */
  readonly report: { readonly bucket: string; readonly prefix: string | undefined } | undefined;
}

export const contextOf = (template: WholeTemplate, given: ReviewInput): Context => {
  const scope = scopeOf(template, { parameters: given.parameters, account: given.account });
  const resources = [...template.resources].map(([id, { type, properties }]) => ({
    id,
    type,
    properties: evaluate(properties, scope),
  }));
  const found = resources.map(statementsOf);
  return {
    template,
    given,
    scope,
    resources,
    statements: affordable(
      found.flatMap(({ statements }) => statements),
      scope,
    ),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
    report: given.connection ?? claimedReport(template, scope),
  };
};

const mostActions = 10_000;

/** As many statements as can be compared in seconds. */
const affordable = (statements: readonly Statement[], scope: Scope): readonly Statement[] => {
  let actions = 0;
  const kept = statements.filter((statement) => {
    actions += 1 + statement.actions.length;
    return actions <= mostActions;
  });
  if (kept.length < statements.length) scope.budget.exceeded ??= 'its policies name too many actions';
  return kept;
};

/** "CUR Bucket Name" and CURBucketName are the same to a person. */
export const normal = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The parameter that bears one of these names, as it will be sent. */
const parameterNamed = (
  template: WholeTemplate,
  scope: Scope,
  names: readonly string[],
): { readonly key: string; readonly value: string } | undefined => {
  for (const key of template.parameters.keys()) {
    if (!names.includes(normal(key))) continue;
    const value = evaluate({ Ref: key }, scope);
    const text = value.kind === 'text' ? literal(value.text) : undefined;
    if (text !== undefined) return { key, value: text };
  }
  return undefined;
};

export const bucketKeys = ['curbucketname', 'curbucket'];
export const prefixKeys = ['curprefixname', 'curprefix'];

/** Without a connection, the report is where the template says it is: what the parameters name, else what its crawler reads. */
const claimedReport = (template: WholeTemplate, scope: Scope): Context['report'] => {
  const bucket = parameterNamed(template, scope, bucketKeys)?.value ?? crawledBucket(template);
  return bucket ? { bucket, prefix: parameterNamed(template, scope, prefixKeys)?.value } : undefined;
};

const crawledBucket = ({ resources }: WholeTemplate): string | undefined => {
  const crawlers = [...resources.values()].filter(({ type }) => type === 'AWS::Glue::Crawler');
  const targets = crawlers.map(({ properties }) => JSON.stringify(properties) ?? '');
  const buckets = new Set(
    targets.flatMap((text) => [...text.matchAll(/"s3:\/\/([a-z0-9.-]+)\//g)].map(([, name]) => name)),
  );
  return buckets.size === 1 ? [...buckets][0] : undefined;
};
