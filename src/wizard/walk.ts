import { answer } from '../questionnaire.ts';
import type { Answers } from '../state/state.ts';
import type { Look, Step } from '../step.ts';
import { stepView } from '../terminal/views/moves.ts';
import { wrapped } from '../terminal/wrap.ts';
import { change } from './change.ts';
import { connectionOf, type Ending, type Going, lookAt, setOut, type Turn, tell, type Walk } from './going.ts';
import { handover, wait } from './turns.ts';

/** Walks as far as it can: asks AWS what is true, decides the next move, makes it, and looks again. */
export const walk = async (given: Walk): Promise<Ending> => {
  const { session, steps, recorder } = given;
  const going = setOut(given);
  await askFor(going, steps);
  await given.options.accept(recorder.state.answers);
  await recorder.keep();
  tellDoubts(going);
  const looks: Look[] = [];
  for (const [index, step] of steps.entries()) {
    session.terminal.say(stepView(index + 1, steps.length, step.title, session.terminal.style));
    await askFor(going, [step]);
    let turn: Turn = 'look-again';
    while (turn === 'look-again') {
      const look = await lookAt(going, step);
      looks[index] = look;
      turn = await take(going, step, look);
    }
    if (turn !== 'next-step') return { kind: turn, looks, did: going.did };
  }
  return { kind: 'done', looks, did: going.did };
};

const askFor = async (going: Going, steps: readonly Step[]): Promise<void> => {
  const { session, recorder, options, outside } = going;
  session.interrupt.check();
  const questions = [];
  for (const step of steps) questions.push(...(await step.ask(outside.aws, connectionOf(going), session.clock.now())));
  if (questions.length === 0) return;
  const asking = {
    terminal: session.terminal,
    takesProposals: options.yes,
    async keep(answers: Answers) {
      await options.accept(answers);
      await recorder.answer(answers);
    },
  };
  await answer(questions, recorder.state.answers, asking);
};

/** What is unlikely in the answers and was not so before: once, as soon as they are given. */
const tellDoubts = ({ steps, caller, recorder, options, session: { terminal } }: Going): void => {
  const doubtsOf = (answers: Answers) => steps.flatMap((step) => step.doubts(answers, caller.account));
  const known = doubtsOf(options.earlier);
  for (const doubt of doubtsOf(recorder.state.answers))
    if (!known.includes(doubt)) terminal.say(wrapped(terminal.style.warning(`! ${doubt}`), terminal.columns));
};

const take = async (going: Going, step: Step, { move, resources, effects = [], retold }: Look): Promise<Turn> => {
  if (retold) await going.recorder.retell(retold);
  await going.recorder.cameThrough(effects);
  if (move.kind === 'blocked') {
    await going.recorder.release(move.releases ?? []);
    tell(going, move);
    return 'blocked';
  }
  // What stands is adopted with the plan that builds on it, once that is agreed to.
  if (move.kind !== 'change') await going.recorder.found(resources);
  switch (move.kind) {
    case 'done':
      Object.assign(going.outputs, move.outputs);
      tell(going, move);
      return 'next-step';
    case 'change':
      return change(going, move, resources);
    case 'wait':
      return wait(going, step, move);
    case 'handover':
      return handover(going, move);
  }
};
