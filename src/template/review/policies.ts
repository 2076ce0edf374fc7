import { policyInText } from './policy-text.ts';
import { type Action, type Principal, principalsFrom } from './principals.ts';
import type { Resource } from './resource.ts';
import { at, holeIn, literal, type MapValue, type Text, textsAt, type Value } from './value.ts';
import { placeOf, walk } from './walk.ts';

/** A statement of some policy that may allow something; branches that it may come in are all in it. */
export interface Statement {
  readonly resource: Resource;
  /** Where it stands: `Policies.PolicyDocument`. */
  readonly place: string;
  /** Whether it says who may assume a role, what its own principal may do, or who may use a resource. */
  readonly kind: 'trust' | 'identity' | 'resource';
  readonly principals: readonly Principal[];
  readonly notPrincipal: boolean;
  readonly actions: readonly Action[];
  readonly notActions: readonly Text[];
  readonly resources: readonly Text[];
  readonly notResources: readonly Text[];
  readonly conditions: readonly Value[];
}

interface Found {
  readonly statements: Statement[];
  readonly unreadable: { readonly resource: Resource; readonly place: string; readonly why: string }[];
}

/** Finds every policy in a resource's properties, by what it looks like: any type may carry one, as a structure or as text. */
export const statementsOf = (resource: Resource): Found => {
  const found: Found = { statements: [], unreadable: [] };
  look(resource, resource.properties, [], found);
  return found;
};

const look = (resource: Resource, value: Value, from: readonly string[], found: Found): void =>
  walk(
    value,
    (each, path) => {
      if (each.kind === 'map' && isStatement(each, path)) {
        const statement = statementFrom(resource, each, path);
        if (statement) found.statements.push(statement);
      }
      if (each.kind === 'text') lookIntoText(resource, each.text, path, found);
    },
    from,
  );

const policyKey = /(Polic(y|ies)(Document|Text)?|Statement)$/i;

const lookIntoText = (resource: Resource, text: Text, path: readonly string[], found: Found): void => {
  const inner = policyInText(text);
  if (inner === 'unreadable')
    found.unreadable.push({ resource, place: placeOf(path), why: 'a policy written as text that is no JSON' });
  else if (inner) look(resource, inner, path, found);
  const hole = holeIn(text);
  if (hole && !inner && (path.length === 0 || policyKey.test(path.at(-1) ?? '')))
    found.unreadable.push({ resource, place: placeOf(path), why: hole });
};

const isStatement = (map: MapValue, path: readonly string[]): boolean => {
  const keys = map.entries.map(([key]) => key.toLowerCase());
  const has = (...names: readonly string[]) => names.some((name) => keys.includes(name));
  if (has('effect') && has('action', 'notaction')) return true;
  return path.at(-1)?.toLowerCase() === 'statement' && has('effect', 'action', 'notaction', 'principal');
};

const statementFrom = (resource: Resource, map: MapValue, path: readonly string[]): Statement | undefined => {
  const effects = textsAt(map, 'Effect').map(literal);
  if (effects.length > 0 && effects.every((effect) => effect === 'Deny')) return undefined;
  const notPrincipal = at(map, 'NotPrincipal').length > 0;
  const principals = at(map, 'Principal').flatMap(principalsFrom);
  return {
    resource,
    place: placeOf(path.filter((key) => key.toLowerCase() !== 'statement')),
    kind: kindOf(resource, path, notPrincipal || principals.length > 0),
    principals,
    notPrincipal,
    actions: textsAt(map, 'Action').map((text) => ({ text, pattern: patternOf(text) })),
    notActions: textsAt(map, 'NotAction'),
    resources: textsAt(map, 'Resource'),
    notResources: textsAt(map, 'NotResource'),
    conditions: map.entries.filter(([key]) => key.toLowerCase() === 'condition').map(([, value]) => value),
  };
};

/** IAM's names are short; what is longer is no action. */
const patternOf = (text: Text): string | undefined => {
  const pattern = literal(text);
  return pattern !== undefined && pattern.length <= 256 ? pattern : undefined;
};

const kindOf = (resource: Resource, path: readonly string[], hasPrincipal: boolean): Statement['kind'] => {
  if (path.some((key) => /^AssumeRolePolicy/i.test(key))) return 'trust';
  if (resource.type.startsWith('AWS::IAM::')) return 'identity';
  return hasPrincipal ? 'resource' : 'identity';
};
