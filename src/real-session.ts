import { homedir, hostname, platform } from 'node:os';
import { resolve } from 'node:path';
import { endpointObjections } from './aws/endpoints.ts';
import { systemClock } from './clock.ts';
import { Problem } from './errors.ts';
import type { Interrupt } from './interrupt.ts';
import { askForCode } from './mfa-code.ts';
import { outboxIn } from './outbox.ts';
import type { Connected, Session } from './session.ts';
import { fileStore } from './state/file-store.ts';
import type { Access } from './state/state.ts';
import { openFile } from './terminal/open-file.ts';
import type { Terminal } from './terminal/terminal.ts';
import { when } from './terminal/views/times.ts';
import { shellWord } from './text.ts';

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
  const devices = new Set<string>();
  const connect = (access: Access, unasked = false): Promise<Connected> => {
    const key = JSON.stringify([access, unasked]);
    const known = connections.get(key) ?? open(access, !unasked);
    connections.set(key, known);
    return known;
  };
  const open = async (access: Access, attended: boolean): Promise<Connected> => {
    const [
      { connect: connectClients },
      { checkProfile, credentials, findEndpoints },
      { networkRequests, supervised },
      { worldOf },
      { cutOff },
      { findOrigin },
      { connectLasting },
      { patience },
    ] = await Promise.all([
      import('./aws/connect.ts'),
      import('./aws/credentials.ts'),
      import('./aws/requests.ts'),
      import('./aws/endpoints.ts'),
      import('./aws/cut-off.ts'),
      import('./aws/origin.ts'),
      import('./session-renewal.ts'),
      import('./patience.ts'),
    ]);
    const profile = access.profile || env.AWS_PROFILE;
    if (profile) await checkProfile(profile);
    const endpoints = await findEndpoints(facts.endpointUrl, access.profile, env);
    const requests = supervised(networkRequests(env), {
      heard: clock.heard,
      interrupt,
      ...(facts.verbose && { log: (line: string) => terminal.say(terminal.style.faint(line)) }),
    });
    const { findRoleSource } = await import('./aws/role-source.ts');
    const chain = credentials(access, {
      requests,
      endpoints,
      askMfa: async (serial, refused) => {
        if (!attended && !refused && devices.has(serial)) throw anotherCode(serial);
        devices.add(serial);
        return interrupt.rest(() => askForCode(terminal, serial, refused));
      },
      roleSource: access.roleArn ? undefined : await findRoleSource(access.profile, env),
    });
    const way = { ...access, origin: await findOrigin(access.profile, env) };
    const line = { ...chain, endpoints, requests, way, patience: patience(terminal, clock, sleep) };
    return {
      aws: connectLasting({ terminal, interrupt }, { ...line, attended }),
      endpoint: worldOf(endpoints),
      lookingUntil: (signal) => connectClients({ ...line, requests: cutOff(requests, signal) }),
      expiry: async () => (await chain.credentials()).expiration?.getTime(),
      origin: way.origin,
    };
  };
  return {
    terminal,
    interrupt,
    clock,
    tool,
    sits,
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION,
    store: fileStore(home, {
      pid,
      host: hostname(),
      now: Date.now,
      sleep,
      when: (time) => when(time, Date.now()),
    }),
    outbox: outboxIn(home),
    objections: () => endpointObjections({ flag: facts.endpointUrl, env }),
    assumes: async ({ roleArn, profile }) =>
      roleArn !== undefined ||
      (await (await import('./aws/role-source.ts')).findRoleSource(profile, env)) !== undefined,
    connect,
    open: (path) => openFile(path, { env, platform: platform(), sleep: clock.sleep }),
  };
};

/** Somebody who looks at many connections is not to wait half a minute for a new code at each of them. */
const anotherCode = (serial: string): Problem =>
  new Problem(
    `The role wants a code of the MFA device ${serial} of its own, and this run has asked for one already.`,
    [
      'Look at it alone: spot-cur status <customer>',
      `Or look at all with a session that the code is in: aws sts get-session-token --serial-number ${shellWord(serial)} --token-code <code>`,
    ],
    'credentials',
  );
