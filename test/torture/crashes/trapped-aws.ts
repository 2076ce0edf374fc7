import { createSimulator, type Simulator } from '../../../src/simulator/handler.ts';
import type { HttpRequest, HttpResponse } from '../../../src/simulator/http.ts';
import { serviceFor } from '../../../src/simulator/route.ts';
import { serve } from '../../../src/simulator/server.ts';
import { services } from '../../../src/simulator/services/services.ts';
import type { World } from '../../../src/simulator/world.ts';

/** Where in a call the caller dies: before AWS does it, before its answer arrives, or before anything is made of the answer. */
export type Position = (typeof positions)[number];
export const positions = ['before', 'after', 'answered'] as const;

/** A call that its caller does not survive: the n-th one of this operation in a run, from 1. */
export interface Trap {
  readonly operation: string;
  readonly nth: number;
  readonly position: Position;
}

/** A simulated AWS at a port, whose world can be replaced and whose calls can be traps. */
export interface TrappedAws {
  readonly url: string;
  /** The AWS that is there now. */
  readonly simulator: () => Simulator;
  /** Puts another world in its place, with the time (ms) that it goes on from. */
  place(world: World, now: number): void;
  /** Begins a run: counts its calls from here on, and springs the trap if there is one. `spring` kills the caller. */
  watch(trap?: { readonly trap: Trap; spring(): void }): void;
  /** The calls since then, as service:Operation, with those that change something. */
  calls(): readonly { readonly operation: string; readonly mutating: boolean }[];
  /** Whether the trap has sprung; an answer that is marked springs it later, in the caller. */
  sprung(): boolean;
  end(): Promise<void>;
}

/** Stacks are made by the second look, so that nobody waits long for them. */
const looksAtStacks = 'cloudformation:DescribeStackEvents';
const stackTakes = 60_000;

export const trappedAws = async (): Promise<TrappedAws> => {
  let simulator = createSimulator();
  let watched: { readonly trap: Trap; spring(): void } | undefined;
  let sprung = false;
  let counted: { operation: string; mutating: boolean }[] = [];

  const handle = (request: HttpRequest): HttpResponse => {
    const operation = operationOf(request);
    counted.push({ operation, mutating: false });
    const nth = counted.filter((each) => each.operation === operation).length;
    const { trap } = watched ?? {};
    const caught = trap?.operation === operation && trap.nth === nth && !sprung ? trap.position : undefined;
    sprung ||= caught !== undefined;
    if (caught === 'before') return killed();
    const answer = simulator.handle(request);
    counted[counted.length - 1] = { operation, mutating: simulator.world.calls.at(-1)?.mutating ?? false };
    if (operation === looksAtStacks) simulator.clock.advance(stackTakes);
    if (caught === 'after') return killed();
    return caught === 'answered' ? { ...answer, headers: { ...answer.headers, 'x-torture': 'last-answer' } } : answer;
  };
  const killed = (): HttpResponse => {
    watched?.spring();
    return { status: 500, headers: {}, body: Buffer.from('Nobody is there to read this.') };
  };

  const server = await serve({ ...simulator, handle }, { port: 0 });
  return {
    url: `http://127.0.0.1:${server.port}`,
    simulator: () => simulator,
    place(world, now) {
      const began = performance.now();
      simulator = createSimulator({
        world: structuredClone(world),
        wall: () => now + Math.floor(performance.now() - began),
      });
    },
    watch(next) {
      watched = next;
      sprung = false;
      counted = [];
    },
    calls: () => counted,
    sprung: () => sprung,
    end: () => server.close(),
  };
};

const operationOf = (request: HttpRequest): string => {
  const name = serviceFor(request);
  return typeof name === 'string' ? `${name}:${services[name].operationOf(request)}` : name.unknown;
};
