import type { State } from '../state/state.ts';
import type { Look, Outside } from '../step.ts';
import { type Decision, decide } from './decide.ts';
import { effects } from './effects.ts';
import { inspect } from './inspect.ts';
import { believable } from './origin.ts';

/** A removal as the wizard sees it: it never runs, it tells what is to be done next. */
export interface Removal {
  readonly title: string;
  look(outside: Outside, connection: unknown, clock: { now(): number }): Promise<Look>;
  /** What the last look has come to. */
  readonly decision: Decision | undefined;
}

/** Takes back what `current` says that this program has made; the data as well where that is asked for. */
export const removalOf = (current: () => State, deleteData: boolean): Removal => {
  let decision: Decision | undefined;
  return {
    title: 'what this program has made',
    async look(outside, _connection, clock) {
      const state = believable(current(), clock.now());
      const seen = await inspect(outside, state, deleteData);
      const { customer, account } = state;
      decision = decide(seen, state, { customer, account, deleteData }, clock.now());
      const { move, settled } = decision;
      return { move, checks: [], resources: [], ...effects(seen, state, decision.planned), settled };
    },
    get decision() {
      return decision;
    },
  };
};
