import type { Account, Stack, TimelineEntry, World } from '../../world.ts';
import { ResourceFailure } from './resources/kind.ts';
import { create, identify, outputsOf, type Run, remove } from './run/effects.ts';
import { failCreation, failOutputs, failRemoval } from './run/failure.ts';

/**
 * Carries out in the world all that the stacks' timelines say has happened by `now` (ms), in the order of its times. Repeating it
 * changes nothing.
 */
export const settleStacks = (world: World, now: number): void => {
  for (;;) {
    const next = earliestDue(world, now);
    if (!next) return;
    settle(next.run, next.entry);
  }
};

const earliestDue = (world: World, now: number): { run: Run; entry: TimelineEntry } | undefined => {
  let earliest: { run: Run; entry: TimelineEntry } | undefined;
  for (const { account, stack } of stacksOf(world)) {
    const entry = stack.timeline.find(({ settled, at }) => !settled && at <= now);
    if (entry && (!earliest || entry.at < earliest.entry.at)) earliest = { run: { world, account, stack }, entry };
  }
  return earliest;
};

const stacksOf = (world: World): { account: Account; stack: Stack }[] =>
  Object.values(world.accounts).flatMap((account) => account.stacks.map((stack) => ({ account, stack })));

const settle = (run: Run, entry: TimelineEntry): void => {
  const { account, stack } = run;
  entry.settled = true;
  const before = stack.resources[entry.logicalId]?.physicalId;
  try {
    carryOut(run, entry);
    if (entry.physicalId === '') entry.physicalId = stack.resources[entry.logicalId]?.physicalId ?? before ?? '';
  } catch (error) {
    if (!(error instanceof ResourceFailure)) throw error;
    if (entry.effect === 'remove') failRemoval(stack, entry, error.message);
    else if (entry.effect === 'complete') failOutputs(account, stack, entry, error.message);
    else failCreation(account, stack, entry, error.message);
  }
};

const carryOut = (run: Run, entry: TimelineEntry): void => {
  const { effect } = entry;
  if (effect === 'identify') identify(run, entry);
  else if (effect === 'create') create(run, entry);
  else if (effect === 'remove') remove(run, entry);
  else if (effect === 'complete') run.stack.outputs = outputsOf(run);
  else if (effect === 'vanish' && entry.status === 'DELETE_COMPLETE') run.stack.changeSets.splice(0);
};
