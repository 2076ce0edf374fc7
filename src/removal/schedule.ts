import type { Crawler, Crawlers } from '../aws/crawlers.ts';
import type { State } from '../state/state.ts';
import type { Change } from '../step.ts';
import { crawlerArn } from '../steps/arns.ts';
import { dailyAtMidnight } from '../steps/athena/changes.ts';
import { printable } from '../text.ts';
import { madeId, madeStack } from './origin.ts';
import { changedMeanwhile, type Part } from './part.ts';
import type { Seen } from './seen.ts';

const key = 'crawler-schedule';
const before = 'crawler-schedule-before';

/** The schedule of a crawler that somebody else made goes back to what it was. */
export const schedulePart = ({ scheduled }: Seen, state: State): Part => {
  const name = madeId(state, key);
  if (name === undefined) return {};
  const takes = [`the schedule of the crawler ${printable(name)}`];
  // It goes with the stack that this connection made, or is turned off where the crawler itself is left.
  if (madeStack(state, 'crawler-stack')) return { takes };
  const settled = { settled: { releases: [key], forgets: [before] } };
  if (!scheduled) return settled;
  const earlier = earlierSchedule(state);
  const { schedule, scheduleState } = scheduled;
  if (schedule !== dailyAtMidnight && schedule !== earlier?.expression)
    return {
      ...settled,
      stays: [
        {
          what: `The schedule of the crawler ${printable(name)}`,
          why: 'somebody has changed it since this connection set it',
        },
      ],
    };
  if (scheduleState === 'TRANSITIONING')
    return {
      wait: {
        kind: 'wait',
        span: 'minutes',
        pollEvery: 2_000,
        reason: `Glue is busy with the schedule of the crawler ${printable(name)}.`,
      },
    };
  if (earlier && schedule !== earlier.expression)
    return {
      changes: [putBack(state, scheduled, earlier.expression)],
      takes,
      later: earlier.on ? [] : [stopSummary(name)],
    };
  if (!earlier?.on && scheduleState === 'SCHEDULED') return { changes: [stop(state, scheduled)], takes };
  return settled;
};

/** What it was, as the change that set ours has noted; undefined where it had none, or nothing is known. */
export const earlierSchedule = ({
  notes,
}: State): { readonly expression: string; readonly on: boolean } | undefined => {
  const [, was, expression] = /^(\S+) (.+)$/.exec(notes[before] ?? '') ?? [];
  return expression === undefined ? undefined : { expression, on: was === 'SCHEDULED' };
};

const busy = (error: unknown): string | undefined =>
  /^(SchedulerTransitioningException|VersionMismatchException)$/.test((error as Error).name)
    ? 'Glue is still busy with the schedule'
    : undefined;

const putBack = ({ account, customer }: State, planned: Crawler, expression: string): Change => ({
  id: `removal:crawler-schedule:${planned.name}`,
  summary: `Give the crawler ${printable(planned.name)} back the schedule that it had`,
  details: [`Schedule: ${printable(planned.schedule ?? '')} -> ${printable(expression)}`],
  call: { action: 'glue:UpdateCrawlerSchedule', arn: crawlerArn(account, planned.name) },
  async apply({ aws }) {
    await checkUnchanged(
      aws.crawlers,
      [planned, { ...planned, schedule: expression, scheduleState: 'SCHEDULED' }],
      customer,
    );
    return aws.crawlers.schedule(planned.name, expression);
  },
  retry: { forMs: 120_000, passing: busy },
});

const stopSummary = (crawler: string): string => `Turn the schedule of the crawler ${printable(crawler)} off`;

const stop = ({ account, customer }: State, planned: Crawler): Change => ({
  id: `removal:crawler-schedule-stop:${planned.name}`,
  summary: stopSummary(planned.name),
  details: ['Schedule: SCHEDULED -> NOT_SCHEDULED. The crawler itself stays.'],
  call: { action: 'glue:StopCrawlerSchedule', arn: crawlerArn(account, planned.name) },
  async apply({ aws }) {
    await checkUnchanged(aws.crawlers, [planned, { ...planned, scheduleState: 'NOT_SCHEDULED' }], customer);
    return aws.crawlers.stopSchedule(planned.name);
  },
  retry: { forMs: 120_000, passing: busy },
});

/** What was planned or is wanted may stand: an attempt whose answer was lost has done it. Glue says by itself when it is busy. */
const checkUnchanged = async (crawlers: Crawlers, allowed: readonly [Crawler, Crawler], customer: string) => {
  const [{ name }] = allowed;
  const now = await crawlers.find(name);
  const fits = ({ schedule, scheduleState }: Crawler): boolean =>
    now?.schedule === schedule && (now?.scheduleState === scheduleState || now?.scheduleState === 'TRANSITIONING');
  if (!allowed.some(fits))
    throw changedMeanwhile(`the schedule of the crawler ${printable(name)}`, 'It is left as it is.', customer);
};
