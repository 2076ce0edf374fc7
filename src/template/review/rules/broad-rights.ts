import type { Remark } from '../findings.ts';
import type { Statement } from '../policies.ts';
import { literal } from '../value.ts';
import { isPattern } from '../wildcards.ts';
import { resourcesOf } from './reach.ts';
import { askSpot, remark } from './rule.ts';

const reading = /^[^:]+:(Get|List|Describe|BatchGet|Search|Query|View|Lookup|Head|Select|Estimate|Check)/i;
const harmlessServices = /^(logs|cloudwatch|xray|athena|glue|ce|cur|pricing|tag|servicequotas|compute-optimizer|s3):/i;

/** Wildcards on wildcards that no other rule knows by name. */
export const broad = (actions: readonly string[], { resource, place, ...statement }: Statement): readonly Remark[] => {
  const targets = resourcesOf({ resource, place, ...statement }).filter((text) => /^[*?:]+$/.test(literal(text) ?? ''));
  const wide = targets.length === 0 ? [] : actions.filter((action) => isPattern(action) && !reading.test(action));
  const whole = wide.filter((action) => /:[*?]*$/.test(action) && !harmlessServices.test(action));
  const rest = wide.filter((action) => !whole.includes(action) && !/^(s3|pricing):/i.test(action));
  return [
    ...(whole.length > 0
      ? [
          remark('whole-service', 'alarm', resource.id, [
            `${resource.id} may do everything in a whole service of AWS, to whatever lies in this account.`,
            `${whole.join(', ')} on * in ${place}`,
            askSpot,
          ]),
        ]
      : []),
    ...(rest.length > 0
      ? [
          remark('broad-rights', 'warning', resource.id, [
            `${resource.id} has rights with wildcards, on everything in this account.`,
            `${rest.join(', ')} on * in ${place}`,
            'Ask Spot for a list of the actions and resources that are needed.',
          ]),
        ]
      : []),
  ];
};
