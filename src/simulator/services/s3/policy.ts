import { like } from '../../wildcards.ts';

/** Who asks for what, under which condition keys (in lower case). Without a service the asker is anybody. */
export interface PolicyRequest {
  readonly service?: string;
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** Whether a bucket policy's text grants the request: some Allow fits and no Deny does. A text that isn't JSON grants nothing. */
export const allows = (text: string, request: PolicyRequest): boolean => {
  const fitting = statementsOf(text).filter((statement) => fits(statement, request));
  return fitting.some(({ Effect }) => Effect === 'Allow') && !fitting.some(({ Effect }) => Effect === 'Deny');
};

/** None where the text is no policy. */
const statementsOf = (text: string): Record<string, unknown>[] => {
  try {
    const policy: unknown = JSON.parse(text);
    return isRecord(policy) ? list(policy.Statement).filter(isRecord) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** IAM lets a single value stand for a list of one. */
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

const fits = (statement: Record<string, unknown>, request: PolicyRequest): boolean =>
  unless('NotPrincipal', statement, (principal) => principalFits(principal, request)) &&
  unless('NotAction', statement, (actions) =>
    oneLike(list(actions), request.action.toLowerCase(), (pattern) => pattern.toLowerCase()),
  ) &&
  unless('NotResource', statement, (resources) => oneLike(list(resources), request.resource)) &&
  conditionsFit(statement.Condition, request.keys);

/** An element, or its opposite where the statement has that one. */
const unless = (
  opposite: 'NotPrincipal' | 'NotAction' | 'NotResource',
  statement: Record<string, unknown>,
  meets: (element: unknown) => boolean,
): boolean =>
  statement[opposite] === undefined ? meets(statement[opposite.slice('Not'.length)]) : !meets(statement[opposite]);

const principalFits = (principal: unknown, { service }: PolicyRequest): boolean => {
  if (principal === '*') return true;
  if (!isRecord(principal)) return false;
  return (service !== undefined && list(principal.Service).includes(service)) || list(principal.AWS).includes('*');
};

const conditionsFit = (conditions: unknown, keys: PolicyRequest['keys']): boolean => {
  if (conditions === undefined) return true;
  if (!isRecord(conditions)) return false;
  return Object.entries(conditions).every(([operator, wanted]) => {
    const base = operator.replace(/IfExists$/, '');
    const compare = comparisons[base];
    if (!isRecord(wanted)) return false;
    return Object.entries(wanted).every(([key, values]) => {
      const actual = keys[key.toLowerCase()];
      if (base === 'Null')
        return list(values)
          .map(String)
          .includes(String(actual === undefined));
      if (!compare) return false;
      // What a request lacks is not what is wanted, so the negated operators hold.
      if (actual === undefined) return operator.endsWith('IfExists') || base.includes('Not');
      return compare(list(values).map(String), actual);
    });
  });
};

const oneLike = (patterns: readonly unknown[], text: string, prepare = (pattern: string) => pattern): boolean =>
  patterns.some((pattern) => typeof pattern === 'string' && like(prepare(pattern), text));

type Comparison = (wanted: readonly string[], actual: string) => boolean;

const anyLike: Comparison = (wanted, actual) => wanted.some((pattern) => like(pattern, actual));
const anyEqual: Comparison = (wanted, actual) => wanted.includes(actual);
const caseless = (text: string): string => text.toLowerCase();

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: anyEqual,
  StringNotEquals: (wanted, actual) => !anyEqual(wanted, actual),
  StringEqualsIgnoreCase: (wanted, actual) => anyEqual(wanted.map(caseless), caseless(actual)),
  StringLike: anyLike,
  StringNotLike: (wanted, actual) => !anyLike(wanted, actual),
  ArnEquals: anyLike,
  ArnLike: anyLike,
  ArnNotEquals: (wanted, actual) => !anyLike(wanted, actual),
  ArnNotLike: (wanted, actual) => !anyLike(wanted, actual),
  NumericLessThan: (wanted, actual) => wanted.some((number) => Number(actual) < Number(number)),
  // No simulated caller has an address that a policy could name.
  IpAddress: () => false,
  NotIpAddress: () => true,
  // The simulated services speak https to one another; a policy that denies plain http lets them through.
  Bool: (wanted, actual) => anyEqual(wanted.map(caseless), actual),
};
