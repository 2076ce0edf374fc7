import { explain, isRefusal } from '../aws/explain.ts';
import { Cancelled, Problem } from '../errors.ts';
import type { Change, ChangeMove, Failure, Move, Outcome, Resource } from '../step.ts';
import type { Progress } from '../terminal/terminal.ts';
import { planView } from '../terminal/views/plan.ts';
import { wrapped } from '../terminal/wrap.ts';
import { type Going, type Turn, tell } from './going.ts';
import { waitForSight } from './sight.ts';

/** Shows the plan, has it confirmed, makes its changes one after the other. */
export const change = async (going: Going, move: ChangeMove, standing: readonly Resource[]): Promise<Turn> => {
  const { after, thenStop } = move;
  if (after) await going.recorder.release(after.lost);
  if (after && !goesOnAfter(going, after)) {
    tell(going, { kind: 'blocked', reason: after.reason, advice: after.advice });
    return 'blocked';
  }
  const fresh = move.changes.filter(({ id }) => !going.applied.has(id));
  if (fresh.length === 0 && !going.options.dryRun) return waitForSight(going, move);
  const vain = fresh.find(({ id }) => (going.made.get(id) ?? 0) >= mostOften);
  if (vain) {
    tell(going, inVain(going, vain));
    return 'blocked';
  }
  if (move.personOnly && !going.session.terminal.interactive && !going.options.dryRun) {
    tell(going, { kind: 'blocked', ...move.personOnly });
    return 'blocked';
  }
  const agreed = await agree(going, { ...move, changes: fresh });
  if (agreed !== 'agreed') return agreed;
  await going.recorder.found(standing);
  if (move.notes) await going.recorder.note(move.notes);
  for (const each of fresh) {
    const { stood } = await make(going, each);
    if (stood) {
      // The rest of the plan was meant for what it would have made.
      going.agreed.delete(move.plan);
      return 'look-again';
    }
    if (each.confirms && going.agreed.get(move.plan) === 'person') await going.recorder.note(each.confirms);
  }
  if (!thenStop) return 'look-again';
  tell(going, { kind: 'blocked', ...thenStop });
  return 'blocked';
};

/** What is made more often than this in one run changes nothing: AWS keeps showing something else than what it was sent. */
const mostOften = 3;

const inVain = ({ recorder }: Going, { summary }: Change): Extract<Move, { kind: 'blocked' }> => ({
  kind: 'blocked',
  reason: `This was done ${mostOften} times in this run, and AWS still shows something else than what it was sent: ${summary}.`,
  advice: [
    `See what it shows: spot-cur status ${recorder.state.customer}`,
    `Each call with AWS's answer: spot-cur resume ${recorder.state.customer} --verbose`,
  ],
});

/** One attempt a run; one more where the cause passes by itself. What came to nothing with it may be made again. */
const goesOnAfter = ({ made, applied, session: { terminal } }: Going, failure: Failure): boolean => {
  const attempts = made.get(failure.attempt) ?? 0;
  if (attempts > (failure.passing ? 1 : 0)) return false;
  if (attempts > 0 && failure.undone.some((id) => applied.has(id)))
    terminal.say(wrapped(terminal.style.warning(`! ${failure.reason} It is tried once more.`), terminal.columns));
  for (const id of failure.undone) applied.delete(id);
  return true;
};

const agree = async (
  { session, options, caller, connected, agreed }: Going,
  move: ChangeMove,
): Promise<'agreed' | 'planned' | 'declined'> => {
  const { terminal } = session;
  if (agreed.get(move.plan) === 'person' || (agreed.has(move.plan) && !move.personOnly)) return 'agreed';
  const facts = { account: caller.account, arn: caller.arn, endpoint: connected.endpoint };
  terminal.say(planView(move, facts, terminal.style, terminal.columns));
  if (options.dryRun) return 'planned';
  terminal.say('');
  if (move.typed !== undefined)
    return agreeByTyping({ session, options, agreed }, { ...move, typed: move.typed, account: caller.account });
  const asks = !options.yes || move.personOnly !== undefined;
  if (asks) {
    if (!terminal.interactive)
      throw new Problem(
        'The plan needs somebody to agree to it, and nobody can be asked here.',
        ['Agree with --yes, or look only with --dry-run.'],
        'usage',
      );
    const message = `Do this in account ${caller.account}?`;
    if (!(await terminal.confirm({ id: 'yes', message, proposal: false }))) return 'declined';
  }
  agreed.set(move.plan, asks ? 'person' : 'flag');
  return 'agreed';
};

