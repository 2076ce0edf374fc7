import type { Caller } from '../aws/identity.ts';
import type { State } from '../state/state.ts';
import type { Look, Outside, Step } from '../step.ts';

/** Looks at each step up to the first that is not done. Never writes, never asks, never waits. */
export const survey = async (
  outside: Outside,
  { state, caller }: { readonly state: State; readonly caller: Caller },
  steps: readonly Step[],
  clock: { now(): number },
): Promise<readonly Look[]> => {
  const looks: Look[] = [];
  let outputs: Readonly<Record<string, string>> = {};
  for (const step of steps) {
    const { customer, answers, notes, provenance } = state;
    const look = await step.look(outside, { customer, caller, answers, outputs, notes, provenance }, clock);
    looks.push(look);
    if (look.move.kind !== 'done') break;
    outputs = { ...outputs, ...look.move.outputs };
  }
  return looks;
};
