import type { Aws } from './aws/aws.ts';
import { connect, type Line } from './aws/connect.ts';
import { again, type ExplainContext, explain, kindOfNoSession } from './aws/explain.ts';
import type { Caller } from './aws/identity.ts';
import type { Origin } from './aws/origin.ts';
import type { Renew } from './aws/renewing.ts';
import { Cancelled, Problem } from './errors.ts';
import type { Interrupt } from './interrupt.ts';
import type { Terminal } from './terminal/terminal.ts';
import { commandWhole, wrapped } from './terminal/wrap.ts';

/** A line to AWS whose session may end. */
export interface EndingLine extends Omit<Line, 'renew' | 'way'> {
  readonly way: ExplainContext;
  /** Forgets the session, so that the next call begins a fresh one. `renewed`: a person says that they have done their part. */
  anew(renewed: boolean): void;
  /** False where nobody is to be asked even at a terminal, as one answer of many is not worth it. */
  readonly attended: boolean;
}

/**
 * AWS over a line whose session may end in the middle: a fresh one is taken where it can be had without anybody; else a person
 * at a terminal is told what renews it, and the same call is made again. Where nobody can be asked, the call fails.
 */
export const connectLasting = (
  { terminal, interrupt }: { readonly terminal: Terminal; readonly interrupt: Interrupt },
  { anew, attended, ...line }: EndingLine,
): Aws => {
  let known: Caller | undefined;
  /** Once the credentials have become those of another account, nothing more is asked with them. */
  let strayed: Problem | undefined;
  const bare = connect(line);

  /** Who the fresh session is, or why it is none. @throws Problem (wrong-account) */
  const begin = async (renewed: boolean): Promise<Caller | Problem> => {
    anew(renewed);
    try {
      // Whatever is to be made again with it, this is no write.
      const caller = await interrupt.rest(() => bare.identity.whoAmI());
      if (known && caller.account !== known.account) strayed = wrongAccount(known, caller);
      if (strayed) throw strayed;
      return caller;
    } catch (error) {
      if (error instanceof Problem && error.code === 'wrong-account') throw error;
      const problem = explain(error, line.way);
      // Mistyped keys are no session either.
      if (problem?.code !== 'credentials' || !(renewed || kindOfNoSession(error))) throw error;
      return problem;
    }
  };

  const ask = async (first: Problem): Promise<true> => {
    const say = (text: string, indent = 0) => terminal.say(wrapped(text, terminal.columns, indent));
    for (let problem = first; ; ) {
      interrupt.check();
      terminal.say('');
      say(`${terminal.style.warning('!')} ${problem.message}`);
      for (const text of problem.advice) if (text !== again) say(commandWhole(text), 2);
      await interrupt.rest(() =>
        terminal.ask({
          id: 'renewed',
          message: 'Press Enter once that is done (Ctrl-C stops here; everything is saved)',
          check: () => undefined,
        }),
      );
      const begun = await begin(true);
      if (!(begun instanceof Problem)) {
        known ??= begun;
        say(`${terminal.style.good('✔')} Signed in as ${begun.arn}; it goes on where it was.`);
        return true;
      }
      problem = begun;
    }
  };

  const renewing: Renew = async (error, failedAgain) => {
    const problem = explain(error, line.way);
    const { origin, roleArn } = line.way;
    if (!problem || (!origin && !roleArn)) return false;
    const begun = failedAgain ? problem : await begin(false).catch(concluding(problem));
    if (!(begun instanceof Problem)) return true;
    if (terminal.interactive && attended && origin && renewable(origin)) return ask(problem).catch(concluding(problem));
    throw problem;
  };

  const credentials: Line['credentials'] = async (properties) => {
    if (strayed) throw strayed;
    return line.credentials(properties);
  };
  const aws = connect({ ...line, credentials, renew: renewing });
  return {
    ...aws,
    identity: {
      ...aws.identity,
      async whoAmI() {
        const caller = await aws.identity.whoAmI();
        known ??= caller;
        return caller;
      },
    },
  };
};

/** What a running process was given at its start can't be changed in it, and a machine's role is nobody's to sign in to. */
const renewable = ({ kind }: Origin): boolean => kind !== 'environment' && kind !== 'machine';

/** Whoever leaves instead of renewing has a call behind them that was refused. */
const concluding =
  (cause: Problem) =>
  (thrown: unknown): never => {
    throw thrown instanceof Cancelled ? Object.assign(thrown, { cause }) : thrown;
  };

const wrongAccount = (before: Caller, now: Caller): Problem =>
  new Problem(
    `The new session belongs to account ${now.account} (${now.arn}), and this is about account ${before.account}. Nothing was written with it.`,
    [`Sign in to account ${before.account} again. Which one it is now: aws sts get-caller-identity`, again],
    'wrong-account',
  );
