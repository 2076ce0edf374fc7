import { Cancelled } from '../errors.ts';
import { objectionTo } from '../questionnaire.ts';
import type { HandoverMove, News, Step, WaitMove } from '../step.ts';
import { span } from '../terminal/views/times.ts';
import { connectionOf, type Going, type Turn, tell } from './going.ts';

/** What can be looked at again while it is waited for. */
type Watched = Pick<Step, 'look'>;

/** AWS's or Spot's turn: minutes are sat through, days handed back unless the user chose to sit. */
export const wait = async (going: Going, step: Watched, move: WaitMove): Promise<Turn> => {
  const { session, options } = going;
  if (options.dryRun || (move.span === 'days' && !session.sits)) {
    tell(going, move);
    return (await offered(going, move)) ? 'look-again' : 'waiting';
  }
  if (move.span === 'days') tell(going, move);
  return sit(going, step, move);
};

const sit = async (going: Going, step: Watched, first: WaitMove): Promise<Turn> => {
  const { session, shownNews, outside } = going;
  const { terminal } = session;
  const progress = terminal.progress(first.reason);
  const show = (news: readonly News[] = []) => {
    for (const { id, text } of news) {
      if (!shownNews.has(id)) progress.note(`    ${terminal.style.faint(text)}`);
      shownNews.add(id);
    }
  };
  try {
    show(first.news);
    let newest = session.clock.now();
    for (let move = first; ; ) {
      const { standstill = quarterHour } = move;
      if (move.span === 'minutes' && session.clock.now() - newest > standstill) {
        progress.clear();
        tell(going, { ...move, reason: `${move.reason} ${nothingNew(standstill)}` });
        return 'waiting';
      }
      await session.clock.sleep(move.pollEvery, session.interrupt.signal);
      const { move: next } = await step.look(outside, connectionOf(going), session.clock);
      if (next.kind !== 'wait' || next.span !== move.span) {
        show(await move.lastNews?.(outside));
        return 'look-again';
      }
      if (next.reason !== move.reason || next.news?.length !== move.news?.length) newest = session.clock.now();
      move = next;
      show(move.news);
      progress.update(move.reason);
    }
  } catch (error) {
    throw error instanceof Cancelled && first.span === 'minutes' ? new Cancelled(goesOn(first.reason)) : error;
  } finally {
    progress.clear();
  }
};

const quarterHour = 15 * 60_000;

const nothingNew = (ms: number): string =>
  `Nothing has changed for ${span(ms)}, so this run waits no longer; the same command looks again.`;

/** AWS does not stop when this program does. */
const goesOn = (reason: string): string =>
  `Interrupted. Everything done so far is saved. AWS goes on without this program: ${reason} The same command looks again.`;

/** During a long wait, someone at a terminal may have in hand what ends it. */
const offered = async ({ session, recorder, options }: Going, { offer }: WaitMove): Promise<boolean> => {
  const { terminal } = session;
  if (!offer || !terminal.interactive || options.dryRun || options.yes) return false;
  const { field } = offer;
  const text = await terminal.ask({
    id: field.id,
    message: `${field.label}, if you have it (Enter to come back later)`,
    check: (typed) => (typed === '' ? undefined : objectionTo(field, typed)),
  });
  if (text === '') return false;
  await recorder.answer({ ...recorder.state.answers, [field.id]: text });
  return true;
};

/** A person's turn outside AWS: settled by a flag, by a yes at the terminal, or handed back. */
export const handover = async (going: Going, move: HandoverMove): Promise<Turn> => {
  const { session, recorder, options, applied, began } = going;
  const { terminal, clock } = session;
  const { settles } = move;
  // What was written in this very run can't have been sent before it began.
  const justWritten = [...applied].some(([id, at]) => id.startsWith('message:') && at >= began);
  const said = options.sent && !justWritten && !options.dryRun;
  if (!said) tell(going, move);
  if (options.dryRun) return 'your-turn';
  if (options.sent && justWritten) terminal.say('--sent was not taken down: the message has only just been written.');
  const settled =
    said ||
    (terminal.interactive &&
      !options.yes &&
      (await terminal.confirm({ id: settles.id, message: settles.message, proposal: false })));
  if (!settled) return 'your-turn';
  await recorder.note({ ...settles.notes, [settles.timeNote]: new Date(clock.now()).toISOString() });
  return 'look-again';
};
