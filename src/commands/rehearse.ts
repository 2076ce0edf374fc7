import { Cancelled } from '../errors.ts';
import type { Session } from '../session.ts';
import { steps } from '../steps/index.ts';
import { span } from '../terminal/views/times.ts';
import { wrapped } from '../terminal/wrap.ts';
import type { Ending } from '../wizard/going.ts';
import type { WalkCommandOptions } from './options.ts';
import { exitCodeFor } from './setup.ts';
import { walkConnection } from './walk-connection.ts';

/** A session in a simulated world, and the hands that move that world. */
export interface Rehearsal {
  readonly session: Session;
  /** Lets simulated time pass, ms. */
  pass(ms: number): void;
  /** Spot's link, once Spot has answered. */
  link(): string | undefined;
}

const customer = 'rehearsal';
/** Answers that only the user could know, for a rehearsal without questions. */
const examples = { 'spot-org-id': '60012345', 'msp-account': '999988887777' };
const patience = 30;

/** Plays the whole procedure: setup, the waits as jumps of the clock, resume, the link, the extractor. @returns the exit code */
export const rehearse = async (world: Rehearsal, options: WalkCommandOptions): Promise<number> => {
  const { terminal } = world.session;
  const results: string[] = [];
  const session: Session = {
    ...world.session,
    terminal: { ...terminal, result: (text) => void results.push(text) },
  };
  const { style, columns } = terminal;
  const say = (text: string) => terminal.say(wrapped(text, columns));
  const banner = () => terminal.say(`\n${style.banner(' REHEARSAL: a simulated AWS; nothing here is real or saved ')}`);
  banner();
  say('You go through the same questions as with a real account. Each wait is a jump of the simulated clock.\n');
  let given: WalkCommandOptions = {
    ...options,
    hushed: true,
    customer,
    flags: { ...(options.yes && examples), ...options.flags },
  };
  let mode: 'setup' | 'resume' = 'setup';
  let ending: Ending | undefined;
  for (let round = 0; round < patience; round += 1) {
    ending = await walkConnection(session, steps, given, mode).catch(letGo);
    const next = await passTime(ending, world, say, options.yes);
    if (!next) break;
    banner();
    given = { ...given, ...next, flags: { ...next.flags } };
    mode = 'resume';
  }
  // Each round made a document of its own; the last one says how it all ended.
  const last = results.at(-1);
  if (last !== undefined) terminal.result(last);
  if (ending?.kind !== 'done')
    say(`\nThe rehearsal ends here; nothing was kept. Again: ${style.command('spot-cur rehearse')}`);
  else
    say(
      `\n${style.good('✔')} All three steps are done. That was the whole procedure.\nWith a real account: ${style.command('spot-cur setup <customer>')}`,
    );
  return ending ? exitCodeFor(ending) : 1;
};

/** Leaving a rehearsal loses nothing, as there is nothing. */
const letGo = (error: unknown): never => {
  throw error instanceof Cancelled ? new Cancelled('Interrupted. The rehearsal ends here; nothing was kept.') : error;
};

/** What the world does until the next run, and what that run is given; undefined when the story is over. */
const passTime = async (
  { kind, looks }: Ending,
  { session, pass, link }: Rehearsal,
  say: (text: string) => void,
  yes: boolean,
): Promise<Pick<WalkCommandOptions, 'flags' | 'sent'> | undefined> => {
  const move = looks.at(-1)?.move;
  if (kind === 'your-turn' && move?.kind === 'handover') {
    say(
      yes
        ? '\n(The rehearsal takes the message as sent.)'
        : '\n(In a rehearsal nobody has to be written to: the message is taken as sent.)',
    );
    return { flags: {}, sent: true };
  }
  if (kind !== 'waiting' || move?.kind !== 'wait') return undefined;
  const ms = Math.max((move.expectedBy ?? 0) - session.clock.now(), 3_600_000);
  pass(ms);
  say(`\n${session.terminal.style.warning('»')} ${span(ms)} later …`);
  const found = move.offer ? link() : undefined;
  if (!found) return { flags: {}, sent: false };
  say(`Spot has sent the link:\n${found}`);
  return { flags: { link: found }, sent: false };
};
