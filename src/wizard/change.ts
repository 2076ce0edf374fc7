import { Problem } from '../errors.ts';
import type { Change, ChangeMove, Outcome } from '../step.ts';
import type { Progress } from '../terminal/terminal.ts';
import { planView } from '../terminal/views/plan.ts';
import { wrapped } from '../terminal/wrap.ts';
import { type Going, type Turn, tell } from './going.ts';
import { waitForSight } from './sight.ts';

/** Shows the plan, has it confirmed, makes its changes one after the other. */
export const change = async (going: Going, move: ChangeMove): Promise<Turn> => {
  const { after, thenStop } = move;
  if (after && (going.applied.get(after.attempt) ?? 0) >= going.began) {
    tell(going, { kind: 'blocked', ...after });
    return 'blocked';
  }
  const fresh = move.changes.filter(({ id }) => id === after?.attempt || !going.applied.has(id));
  if (fresh.length === 0 && !going.options.dryRun) return waitForSight(going, move);
  if (move.personOnly && !going.session.terminal.interactive && !going.options.dryRun) {
    tell(going, { kind: 'blocked', ...move.personOnly });
    return 'blocked';
  }
  const agreed = await agree(going, { ...move, changes: fresh });
  if (agreed !== 'agreed') return agreed;
  for (const each of fresh) {
    await make(going, each);
    if (each.confirms && going.agreed.get(move.plan) === 'person') await going.recorder.note(each.confirms);
  }
  if (!thenStop) return 'look-again';
  tell(going, { kind: 'blocked', ...thenStop });
  return 'blocked';
};

const agree = async (
  { session, options, caller, connected, agreed }: Going,
  move: ChangeMove,
): Promise<'agreed' | 'planned' | 'declined'> => {
  const { terminal } = session;
  if (agreed.has(move.plan)) return 'agreed';
  const facts = { account: caller.account, arn: caller.arn, endpoint: connected.endpoint };
  terminal.say(planView(move, facts, terminal.style, terminal.columns));
  if (options.dryRun) return 'planned';
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

/** Journals the intent, makes the change, journals the outcome. An attempt that got no answer stays without outcome. */
const make = async (going: Going, each: Change): Promise<void> => {
  const { session, recorder, caller } = going;
  const { terminal, clock } = session;
  session.interrupt.check();
  const token = await recorder.intend(each, caller.arn);
  const progress = terminal.progress(each.summary);
  try {
    const { told } = await persist(going, each, token, progress);
    going.applied.set(each.id, clock.now());
    if (each.undoes) going.applied.delete(each.undoes);
    going.did.push(each.summary);
    progress.done(each.summary);
    if (told) terminal.say(wrapped(told, terminal.columns, 2));
  } catch (error) {
    progress.fail(each.summary);
    if (answered(error)) await recorder.fail(token, error);
    throw error;
  }
  session.interrupt.check();
};

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
        const outcome = await each.apply(outside, token);
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

/** True when it is known that the change was refused, not only that no answer came. */
const answered = (error: unknown): error is Error =>
  error instanceof Error &&
  (error instanceof Problem ||
    (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined);
