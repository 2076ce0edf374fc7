import { Readable } from 'node:stream';
import { connect } from './aws/connect.ts';
import { cutOff } from './aws/cut-off.ts';
import { longestSilence, type Requests, supervised } from './aws/requests.ts';
import type { Clock } from './clock.ts';
import type { Rehearsal } from './commands/rehearse.ts';
import type { Interrupt } from './interrupt.ts';
import { memoryOutbox } from './outbox.ts';
import { patience } from './patience.ts';
import { rehearsedClock } from './rehearsed-clock.ts';
import { rehearsedCredentials } from './rehearsed-credentials.ts';
import { connectLasting, type EndingLine } from './session-renewal.ts';
import { createSimulator, type Simulator } from './simulator/handler.ts';
import { sceneNamed } from './simulator/scenes/index.ts';
import { sceneAccount as account } from './simulator/scenes/stage.ts';
import { serve } from './simulator/server.ts';
import { sessionUntil } from './simulator/session-end.ts';
import { accountOf } from './simulator/world.ts';
import { memoryStore } from './state/memory-store.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Long enough to be seen, short enough for a week in a minute. */
const blink = 40;

export interface RehearsalFacts {
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  readonly tool: string;
}

/** Worlds with trouble in them, by the names that --scene takes. */
export { scenes } from './simulator/scenes/index.ts';

/** A session in a world of its own, arranged for a scene when one is named. */
export const rehearsal = (facts: RehearsalFacts, sceneName?: string): Rehearsal =>
  rehearsalOver(facts, createSimulator({ scene: sceneName === undefined ? undefined : sceneNamed(sceneName) }));

/**
 * The same in a given world: the real clients over the simulated AWS, nothing on disk, no network. Waits that are sat through take
 * `longest` ms of real time at most.
 */
export const rehearsalOver = (
  { terminal, interrupt, tool }: RehearsalFacts,
  simulator: Simulator,
  longest = blink,
): Rehearsal => {
  const { scene } = simulator;
  const clock = rehearsedClock(simulator.clock, longest);
  const requests = supervised(clock.among(simulatedRequests(simulator, clock.silence)), {
    heard: clock.heard,
    interrupt,
  });
  const {
    credentials,
    expiry,
    signIn,
    mend: goOnSigned,
  } = rehearsedCredentials({ terminal, interrupt, requests }, simulator);
  const line: EndingLine = {
    credentials,
    endpoints: {},
    requests,
    way: { origin: { kind: 'sso', profile: 'rehearsal' } },
    // Pauses between attempts are random, and simulated time is not.
    patience: patience(terminal, clock, async () => {}),
    attended: true,
    anew(renewed) {
      if (renewed) signIn();
    },
  };
  const connected = {
    aws: connectLasting({ terminal, interrupt }, line),
    endpoint: 'aws',
    lookingUntil: (signal: AbortSignal) => connect({ ...line, requests: cutOff(requests, signal) }),
    expiry,
  };
  const mends = scene?.mend ? [scene.mend] : [];
  return {
    session: {
      terminal,
      interrupt,
      clock,
      tool,
      sits: false,
      store: memoryStore(),
      outbox: memoryOutbox(),
      objections: () => [],
      assumes: async () => false,
      connect: async () => connected,
      open: async () => 'a rehearsal keeps no files',
    },
    pass: (ms) => simulator.clock.advance(ms),
    link: () => simulator.link(account),
    scene,
    mend() {
      const mend = mends.pop();
      if (!mend) return undefined;
      simulator.mend();
      // Whoever comes back after that has signed in again.
      goOnSigned();
      return { told: mend.told, flags: mend.flags ?? {} };
    },
  };
};

/**
 * The simulated AWS in place of the network: serialising, signing, retrying and error parsing stay real. A call that gets no answer is
 * given up once `sleep` has let the usual time pass, or when it is aborted.
 */
export const simulatedRequests = (
  simulator: Simulator,
  sleep: Clock['sleep'] = async (ms) => simulator.clock.advance(ms),
): Requests => ({
  async handle(request, options) {
    const { status, headers, body, cut } = simulator.handle({
      method: request.method,
      host: request.hostname,
      path: request.path,
      query: Object.fromEntries(
        Object.entries(request.query ?? {}).map(([key, value]) => [key, [value ?? ''].flat().join(',')]),
      ),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
      body: await bytesOf(request.body),
    });
    if (cut === 'reset') throw failed('socket hang up', { name: 'TimeoutError', code: 'ECONNRESET' });
    if (cut === 'hang') {
      await sleep(longestSilence, options?.abortSignal as AbortSignal | undefined);
      throw failed(
        `@smithy/node-http-handler - [ERROR] a request has exceeded the configured ${longestSilence} ms requestTimeout.`,
        { name: 'TimeoutError', code: 'ETIMEDOUT' },
      );
    }
    const answer = Readable.from(cut === 'truncate' ? halfOf(body) : [body]);
    return { response: { statusCode: status, headers: { ...headers }, body: answer } as never };
  },
});

/** As node:http and the SDK's handler over it throw it. */
const failed = (message: string, more: { readonly name?: string; readonly code: string }): Error =>
  Object.assign(new Error(message), more);

const halfOf = function* (body: Uint8Array) {
  yield body.subarray(0, body.length / 2);
  throw failed('aborted', { code: 'ECONNRESET' });
};

const bytesOf = async (body: unknown): Promise<Uint8Array> => {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Uint8Array | string>) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

/** Serves a fresh simulated AWS on 127.0.0.1, arranged for a scene when one is named. Port 0 picks a free one. */
export const simulatedServer = async (port: number, sceneName?: string) => {
  const simulator = createSimulator({ scene: sceneName === undefined ? undefined : sceneNamed(sceneName) });
  const server = await serve(simulator, { port });
  return { ...server, expires: sessionUntil(accountOf(simulator.world, account)) };
};
