import { createSimulator } from '../../src/simulator/handler.ts';
import { sceneNamed } from '../../src/simulator/scenes/index.ts';
import { serve } from '../../src/simulator/server.ts';

/** What `spot-cur simulate` serves, at a port of its own. */
export interface SimulatedAws {
  readonly url: string;
  /** Lets simulated time pass. */
  advance(time: { readonly hours?: number; readonly minutes?: number; readonly seconds?: number }): Promise<Date>;
  /** Spot's link for an account. */
  link(account?: string): Promise<string>;
  calls(): Promise<readonly Call[]>;
  /** The calls so far that change something, as service:operation. */
  writes(): Promise<readonly string[]>;
  end(): Promise<void>;
}

export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly mutating: boolean;
  readonly status: number;
}

export const acme = '111122223333';
export const msp = '999988887777';

/** Starts one, arranged for a scene when one is named. */
export const simulatedAws = async (sceneName?: string): Promise<SimulatedAws> => {
  const scene = sceneName === undefined ? undefined : sceneNamed(sceneName);
  const server = await serve(createSimulator({ scene }), { port: 0 });
  const url = `http://127.0.0.1:${server.port}`;
  const steer = async (path: string, init?: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${url}/_simulator/${path}`, init);
    if (!answer.ok) throw new Error(`The simulator answers ${answer.status} to ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const calls = async () => (await steer('calls')) as Call[];
  return {
    url,
    calls,
    advance: async (time) => {
      const { now } = (await steer('advance', { method: 'POST', body: JSON.stringify(time) })) as { now: string };
      return new Date(now);
    },
    link: async (account = acme) => ((await steer(`link?account=${account}`)) as { link: string }).link,
    writes: async () =>
      (await calls())
        .filter(({ mutating, operation }) => mutating && operation !== 'AssumeRole')
        .map(({ service, operation }) => `${service}:${operation}`),
    end: () => server.close(),
  };
};
