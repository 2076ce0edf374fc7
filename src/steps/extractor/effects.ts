import type { Effect } from '../../step.ts';
import { stackStanding } from '../stack-standing.ts';
import { strayed } from './execution.ts';
import type { Seen } from './inspect.ts';
import type { Settings } from './settings.ts';

/** What step 3 has written, as far as it can be seen. */
export const effects = ({ stack, stackName, prepared, offer, made }: Seen, settings: Settings): readonly Effect[] => {
  const standing = stackStanding(stack);
  const executed = made && standing !== 'absent' && standing !== 'review';
  const gone = /^(absent|deleting)$/.test(standing);
  const noted = settings.notes['extractor-change-set'];
  return [
    ...(prepared
      ? [{ change: `extractor-change-set:${stackName}`, notes: changeSetNotes(prepared, offer) }]
      : executed
        ? [{ change: `extractor-change-set:${stackName}` }]
        : []),
    ...(executed ? [{ change: `extractor-execution:${stackName}`, proof: 'mark' as const }] : []),
    ...(noted && prepared?.changeSet.id !== noted && !executed ? [{ change: `extractor-discard:${noted}` }] : []),
    ...(gone
      ? [{ change: `extractor-stack-removal:arn:aws:cloudformation:us-east-1:${settings.account}:stack/${stackName}/` }]
      : []),
  ];
};

/** What CreateChangeSet would have told, and what it was made from if that can be told. */
const changeSetNotes = (
  { changeSet, body }: NonNullable<Seen['prepared']>,
  offer: Seen['offer'],
): Readonly<Record<string, string>> => ({
  'extractor-change-set': changeSet.id,
  'extractor-stack-id': changeSet.stackId,
  ...(offer && body !== undefined && strayed(body, offer) === undefined && { 'extractor-sha256': offer.sha256 }),
});