/** What can't be had again takes more than a yes: the very word, typed or given with --confirm. */
const agreeByTyping = async (
  { session: { terminal }, options, agreed }: Pick<Going, 'session' | 'options' | 'agreed'>,
  { plan, typed, account }: { readonly plan: string; readonly typed: string; readonly account: string },
): Promise<'agreed' | 'declined'> => {
  if (options.confirm !== typed) {
    if (!terminal.interactive)
      throw new Problem(
        'This takes more than a yes, and nobody can be asked here.',
        [`If the plan is right, run the same command with --confirm ${typed}`, 'Or look only, with --dry-run.'],
        'usage',
      );
    const message = `Type ${typed} to have this done in account ${account}; anything else leaves all as it is`;
    const said = await terminal.ask({ id: 'confirm', message, check: () => undefined });
    if (said.trim() !== typed) return 'declined';
  }
  agreed.set(plan, options.confirm === typed ? 'flag' : 'person');
  return 'agreed';
};

/** Journals the intent, makes the change, journals the outcome. An attempt that got no answer stays without outcome. */
const make = async (going: Going, each: Change): Promise<Outcome> => {
  const { session, recorder, caller } = going;
  const { terminal, clock } = session;
  session.interrupt.check();
  const token = await recorder.intend(each, caller.arn);
  const progress = terminal.progress(each.summary);
  let outcome: Outcome;
  try {
    outcome = await persist(going, each, token, progress);
    const { told, stood } = outcome;
    going.applied.set(each.id, clock.now());
    going.made.set(each.id, (going.made.get(each.id) ?? 0) + 1);
    if (each.undoes) going.applied.delete(each.undoes);
    if (stood) progress.fail(each.summary);
    else {
      going.did.push(each.summary);
      progress.done(each.summary);
    }
    if (told) terminal.say(wrapped(told, terminal.columns, 2));
  } catch (error) {
    progress.fail(each.summary);
    // Whoever leaves instead of renewing a session leaves a refused call behind.
    const refusal = error instanceof Cancelled ? error.cause : error;
    if (refused(refusal)) await recorder.fail(token, refusal);
    else if (explain(refusal)) terminal.say(wrapped(unclear, terminal.columns, 2));
    throw error;
  }
  session.interrupt.check();
  return outcome;
};

/** After an attempt that got no answer. */
const unclear = 'Whether this took effect is not known. The next run looks, and makes nothing twice.';

const firstPause = 3_000;
const longestPause = 15_000;

/** Tries again, for as long as the change allows, what passes by itself; the user sees why. */
const persist = async (
  { session, recorder, outside }: Going,
  each: Change,
  token: string,
  progress: Progress,
): Promise<Outcome> => {
  const { clock, interrupt } = session;
  const began = clock.now();
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    try {
      return await interrupt.shield(async () => {
        const outcome = await each.apply(outside, token, {
          tell: (news) => progress.update(`${each.summary}: ${news}`),
          check: () => interrupt.check(),
        });
        await recorder.succeed(token, each, outcome);
        return outcome;
      });
    } catch (error) {
      const why = each.retry?.passing(error);
      if (why === undefined || clock.now() - began > (each.retry?.forMs ?? 0)) throw error;
      progress.update(`${each.summary}: ${why}; trying again in ${Math.round(pause / 1000)} seconds`);
      await clock.sleep(pause, interrupt.signal);
    }
  }
};

/** True when it is known that nothing came of the change, not only that no answer came. */
const refused = (error: unknown): error is Error =>
  error instanceof Error && (error instanceof Problem || isRefusal(error));
