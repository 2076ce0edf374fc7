import type { Account, Stack, TimelineEntry } from '../../../world.ts';
import { identityOf } from '../stacks.ts';
import { dependencies } from '../template/dependencies.ts';
import { wantedResources } from '../template/evaluate.ts';
import type { Template } from '../template/model.ts';
import { takeFault } from './faults.ts';
import { levelDuration, levelsOf, stagger } from './levels.ts';
import { resourceEntry, schedule, stackEntry } from './timeline.ts';

/** Writes a stack's creation into its timeline: what depends on nothing first, independent resources side by side. */
export const planCreation = (account: Account, stack: Stack, plan: CreationPlan): void => {
  const { template, parameters, now, token } = plan;
  const scope = { template, parameters, stack: identityOf(account, stack), resources: {} };
  const wanted = wantedResources(template, scope);
  const levels = levelsOf(dependencies(template, wanted));
  const step = levelDuration(levels);
  const about = token === undefined ? {} : { token };
  const entries: TimelineEntry[] = [
    stackEntry(stack, now, 'CREATE_IN_PROGRESS', { reason: 'User Initiated', ...about }),
  ];
  wanted.forEach((logicalId, index) => {
    const type = template.resources[logicalId]?.type ?? '';
    const resource = { stack, logicalId, type };
    const start = now + 150 + (levels.get(logicalId) ?? 0) * step + stagger(index, step);
    const initiated = { effect: 'identify', reason: 'Resource creation Initiated', ...about } as const;
    const fault = takeFault(account, logicalId, 'CREATE_FAILED');
    const complete = { effect: 'create', ...about, ...(fault === undefined ? {} : { fault }) } as const;
    const end = start + Math.floor(step * 0.8);
    entries.push(
      resourceEntry(resource, start, 'CREATE_IN_PROGRESS', about),
      resourceEntry(resource, start + Math.floor(step * 0.4), 'CREATE_IN_PROGRESS', initiated),
      resourceEntry(resource, end, 'CREATE_COMPLETE', complete),
    );
  });
  const last = Math.max(...entries.map(({ at }) => at));
  entries.push(stackEntry(stack, last + 150, 'CREATE_COMPLETE', { effect: 'complete', ...about }));
  schedule(stack, entries);
};

/** A creation as it is about to begin; `parameters` have the defaults filled in, `now` is ms. */
export interface CreationPlan {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly now: number;
  readonly token?: string | undefined;
}
