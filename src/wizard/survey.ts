import type { Caller } from '../aws/identity.ts';
import { openAttempts } from '../recorder.ts';
import type { State } from '../state/state.ts';
import type { Connection, Look, Outside, Step } from '../step.ts';

/** The connection that is looked at. */
export interface Surveyed {
  readonly state: State;
  readonly caller: Caller;
  readonly confirmations: Connection['confirmations'];
}

/** Looks at each step up to the first that is not done. Never writes, never asks, never waits. */
export const survey = async (
  outside: Outside,
  { state, caller, confirmations }: Surveyed,
  steps: readonly Step[],
  clock: { now(): number },
): Promise<readonly Look[]> => {
  const looks: Look[] = [];
  let outputs: Readonly<Record<string, string>> = {};
  for (const step of steps) {
    const { customer, answers, notes, provenance } = state;
    const attempts = openAttempts(state);
    const connection = { customer, caller, answers, outputs, notes, provenance, attempts, confirmations };
    const look = await step.look(outside, connection, clock);
    looks.push(look);
    if (look.move.kind !== 'done') break;
    outputs = { ...outputs, ...look.move.outputs };
  }
  return looks;
};
