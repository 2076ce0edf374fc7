import { isRecord, listOf, matches } from './iam-pattern.ts';

/** What a request may bring for a condition key: its values, or nothing. */
export type Brought = readonly string[] | undefined;

/** Everything that a request may bring for a key (in lower case); undefined where nothing is known of it. */
export type Request = (key: string) => readonly Brought[] | undefined;

/** Whether a condition block holds, and which of its conditions decide that, or leave it open. */
export interface Verdict {
  readonly truth: 'true' | 'false' | 'unclear';
  /** As "operator key". */
  readonly because: readonly string[];
}

/**
 * Holds a policy's Condition against a request by IAM's rules (IAM User Guide, "Condition operators"): all keys have to hold;
 * a key that the request lacks fails, but for negated operators and …IfExists.
 */
export const judgeConditions = (block: unknown, request: Request): Verdict => {
  if (block === undefined) return { truth: 'true', because: [] };
  const judged = conditionsIn(block).map(({ name, operator, key, wanted }) => ({
    name,
    truth: truthOf(operator, wanted, key === undefined ? undefined : request(key.toLowerCase())),
  }));
  const named = (truth: Verdict['truth']) => judged.filter((each) => each.truth === truth).map(({ name }) => name);
  for (const truth of ['false', 'unclear'] as const)
    if (named(truth).length > 0) return { truth, because: named(truth) };
  return { truth: 'true', because: named('true') };
};

interface Condition {
  readonly name: string;
  readonly operator: string;
  /** Undefined where the block has not the form of one. */
  readonly key: string | undefined;
  readonly wanted: readonly unknown[];
}

const conditionsIn = (block: unknown): readonly Condition[] => {
  if (!isRecord(block)) return [{ name: 'a condition of another form', operator: '', key: undefined, wanted: [] }];
  return Object.entries(block).flatMap(([operator, keys]): readonly Condition[] =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, wanted]) => ({
          name: `${operator} ${key}`,
          operator,
          key,
          wanted: listOf(wanted),
        }))
      : [{ name: operator, operator, key: undefined, wanted: [] }],
  );
};

type Truth = Verdict['truth'];

/** The same for everything that the request may bring, else unclear. */
const truthOf = (operator: string, wanted: readonly unknown[], possible: readonly Brought[] | undefined): Truth => {
  const [, forEach, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const comparison = Object.hasOwn(comparisons, base) ? comparisons[base] : undefined;
  if (!possible || (!comparison && base !== 'Null')) return 'unclear';
  const truths = possible.map((brought): Truth => {
    if (base === 'Null') return fromBoolean(wanted.some((each) => String(each) === String(brought === undefined)));
    return comparison ? compare(comparison, wanted, brought, { forEach, ifExists: ifExists !== undefined }) : 'unclear';
  });
  const [first = 'unclear'] = truths;
  return truths.every((truth) => truth === first) ? first : 'unclear';
};

interface Comparison {
  readonly negated: boolean;
  /** Undefined where it can't be told. */
  readonly fits: (wanted: string, value: string) => boolean | undefined;
}

interface Manner {
  readonly forEach: string | undefined;
  readonly ifExists: boolean;
}

const compare = (
  { negated, fits }: Comparison,
  wanted: readonly unknown[],
  brought: Brought,
  { forEach, ifExists }: Manner,
): Truth => {
  // The set operators leave …IfExists without effect.
  if (brought === undefined) return fromBoolean(forEach ? forEach === 'ForAllValues' : ifExists || negated);
  const each = brought.map((value) => {
    const met = either(wanted.map((text) => fromBoolean(fits(String(text), value))));
    return negated ? opposite(met) : met;
  });
  const all = forEach ? forEach === 'ForAllValues' : negated;
  return all ? opposite(either(each.map(opposite))) : either(each);
};

const fromBoolean = (value: boolean | undefined): Truth => (value === undefined ? 'unclear' : value ? 'true' : 'false');

const opposite = (truth: Truth): Truth => (truth === 'unclear' ? 'unclear' : truth === 'true' ? 'false' : 'true');

const either = (truths: readonly Truth[]): Truth =>
  truths.includes('true') ? 'true' : truths.includes('unclear') ? 'unclear' : 'false';

/** A wanted value with a policy variable depends on the request. */
const unlessVariable =
  (fits: (wanted: string, value: string) => boolean): Comparison['fits'] =>
  (wanted, value) =>
    wanted.includes('${') ? undefined : fits(wanted, value);

const numbers =
  (fits: (wanted: number, value: number) => boolean): Comparison['fits'] =>
  (wanted, value) =>
    Number.isNaN(Number(wanted)) || Number.isNaN(Number(value)) ? undefined : fits(Number(wanted), Number(value));

/** Nothing that is asked here comes from an address that is known: only ranges that hold everything fit. */
const addresses: Comparison['fits'] = (wanted) => {
  const bits = /\/(\d+)$/.exec(wanted)?.[1];
  return bits === '0' ? true : bits !== undefined && Number(bits) < 8 ? undefined : false;
};

const equal = unlessVariable((wanted, value) => wanted === value);
const equalIgnoringCase = unlessVariable((wanted, value) => wanted.toLowerCase() === value.toLowerCase());
const like = unlessVariable((wanted, value) => matches(wanted, value));

/** Wildcards of an ARN reach to the next colon: its six parts are compared one by one. */
const arnLike = unlessVariable((wanted, value) => {
  if (wanted === '*') return true;
  const [parts, found] = [arnParts(wanted), arnParts(value)];
  return parts.length === found.length && parts.every((part, index) => matches(part, found[index] ?? ''));
});

const arnParts = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};

const positive = (fits: Comparison['fits']): Comparison => ({ negated: false, fits });
const negated = (fits: Comparison['fits']): Comparison => ({ negated: true, fits });

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: positive(equal),
  StringNotEquals: negated(equal),
  StringEqualsIgnoreCase: positive(equalIgnoringCase),
  StringNotEqualsIgnoreCase: negated(equalIgnoringCase),
  StringLike: positive(like),
  StringNotLike: negated(like),
  ArnEquals: positive(arnLike),
  ArnLike: positive(arnLike),
  ArnNotEquals: negated(arnLike),
  ArnNotLike: negated(arnLike),
  Bool: positive(equalIgnoringCase),
  NumericEquals: positive(numbers((wanted, value) => value === wanted)),
  NumericNotEquals: negated(numbers((wanted, value) => value === wanted)),
  NumericLessThan: positive(numbers((wanted, value) => value < wanted)),
  NumericLessThanEquals: positive(numbers((wanted, value) => value <= wanted)),
  NumericGreaterThan: positive(numbers((wanted, value) => value > wanted)),
  NumericGreaterThanEquals: positive(numbers((wanted, value) => value >= wanted)),
  IpAddress: positive(addresses),
  NotIpAddress: negated(addresses),
};
