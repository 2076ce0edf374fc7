import type { ChangeMove, Look, Step } from '../step.ts';
import { wrapped } from '../terminal/wrap.ts';
import { change } from './change.ts';
import { type Ending, type Going, lookAt, setOut, type Turn, tell, type Walk } from './going.ts';
import { wait } from './turns.ts';

/** What is to go, looked at anew after each move. */
type Leaving = Pick<Step, 'title' | 'look'>;

/** Takes back until nothing is left to do: the same walk, towards less. */
export const takeBack = async (given: Omit<Walk, 'steps'>, leaving: Leaving): Promise<Ending> => {
  const going = setOut({ ...given, steps: [] });
  const covered = new Set<string>();
  for (;;) {
    const seen = await lookAt(going, leaving);
    await going.recorder.cameThrough(seen.effects ?? []);
    await going.recorder.cameToNothing(seen.vain ?? []);
    // What has turned out to be gone is forgotten once somebody has agreed that it goes.
    if (going.agreed.size > 0 && seen.settled) await going.recorder.forget(seen.settled);
    const look = withinAgreement(going, seen, covered);
    const turn = await take(going, leaving, look, covered);
    if (turn !== 'look-again') return { kind: turn === 'next-step' ? 'done' : turn, looks: [look], did: going.did };
  }
};

/** What was agreed to covers what its plan held, and nothing that has come to be in it since: that is asked for anew, or stays. */
const withinAgreement = (going: Going, look: Look, covered: ReadonlySet<string>): Look => {
  const { move } = look;
  if (move.kind !== 'change' || !going.agreed.has(move.plan)) return look;
  const more = (move.covers ?? []).filter((each) => !covered.has(each));
  if (more.length === 0) return look;
  const reason = `The plan holds more by now than was agreed to: ${more.join(', ')}.`;
  const { terminal } = going.session;
  if (!terminal.interactive) {
    const advice = ['The same command shows the new plan, and does what that one holds.'];
    return { ...look, move: { kind: 'blocked', reason: `${reason} Nothing of that was done.`, advice } };
  }
  terminal.say(wrapped(terminal.style.warning(`! ${reason}`), terminal.columns));
  going.agreed.delete(move.plan);
  return look;
};

const take = async (going: Going, leaving: Leaving, { move }: Look, covered: Set<string>): Promise<Turn> => {
  switch (move.kind) {
    case 'change':
      return takeAway(going, move, covered);
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

const takeAway = async (going: Going, move: ChangeMove, covered: Set<string>): Promise<Turn> => {
  const known = going.agreed.has(move.plan);
  // The word on the command line was given for the first plan alone.
  const confirm = covered.has(move.plan) ? undefined : going.options.confirm;
  const turn = await change({ ...going, options: { ...going.options, confirm } }, move, []);
  if (!known && going.agreed.has(move.plan)) for (const each of [move.plan, ...(move.covers ?? [])]) covered.add(each);
  return turn;
};
