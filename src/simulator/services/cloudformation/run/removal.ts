import type { Account, Stack, TimelineEntry } from '../../../world.ts';
import { dependencies } from '../template/dependencies.ts';
import type { Template } from '../template/model.ts';
import { takeFault } from './faults.ts';
import { levelDuration, levelsOf, reversed, stagger } from './levels.ts';
import { resourceEntry, schedule, stackEntry } from './timeline.ts';

/** How a removal of resources begins (ms), ends, and what it leaves alone. */
export interface RemovalPlan {
  readonly from: number;
  readonly end: 'DELETE_COMPLETE' | 'ROLLBACK_COMPLETE';
  readonly retain?: readonly string[];
  readonly token?: string | undefined;
}

/**
 * Writes the removal of all that the stack has made into its timeline, in the reverse order of creation. The stack's own first event
 * (DELETE_IN_PROGRESS, ROLLBACK_IN_PROGRESS) is the caller's to write; the last one is written here.
 */
export const planRemoval = (account: Account, stack: Stack, template: Template, plan: RemovalPlan): void => {
  const made = Object.keys(stack.resources);
  const levels = levelsOf(reversed(dependencies(template, made)));
  const step = levelDuration(levels);
  const about = plan.token === undefined ? {} : { token: plan.token };
  const entries = made.flatMap((logicalId, index): TimelineEntry[] => {
    const resource = { stack, logicalId, type: stack.resources[logicalId]?.type ?? '' };
    const start = plan.from + 150 + (levels.get(logicalId) ?? 0) * step + stagger(index, step);
    const end = start + Math.floor(step * 0.7);
    if (template.resources[logicalId]?.retained || plan.retain?.includes(logicalId)) {
      return [resourceEntry(resource, start, 'DELETE_SKIPPED', about)];
    }
    if (!stack.resources[logicalId]?.created) {
      return [resourceEntry(resource, start, 'DELETE_COMPLETE', { effect: 'remove', ...about })];
    }
    const fault = takeFault(account, logicalId, 'DELETE_FAILED');
    const gone = { effect: 'remove', ...about, ...(fault === undefined ? {} : { fault }) } as const;
    return [
      resourceEntry(resource, start, 'DELETE_IN_PROGRESS', about),
      resourceEntry(resource, end, 'DELETE_COMPLETE', gone),
    ];
  });
  const last = Math.max(plan.from, ...entries.map(({ at }) => at));
  schedule(stack, [...entries, stackEntry(stack, last + 150, plan.end, { effect: 'vanish', ...about })]);
};
