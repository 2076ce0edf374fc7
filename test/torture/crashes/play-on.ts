import { runCli } from '../../../src/cli.ts';
import type { Commands } from '../../../src/command-line.ts';
import { handover } from '../../../src/commands/handover.ts';
import { remove } from '../../../src/commands/remove.ts';
import { resume } from '../../../src/commands/resume.ts';
import { setup } from '../../../src/commands/setup.ts';
import { status } from '../../../src/commands/status.ts';
import { interrupt } from '../../../src/interrupt.ts';
import { realSession } from '../../../src/real-session.ts';
import { rehearsalOver } from '../../../src/rehearsal.ts';
import type { Session } from '../../../src/session.ts';
import type { Simulator } from '../../../src/simulator/handler.ts';
import { scriptedTerminal } from '../../support/scripted-terminal.ts';

/** What a command is played over: the files of a home, and a world that is known to them by its address. */
interface Scenery {
  readonly home: string;
  readonly simulator: Simulator;
  readonly url: string;
}

/**
 * Runs a command in this process, over a real home and the simulator without a network between: it takes a tenth of what starting
 * the program takes, and what it waits for passes at once. @returns the exit code and what was printed
 */
export const playOn = async (words: readonly string[], { home, simulator, url }: Scenery) => {
  const terminal = scriptedTerminal(undefined);
  const facts = { terminal, interrupt: interrupt(), tool: 'torture' };
  const { session } = rehearsalOver(facts, simulator, 0);
  const process = { env: {}, pid: globalThis.process.pid, endpointUrl: url, sits: false, verbose: false };
  const { store, outbox } = realSession({ ...facts, ...process, home });
  const connect: Session['connect'] = async (access) => ({ ...(await session.connect(access)), endpoint: url });
  const given: Session = { ...session, store, outbox, connect };
  const commands: Partial<Commands> = {
    setup: (options) => setup(given, options),
    resume: (options) => resume(given, options),
    handover: (options) => handover(given, options),
    status: (options) => status(given, options),
    remove: (options) => remove(given, options),
  };
  const code = await runCli(words, 'torture', commands as Commands, { out: terminal.say });
  return { code, said: terminal.stdout() || terminal.transcript() };
};
