import type { Check, Resource } from '../../step.ts';
import { printable } from '../../text.ts';
import { firstCause } from '../stack-failure.ts';
import { stackStanding } from '../stack-standing.ts';
import { differenceLine } from './fit.ts';
import type { Seen } from './inspect.ts';

/** What of step 3 stands in AWS. */
export const resources = (seen: Seen): readonly Resource[] =>
  seen.ours && stackStanding(seen.stack) === 'standing' ? [{ key: 'extractor-stack', id: seen.stack?.name ?? '' }] : [];

/** The evidence for step 3. */
export const checks = ({ stack, stackName, events, ours, offer, differences }: Seen): readonly Check[] => {
  const id = 'extractor-stack';
  const name = `The stack ${stack?.name ?? stackName}`;
  const evidence = printable(firstCause(events)?.reason ?? stack?.status ?? '');
  const standing = stackStanding(stack);
  const line = (): Check => {
    if (standing === 'absent') return { id, state: 'missing', text: `${name} does not exist yet.` };
    if (standing === 'review')
      return { id, state: 'pending', text: `${name} is prepared and not created yet.`, evidence };
    if (!ours) return { id, state: 'wrong', text: `${name} is not this connection's.`, evidence };
    if (standing === 'standing' && differences.length > 0)
      return {
        id,
        state: 'wrong',
        text: `${name} stands with other parameters.`,
        evidence: differences.map(differenceLine).join('; '),
      };
    if (standing === 'standing') return { id, state: 'ok', text: `${name} stands.`, evidence };
    return standing === 'busy' || standing === 'deleting'
      ? { id, state: 'pending', text: `${name} is under way.`, evidence }
      : { id, state: 'wrong', text: `${name} failed.`, evidence };
  };
  return [
    ...(offer
      ? [
          {
            id: 'template',
            state: 'ok' as const,
            text: 'The template of the link can be read.',
            evidence: `SHA-256 ${offer.sha256}`,
          },
        ]
      : []),
    line(),
  ];
};
