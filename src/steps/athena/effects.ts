import type { Effect } from '../../step.ts';
import { sha256 } from '../sha256.ts';
import { stackStanding } from '../stack-standing.ts';
import { dailyAtMidnight } from './changes.ts';
import type { Seen } from './inspect.ts';
import { readCopy, restoration } from './notifications.ts';
import type { Settings } from './settings.ts';

/** What step 2 has written in AWS, as far as it can be seen. */
export const effects = (seen: Seen, settings: Settings): readonly Effect[] => {
  const { crawler, made } = seen;
  const { account, bucket, 'stack-name': stackName } = settings;
  const gone = /^(absent|deleting)$/.test(stackStanding(seen.stack));
  const daily = crawler?.schedule === dailyAtMidnight;
  return [
    ...(made ? [{ change: `crawler-stack:${seen.stack?.name}`, notes: stackNotes(seen), proof: 'mark' as const }] : []),
    ...(gone
      ? [{ change: `crawler-stack-removal:arn:aws:cloudformation:us-east-1:${account}:stack/${stackName}/` }]
      : []),
    ...(crawler && daily ? [{ change: `crawler-schedule:${crawler.name}` }] : []),
    ...(crawler && daily && crawler.scheduleState === 'SCHEDULED'
      ? [{ change: `crawler-schedule-start:${crawler.name}` }]
      : []),
    ...(isRestored(seen, settings) ? [{ change: `notifications-restore:${bucket}:` }] : []),
  ];
};

/** What CreateStack would have told, and which file the stack was made from if that can be told. */
const stackNotes = ({ stack, deployed, file }: Seen): Readonly<Record<string, string>> => {
  // The answer is XML, whose readers turn CR LF into LF and may trim.
  const plain = (text: string) => text.replace(/\r\n?/g, '\n').trim();
  const same = deployed !== undefined && plain(deployed) === plain(Buffer.from(file.bytes).toString('utf8'));
  return { 'crawler-stack-id': stack?.id ?? '', ...(same && { 'crawler-sha256': sha256(file.bytes) }) };
};

const isRestored = ({ kept, notifications }: Seen, { bucket }: Settings): boolean =>
  kept !== undefined &&
  notifications.known &&
  restoration(readCopy(kept, bucket), notifications.value).missing.length === 0;
