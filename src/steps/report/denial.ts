import { judgeConditions } from './conditions.ts';
import { deliverer, deliveryRequest } from './delivery-request.ts';
import { isRecord } from './iam-pattern.ts';
import { concerns, needs, type PolicyPlace, reaches, type Statement, sidOf } from './statement.ts';

/** A statement that stands against the delivery. */
export interface Denial {
  readonly statement: Statement;
  readonly sid: string;
  readonly under: readonly string[];
  /** False when it depends on what can't be known. */
  readonly sure: boolean;
}

/** What a statement denies the delivery: one denial, or none. */
export const denialIn = (statement: Statement, place: PolicyPlace): readonly Denial[] => {
  const meets =
    statement.Effect === 'Deny' &&
    (statement.NotPrincipal === undefined ? concerns(statement.Principal) : !concerns(statement.NotPrincipal)) &&
    needs(place).some((need) => reaches(statement, need));
  if (!meets) return [];
  const { truth, because } = judgeConditions(statement.Condition, deliveryRequest(place));
  if (truth === 'false') return [];
  return [{ statement, sid: sidOf(statement) || '(without Sid)', under: because, sure: truth === 'true' }];
};

/** The statement for everybody but the service that delivers: only services bear a service's name. */
export const excepting = (statement: Statement): Statement => {
  const { StringNotEquals, ...conditions } = isRecord(statement.Condition) ? statement.Condition : {};
  const others = isRecord(StringNotEquals) ? StringNotEquals : {};
  return {
    ...statement,
    Condition: { ...conditions, StringNotEquals: { ...others, 'aws:PrincipalServiceName': deliverer } },
  };
};
