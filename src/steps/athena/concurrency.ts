import type { Concurrency } from '../../aws/functions.ts';
import type { Setback } from '../../step.ts';
import { remedyFor } from '../stack-failure.ts';

/** How many executions the crawler stack reserves: one for each of its two functions (aws-facts §5). */
const reserves = 2;

/** What Lambda's refusals are known to name as the least that stays unreserved (aws-facts §5). */
const minimums = [100, 50, 10] as const;

/**
 * Whether Lambda has room for the crawler stack. It keeps 100 for functions that reserve nothing, or the whole limit of an
 * account that has less (Lambda Developer Guide, "Configuring reserved concurrency"); where the limit lies between the minimums
 * that it is known to name, that can't be told for certain.
 */
export const concurrencyRoom = ({ limit, unreserved }: Concurrency): 'enough' | 'doubtful' | 'none' => {
  const left = unreserved - reserves;
  if (left >= Math.min(minimums[0], limit)) return 'enough';
  const certain = minimums.find((minimum) => minimum <= limit) ?? limit;
  return left < certain ? 'none' : 'doubtful';
};

/** What the crawler stack would fail of, or may. */
export const concurrencyTexts = (found: Concurrency, customer: string): Setback => {
  const kept = Math.min(minimums[0], found.limit);
  const place = { customer, otherInput: '', freshTemplate: '' };
  return {
    reason: `The crawler stack ${concurrencyRoom(found) === 'none' ? 'would' : 'may'} fail: its functions reserve ${reserves} executions, and Lambda lets nobody reserve any while fewer than ${kept} would be left. ${evidenceOf(found)}`,
    advice: remedyFor('concurrency', { type: '', reason: undefined }, place),
  };
};

const evidenceOf = ({ limit, unreserved }: Concurrency): string =>
  `The account may run ${limit} at once, of which ${unreserved} are not reserved.`;
