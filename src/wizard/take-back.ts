import type { Look, Step } from '../step.ts';
import { change } from './change.ts';
import { type Ending, type Going, lookAt, setOut, type Turn, tell, type Walk } from './going.ts';
import { wait } from './turns.ts';

/** What is to go, looked at anew after each move. */
type Leaving = Pick<Step, 'title' | 'look'>;

/** Takes back until nothing is left to do: the same walk, towards less. */
export const takeBack = async (given: Omit<Walk, 'steps'>, leaving: Leaving): Promise<Ending> => {
  const going = setOut({ ...given, steps: [] });
  for (;;) {
    const look = await lookAt(going, leaving);
    await going.recorder.cameThrough(look.effects ?? []);
    await going.recorder.cameToNothing(look.vain ?? []);
    // What has turned out to be gone is forgotten once somebody has agreed that it goes.
    if (going.agreed.size > 0 && look.settled) await going.recorder.forget(look.settled);
    const turn = await take(going, leaving, look);
    if (turn !== 'look-again') return { kind: turn === 'next-step' ? 'done' : turn, looks: [look], did: going.did };
  }
};

const take = async (going: Going, leaving: Leaving, { move }: Look): Promise<Turn> => {
  switch (move.kind) {
    case 'change':
      return change(going, move, []);
    case 'wait':
      return wait(going, leaving, move);
    case 'done':
      return 'next-step';
    case 'blocked':
      tell(going, move);
      return 'blocked';
    case 'handover':
      throw new Error('Nothing is handed over when a connection is taken back.');
  }
};
