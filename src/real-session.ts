import { homedir, hostname } from 'node:os';
import { resolve } from 'node:path';
import { endpointObjections } from './aws/endpoints.ts';
import { systemClock } from './clock.ts';
import { Problem } from './errors.ts';
import type { Interrupt } from './interrupt.ts';
import { outboxIn } from './outbox.ts';
import type { Connected, Session } from './session.ts';
import { fileStore } from './state/file-store.ts';
import type { Access } from './state/state.ts';
import type { Terminal } from './terminal/terminal.ts';

export interface RealFacts {
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly tool: string;
  readonly home: string | undefined;
  readonly endpointUrl: string | undefined;
  readonly sits: boolean;
  readonly verbose: boolean;
}

/** A session with the real world: files under the home, AWS over the network. */
export const realSession = (facts: RealFacts): Session => {
  const { terminal, interrupt, env, pid, tool, sits } = facts;
  const clock = systemClock();
  const home = resolve(facts.home || env.SPOT_CUR_HOME || resolve(homedir(), '.spot-cur'));
  const sleep = (ms: number) => clock.sleep(ms);
  // A code is good for one session, and the session is kept: MFA is asked for once a run.
  const connections = new Map<string, Promise<Connected>>();
  const connect = (access: Access): Promise<Connected> => {
    const key = JSON.stringify(access);
    const known = connections.get(key) ?? open(access);
    connections.set(key, known);
    return known;
  };
  const open = async (access: Access): Promise<Connected> => {
    const [
      { connect: connectClients },
      { checkProfile, credentials, findEndpoints },
      { networkRequests, supervised },
      { worldOf },
    ] = await Promise.all([
      import('./aws/connect.ts'),
      import('./aws/credentials.ts'),
      import('./aws/requests.ts'),
      import('./aws/endpoints.ts'),
    ]);
    if (access.profile) await checkProfile(access.profile);
    const endpoints = await findEndpoints(facts.endpointUrl, access.profile, env);
    const requests = supervised(networkRequests(), {
      heard: clock.heard,
      interrupt,
      ...(facts.verbose && { log: (line: string) => terminal.say(terminal.style.faint(line)) }),
    });
    const chain = credentials(access, { requests, endpoints, askMfa: (serial) => askMfa(terminal, serial) });
    return { aws: connectClients({ ...chain, endpoints, requests }), endpoint: worldOf(endpoints) };
  };
  return {
    terminal,
    interrupt,
    clock,
    tool,
    sits,
    store: fileStore(home, { pid, host: hostname(), now: Date.now, sleep }),
    outbox: outboxIn(home),
    objections: () => endpointObjections({ flag: facts.endpointUrl, env }),
    connect,
  };
};

const askMfa = async (terminal: Terminal, serial: string): Promise<string> => {
  if (!terminal.interactive)
    throw new Problem(
      `The role asks for a code of the MFA device ${serial}, and nobody can be asked here.`,
      ['Run the same command at a terminal, or use credentials that have a session already.'],
      'credentials',
    );
  return terminal.ask({
    id: 'mfa-code',
    message: `Code of the MFA device ${serial}`,
    check: (text) => (/^\d{6}$/.test(text) ? undefined : 'A code has exactly 6 digits.'),
  });
};
