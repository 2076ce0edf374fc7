import { corrupts } from './corruption.ts';
import { setupWith } from './elsewhere.ts';
import type { Trouble } from './payer.ts';
import type { Settings } from './settings.ts';

/** What is known of a report that is not there any more. */
interface Gone {
  /** An object that it, or one of its name, has left. */
  readonly key: string | undefined;
  /** When it was taken back, ISO 8601 UTC. */
  readonly removed: string | undefined;
  /** Whether this connection made or used it. */
  readonly ours: boolean;
}

type Names = Pick<Settings, 'customer' | 'reportName' | 'bucket'>;

/** Why no report is made in the place of one that is gone, and where it is made instead. */
export const goneTrouble = (
  names: Names,
  gone: Gone,
  { otherName, otherPrefix }: { readonly otherName: string; readonly otherPrefix: string },
): Trouble => ({
  reason: `${whatHappened(names, gone)} It is not created again under the same name, bucket and prefix: ${corrupts('this')}.`,
  details: gone.key === undefined ? [] : [`Found: s3://${names.bucket}/${gone.key}`],
  advice: [
    `Give the report another name: ${otherName}`,
    `Or have it delivered below another prefix: ${setupWith(names.customer, { prefix: otherPrefix })}`,
  ],
  releases: ['report'],
});

const whatHappened = ({ reportName, bucket }: Names, { key, removed, ours }: Gone): string => {
  const whose = removed || ours ? 'it' : 'one of this name';
  const holds = key === undefined ? '' : `, and the bucket ${bucket} holds what ${whose} has delivered`;
  if (removed)
    return `The report ${reportName} was taken back with spot-cur remove on ${removed.slice(0, 10)}${holds}.`;
  return ours
    ? `The report ${reportName} has been deleted since this connection was set up${holds}.`
    : `There is no report named ${reportName}${holds}.`;
};
