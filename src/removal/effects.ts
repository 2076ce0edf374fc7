import { nothingCame } from '../attempt.ts';
import type { Tally } from '../aws/contents.ts';
import type { State } from '../state/state.ts';
import type { Look } from '../step.ts';
import { withoutOwn } from '../steps/report/bucket-policy.ts';
import { stackStanding } from '../steps/stack-standing.ts';
import { removalsTried } from '../steps/stack-trouble.ts';
import { findDeliverer, isEmpty } from './data-place.ts';
import { isKept, isPutBack } from './notifications.ts';
import { reportsThatStay } from './report.ts';
import { earlierSchedule } from './schedule.ts';
import type { Busy, Seen, SeenBucket, SeenData, SeenStack } from './seen.ts';
import { crawler, deletionStart, extractor } from './stacks.ts';

/** What became of an attempt that got no answer; undefined where what was looked at does not tell. */
type Fate = 'through' | 'nothing' | 'unfinished' | undefined;

/**
 * What runs that were cut off have begun, as far as it can be seen what came of it. What did not come through and is `planned` still
 * is the same attempt, and goes on.
 */
export const effects = (
  seen: Seen | Busy,
  state: State,
  planned: readonly string[],
): Pick<Look, 'effects' | 'vain'> => {
  const fates = state.journal
    .filter(({ change, outcome }) => outcome === undefined && change.startsWith('removal:'))
    .map(({ change }) => ({
      change,
      fate: 'busy' in seen ? fateWhileBusy(change, seen) : fateOf(change, seen, state),
    }));
  return {
    effects: fates.filter(({ fate }) => fate === 'through'),
    vain: fates
      .filter(({ change, fate }) => (fate === 'nothing' || fate === 'unfinished') && !planned.includes(change))
      .map(({ change, fate }) => ({ change, error: fate === 'unfinished' ? unfinished : nothingCame })),
  };
};

const unfinished = 'No answer came, and not all of it was done.';

/** While CloudFormation is at work on a stack, nothing else was looked at. */
const fateWhileBusy = (change: string, { busy, seen }: Busy): Fate =>
  change.startsWith(deletionStart(busy === 'crawler' ? crawler : extractor, seen.stack)) && isThrough(change, seen)
    ? 'through'
    : undefined;

/** Part by part, by what each of them was to do away with. */
const fateOf = (change: string, seen: Seen, state: State): Fate => {
  const [, part, name] = change.split(':');
  const { scheduled } = seen;
  switch (part) {
    case 'extractor-stack':
      return through(isThrough(change, seen.extractor));
    case 'crawler-stack':
      return through(isThrough(change, seen.crawler));
    case 'crawler-schedule':
      return through(!scheduled || scheduled.schedule === earlierSchedule(state)?.expression);
    case 'crawler-schedule-stop':
      return scheduled?.scheduleState === 'TRANSITIONING'
        ? undefined
        : through(scheduled?.scheduleState !== 'SCHEDULED');
    case 'report':
      return through(!seen.reports.some(({ ReportName }) => ReportName === name));
    case 'connection':
      // It is marked with the very save that concludes it.
      return 'nothing';
    default:
      return isUnseen(seen) ? undefined : seen.bucket ? fateIn(seen.bucket, change, seen, state) : fateWithout(part);
  }
};

/** Of what was begun in a bucket that is there. */
const fateIn = (bucket: SeenBucket, change: string, seen: Seen, state: State): Fate => {
  const [, part] = change.split(':');
  switch (part) {
    case 'notifications-copy':
      return through(isKept(bucket, change));
    case 'notifications':
      return through(isPutBack(bucket, state));
    case 'bucket-policy':
      return through(!withoutOwn(bucket.policy));
    case 'billing-data':
      return bucket.data && emptied(goingPlaces(bucket.data, seen, state).map(({ tally }) => tally));
    case 'write-test':
      return bucket.data && emptied([bucket.data.writeTest]);
    case 'bucket':
      return 'nothing';
    default:
      return undefined;
  }
};

/** Of what was begun in a bucket that is gone: all in it went with it, and nothing came back. */
const fateWithout = (part: string | undefined): Fate => through(!part?.startsWith('notifications'));

const through = (came: boolean): Fate => (came ? 'through' : 'nothing');

/** A deletion has come through once CloudFormation is at it: what becomes of that is told by its events. */
const isThrough = (change: string, seen: SeenStack | undefined): boolean => {
  if (!seen || /^(absent|deleting)$/.test(stackStanding(seen.stack))) return true;
  return ![crawler, extractor].some((which) => {
    const start = deletionStart(which, seen.stack);
    return change.startsWith(start) && Number(change.slice(start.length)) >= removalsTried(seen.events);
  });
};

/** True for a bucket that is there, or may be, and can't be looked into. */
const isUnseen = ({ bucket, standing }: Seen): boolean =>
  !bucket && standing !== undefined && /^(closed|unclear)$/.test(standing.kind);

const emptied = (left: readonly Tally[]): Fate => (left.every(isEmpty) ? 'through' : 'unfinished');

/** What was to be emptied: all of them where none goes any more. */
const goingPlaces = ({ places }: SeenData, seen: Seen, state: State): SeenData['places'] => {
  const stay = reportsThatStay(seen, state);
  const going = places.filter((place) => !findDeliverer(stay, place));
  return going.length > 0 ? going : places;
};
