import { accountTypes } from './account-types.ts';
import { type Rule, remark } from './rule.ts';
import { serviceTypes } from './service-types.ts';

/** What a resource's type alone tells. The first row that fits counts. */
export const types: Rule = ({ resources }) =>
  resources.flatMap(({ id, type }) =>
    rows
      .filter(([pattern]) => pattern.test(type))
      .slice(0, 1)
      .filter(([, rule]) => rule !== 'known')
      .map(([, rule, level, title, advice]) => remark(rule, level, id, [title.replace('%', id), type, advice])),
  );

const rows = [...accountTypes, ...serviceTypes];
