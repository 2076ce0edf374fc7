import { evaluate, scopeOf } from './evaluate.ts';
import { type Statement, statementsOf } from './policies.ts';
import type { Resource } from './resource.ts';
import type { Scope } from './scope.ts';
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
  readonly report: Report | undefined;
}

/** Where the report lies: the connection's, else the one that link or user names. */
interface Report {
  readonly bucket: string;
  readonly prefix: string | undefined;
  /** Whether only the template itself says so. */
  readonly claimed: boolean;
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
    report: given.connection ? { ...given.connection, claimed: false } : claimedReport(template, given),
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

export const bucketKeys = ['curbucketname', 'curbucket'];
export const prefixKeys = ['curprefixname', 'curprefix'];

/** Without a connection, the report is where the link or the user says, else where the template's own crawler reads. */
const claimedReport = (template: WholeTemplate, given: ReviewInput): Context['report'] => {
  const bucket = givenFor(bucketKeys, template, given);
  return bucket ? { bucket, prefix: givenFor(prefixKeys, template, given), claimed: false } : crawled(template);
};

/** What the parameter of one of these names will be; a default is only what the template says of itself. */
const givenFor = (names: readonly string[], { parameters }: WholeTemplate, given: ReviewInput): string | undefined => {
  const keys = Object.keys(given.parameters).filter((key) => parameters.has(key) && names.includes(normal(key)));
  // What the user has said goes before what the link says.
  const key = keys.find((each) => !given.prefilled.includes(each)) ?? keys[0];
  return key === undefined ? undefined : given.parameters[key];
};

const crawled = ({ resources }: WholeTemplate): Context['report'] => {
  const crawlers = [...resources.values()].filter(({ type }) => type === 'AWS::Glue::Crawler');
  const targets = crawlers.map(({ properties }) => JSON.stringify(properties) ?? '');
  const places = targets.flatMap((text) => [...text.matchAll(/"s3:\/\/([a-z0-9.-]+)\/([^/"]*)/g)]);
  const [first] = places;
  return first?.[1] && places.every(([, bucket]) => bucket === first[1])
    ? { bucket: first[1], prefix: first[2] || undefined, claimed: true }
    : undefined;
};
