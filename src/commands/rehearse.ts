import type { Flags } from '../answers.ts';
import { explain } from '../aws/explain.ts';
import { Cancelled, type Problem } from '../errors.ts';
import type { Session } from '../session.ts';
import { steps } from '../steps/index.ts';
import type { Style } from '../terminal/style.ts';
import { problemDocument, problemView } from '../terminal/views/problem.ts';
import type { SceneTitle } from '../terminal/views/scenes.ts';
import { span } from '../terminal/views/times.ts';
import { unbroken, wrapped } from '../terminal/wrap.ts';
import { json } from '../text.ts';
import type { Ending } from '../wizard/going.ts';
import type { WalkCommandOptions } from './options.ts';
import { exitCodeFor } from './setup.ts';
import { walkConnection } from './walk-connection.ts';

/** A session in a simulated world, and the hands that move that world. */
export interface Rehearsal {
  readonly session: Session;
  /** The trouble that the world was prepared with; absent where nothing is wrong. */
  readonly scene?: SceneTitle | undefined;
  /** Lets simulated time pass, ms. */
  pass(ms: number): void;
  /** Spot's link, once Spot has answered. */
  link(): string | undefined;
  /** Does once what gets the scene on, and says so; undefined when there is nothing (more) to be done. */
  mend(): Mended | undefined;
}

/** What was done about a scene's trouble. */
export interface Mended {
  /** One sentence: what a person would do now. */
  readonly told: string;
  /** What all later runs are given. */
  readonly flags: Flags;
}

const customer = 'rehearsal';
/** Answers that only the user could know, for a rehearsal without questions. */
const examples = { 'spot-org-id': '60012345', 'msp-account': '999988887777' };
const patience = 30;
const day = 24 * 3_600_000;
/** How long nobody looks again at what is overdue, ms. */
const overdue = 3 * 3_600_000;
/** What a person takes to send a message, ms. */
const sending = 10 * 60_000;

/** Where a run led to: an end of the walk, or trouble that main would tell. */
type Outcome = { readonly ending: Ending } | { readonly problem: Problem };

/** A rehearsal under way. */
interface Play {
  readonly world: Rehearsal;
  readonly session: Session;
  readonly options: WalkCommandOptions;
  readonly say: (text: string) => void;
  readonly banner: () => void;
}

/** Plays the whole procedure: setup, the waits as jumps of the clock, resume, the link, the extractor. @returns the exit code */
export const rehearse = async (world: Rehearsal, options: WalkCommandOptions): Promise<number> => {
  const { terminal } = world.session;
  const { style, columns } = terminal;
  const results: string[] = [];
  const session: Session = {
    ...world.session,
    terminal: { ...terminal, result: (text) => void results.push(text) },
  };
  const say = (text: string) => terminal.say(wrapped(text, columns));
  const banner = () => terminal.say(`\n${style.banner(' REHEARSAL: a simulated AWS; nothing here is real or saved ')}`);
  banner();
  if (world.scene) say(`Scene ${style.strong(world.scene.name)}: ${world.scene.title}`);
  say('You go through the same questions as with a real account. Each wait is a jump of the simulated clock.\n');
  const outcome = await play({ world, session, options, say, banner });
  // Each round made a document of its own; the last one says how it all ended.
  const last = results.at(-1);
  if (last !== undefined) terminal.result(last);
  say(farewell(outcome, world.scene, style));
  return 'problem' in outcome ? outcome.problem.exitCode : exitCodeFor(outcome.ending);
};

/** Run after run, as somebody would type them day by day, until the story is over. */
const play = async (playing: Play): Promise<Outcome> => {
  const { session, options, banner } = playing;
  const begun: Flags = { ...(options.yes && examples), ...options.flags };
  let mended: Flags = {};
  let given: WalkCommandOptions = { ...options, hushed: true, customer, flags: begun };
  let link: Flags[string];
  for (let round = 1; ; round += 1) {
    const before = (await session.store.load(customer)) !== undefined;
    const outcome = await outcomeOf(walkConnection(session, steps, given, before ? 'resume' : 'setup'));
    if ('problem' in outcome) showProblem(playing, outcome.problem);
    const next = round < patience ? await goOn(playing, outcome, link) : undefined;
    if (!next) return outcome;
    link = next.flags.link ?? link;
    mended = { ...mended, ...next.mended };
    banner();
    const known = (await session.store.load(customer)) !== undefined;
    const restoreNotifications = mended['restore-notifications'] !== undefined;
    // What was given at the beginning is saved, unless there was nothing to save it with.
    const flags = { ...(known ? {} : begun), ...mended, ...next.flags };
    given = { ...given, sent: next.sent, restoreNotifications, flags };
  }
};

