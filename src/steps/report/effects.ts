import type { Glance } from '../../aws/glance.ts';
import type { Effect } from '../../step.ts';
import { judgePolicy, withoutOwn } from './bucket-policy.ts';
import { differences } from './definition.ts';
import type { Seen } from './inspect.ts';
import type { Settings } from './settings.ts';

/** What step 1 has written, as far as it can be seen. */
export const effects = ({ standing, bucketMade, bucket, report }: Seen, settings: Settings): readonly Effect[] => {
  const { bucket: name, reportName } = settings;
  const open = bucket?.blocksPublicAccess;
  return [
    ...(standing.kind === 'ours' ? [{ change: `bucket:${name}`, ...madeAt(bucketMade) }] : []),
    ...(open?.known && open.value ? [{ change: `public-access-block:${name}` }] : []),
    ...(bucket && judgePolicy(bucket.policy, settings).kind === 'fits'
      ? [{ change: `bucket-policy:${name}`, ...(withoutOwn(bucket.policy) && { proof: 'mark' as const }) }]
      : []),
    // One with other settings is somebody else's, who took the name meanwhile.
    ...(report && !differences(report, settings).some(({ editable }) => !editable)
      ? [{ change: `report:${reportName}` }]
      : []),
    ...(report?.RefreshClosedReports ? [{ change: `report-refresh:${reportName}` }] : []),
  ];
};

const madeAt = (made: Glance<number | undefined> | undefined): Pick<Effect, 'proof'> =>
  made?.known && made.value !== undefined ? { proof: { made: made.value } } : {};
