import { type ChildProcess, spawn } from 'node:child_process';
import { bare, binary } from './spot-cur.ts';

/** `spot-cur simulate` as a process of its own, at a port of its own. */
export interface SimulatedAws {
  readonly url: string;
  readonly pid: number;
  /** Lets simulated time pass. */
  advance(time: { readonly hours?: number; readonly minutes?: number; readonly seconds?: number }): Promise<Date>;
  /** Spot's link for an account. */
  link(account?: string): Promise<string>;
  calls(): Promise<readonly Call[]>;
  /** The calls so far that change something, as service:operation. */
  writes(): Promise<readonly string[]>;
  end(): Promise<number | null>;
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

/** Starts one, arranged for a scene when one is named, and waits until it listens. */
export const simulatedAws = async (home: string, scene?: string): Promise<SimulatedAws> => {
  const server = spawn(process.execPath, [binary, 'simulate', '--port', '0', ...(scene ? ['--scene', scene] : [])], {
    env: bare(home),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  const url = await address(server);
  const steer = async (path: string, init?: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${url}/_simulator/${path}`, init);
    if (!answer.ok) throw new Error(`The simulator answers ${answer.status} to ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const calls = async () => (await steer('calls')) as Call[];
  return {
    url,
    pid: server.pid ?? 0,
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
    end: () => {
      server.kill('SIGTERM');
      return ended;
    },
  };
};

const address = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: string) => {
      said += text;
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (url) resolve(url);
    };
    for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', hear);
    server.once('exit', (code) => reject(new Error(`The simulator ended with ${code}: ${said}`)));
  });