/** What the next run is given. */
interface Next extends Pick<WalkCommandOptions, 'flags' | 'sent'> {
  /** What all later ones are given too. */
  readonly mended?: Flags;
}

/** What happens until the next run: somebody does something about the trouble, or time passes; undefined when the story is over. */
const goOn = async (
  { world, options, say }: Play,
  outcome: Outcome,
  taken: Flags[string],
): Promise<Next | undefined> => {
  if ('ending' in outcome && outcome.ending.kind !== 'blocked')
    return passTime(outcome.ending, world, say, options.yes);
  const mend = options.dryRun ? undefined : world.mend();
  if (!mend) return undefined;
  say(`\n${world.session.terminal.style.warning('»')} ${mend.told}`);
  const link = taken === undefined ? undefined : world.link();
  if (link === undefined || link === taken) return { flags: {}, sent: false, mended: mend.flags };
  say(`Spot has sent another link:\n${link}`);
  return { flags: { link }, sent: false, mended: mend.flags };
};

/** As main shows it. */
const showProblem = ({ session: { terminal }, options }: Play, problem: Problem): void => {
  if (options.json) terminal.result(json(problemDocument(problem)));
  else terminal.say(problemView(problem, terminal.style, terminal.columns));
};

const farewell = (outcome: Outcome, scene: SceneTitle | undefined, style: Style): string => {
  if ('ending' in outcome && outcome.ending.kind === 'done') {
    const where = scene ? `, in the scene ${scene.name}` : '';
    const command = style.command('spot-cur setup <customer>');
    return `\n${style.good('✔')} All three steps are done. That was the whole procedure${where}.\nWith a real account: ${command}`;
  }
  const command = style.command(unbroken(`spot-cur rehearse${scene ? ` --scene ${scene.name}` : ''}`));
  return `\nThe rehearsal${scene ? ` of ${scene.name}` : ''} ends here; nothing was kept. Again: ${command}`;
};

/** What a run came to. Leaving a rehearsal loses nothing, as there is nothing; bugs are thrown on. */
const outcomeOf = async (walking: Promise<Ending>): Promise<Outcome> => {
  try {
    return { ending: await walking };
  } catch (thrown) {
    if (thrown instanceof Cancelled) throw new Cancelled('Interrupted. The rehearsal ends here; nothing was kept.');
    const problem = explain(thrown);
    if (!problem) throw thrown;
    return { problem };
  }
};

/** What the world does until the next run, and what that run is given; undefined when the story is over. */
const passTime = async (
  { kind, looks }: Ending,
  { session, pass, link }: Rehearsal,
  say: (text: string) => void,
  yes: boolean,
): Promise<Next | undefined> => {
  const move = looks.at(-1)?.move;
  if (kind === 'your-turn' && move?.kind === 'handover') {
    say(
      yes
        ? '\n(The rehearsal takes the message as sent.)'
        : '\n(In a rehearsal nobody has to be written to: the message is taken as sent.)',
    );
    // What has only just been written can't have been sent.
    pass(sending);
    return { flags: {}, sent: true };
  }
  if (kind !== 'waiting' || move?.kind !== 'wait') return undefined;
  const ms = move.expectedBy === undefined ? day : Math.max(move.expectedBy - session.clock.now(), overdue);
  pass(ms);
  say(`\n${session.terminal.style.warning('»')} ${span(ms)} later …`);
  const found = move.offer ? link() : undefined;
  if (!found) return { flags: {}, sent: false };
  say(`Spot has sent the link:\n${found}`);
  return { flags: { link: found }, sent: false };
};
