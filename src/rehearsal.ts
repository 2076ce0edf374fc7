import { Readable } from 'node:stream';
import { connect } from './aws/connect.ts';
import { type Requests, supervised } from './aws/requests.ts';
import type { Clock } from './clock.ts';
import type { Rehearsal } from './commands/rehearse.ts';
import type { Interrupt } from './interrupt.ts';
import { memoryOutbox } from './outbox.ts';
import { createSimulator, type Simulator } from './simulator/handler.ts';
import { serve } from './simulator/server.ts';
import { memoryStore } from './state/memory-store.ts';
import type { Terminal } from './terminal/terminal.ts';

const account = '111122223333';
/** Long enough to be seen, short enough for a week in a minute. */
const blink = 40;

export interface RehearsalFacts {
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  readonly tool: string;
}

/** A session in a world of its own: the real clients over a simulated AWS, nothing on disk, no network. */
export const rehearsal = ({ terminal, interrupt, tool }: RehearsalFacts, simulator = createSimulator()): Rehearsal => {
  const clock: Clock = {
    now: () => simulator.clock.now(),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, blink)));
      signal?.throwIfAborted();
      simulator.clock.advance(ms);
    },
  };
  const requests = supervised(simulatedRequests(simulator), { heard: () => {}, interrupt });
  const credentials = async () => ({ accessKeyId: account, secretAccessKey: 'rehearsal' });
  const connected = { aws: connect({ credentials, endpoints: {}, requests }), endpoint: 'aws' };
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
      connect: async () => connected,
    },
    pass: (ms) => simulator.clock.advance(ms),
    link: () => simulator.link(account),
  };
};

/** The simulated AWS in place of the network: serialising, signing, retrying and error parsing stay real. */
export const simulatedRequests = (simulator: Simulator): Requests => ({
  async handle(request) {
    const { status, headers, body } = simulator.handle({
      method: request.method,
      host: request.hostname,
      path: request.path,
      query: Object.fromEntries(
        Object.entries(request.query ?? {}).map(([key, value]) => [key, [value ?? ''].flat().join(',')]),
      ),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
      body: await bytesOf(request.body),
    });
    return { response: { statusCode: status, headers: { ...headers }, body: Readable.from([body]) } as never };
  },
});

const bytesOf = async (body: unknown): Promise<Uint8Array> => {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Uint8Array | string>) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

/** Serves a fresh simulated AWS on 127.0.0.1. Port 0 picks a free one. */
export const simulatedServer = (port: number) => serve(createSimulator(), { port });
