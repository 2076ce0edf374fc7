import type { Conditions, Grant, Phase } from './grant.ts';

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/**
 * One statement for each phase, topic and set of resources; what an earlier statement allows is not said again. Grants of one
 * action that differ in the values of a condition become one.
 */
export const documentOf = (grants: readonly Grant[]): PolicyDocument => {
  const sids = uniqueSids();
  return {
    Version: '2012-10-17',
    Statement: gathered(grants).map(({ phase, topic, actions, resources, conditions }) => ({
      Sid: sids(phase, topic),
      Effect: 'Allow',
      Action: [...actions].sort(),
      Resource: [...resources],
      ...(conditions && { Condition: conditions }),
    })),
  };
};

const gathered = (grants: readonly Grant[]): readonly Grant[] => {
  const allowed = new Set<string>();
  const fresh = grants.flatMap((grant): readonly Grant[] => {
    const actions = grant.actions.filter((action) => {
      const what = JSON.stringify([action, grant.resources, grant.conditions]);
      return !allowed.has(what) && allowed.add(what);
    });
    return actions.length > 0 ? [{ ...grant, actions }] : [];
  });
  const byScope = merged(fresh, ({ phase, topic, resources, conditions }) => [phase, topic, resources, conditions]);
  return merged(byScope, ({ phase, topic, resources, conditions, actions }) => [
    phase,
    topic,
    resources,
    ...(conditions ? [keyOf(conditions), [...actions].sort()] : []),
  ]);
};

const merged = (grants: readonly Grant[], alike: (grant: Grant) => readonly unknown[]): readonly Grant[] => {
  const found = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify(alike(grant));
    const before = found.get(key) ?? grant;
    found.set(key, {
      ...before,
      actions: [...new Set([...before.actions, ...grant.actions])],
      ...(grant.conditions && { conditions: united(before.conditions, grant.conditions) }),
    });
  }
  return [...found.values()];
};

/** A condition on one key, where a value more is an alternative more; others are never united. */
const keyOf = (conditions: Conditions): unknown => {
  const keys = Object.entries(conditions).flatMap(([operator, by]) => Object.keys(by).map((key) => [operator, key]));
  return keys.length === 1 ? keys : conditions;
};

const united = (one: Conditions | undefined, other: Conditions): Conditions =>
  Object.fromEntries(
    Object.entries(other).map(([operator, by]) => [
      operator,
      Object.fromEntries(
        Object.entries(by).map(([key, values]) => [key, [...new Set([...(one?.[operator]?.[key] ?? []), ...values])]]),
      ),
    ]),
  );

/** Statement ids are letters and digits, and no two are the same. */
const uniqueSids = () => {
  const taken = new Map<string, number>();
  return (phase: Phase, topic: string): string => {
    const word = `${phase.charAt(0).toUpperCase()}${phase.slice(1)}`;
    const sid = topic.startsWith(word) ? topic : `${word}${topic}`;
    const before = taken.get(sid) ?? 0;
    taken.set(sid, before + 1);
    return before === 0 ? sid : `${sid}${before + 1}`;
  };
};
