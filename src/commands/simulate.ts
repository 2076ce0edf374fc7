import { Problem } from '../errors.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { json } from '../text.ts';

export interface SimulatedServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the simulated AWS until interrupted, and says how to reach it. @returns the exit code */
export const simulate = async (
  facts: { readonly terminal: Terminal; readonly interrupt: Interrupt; readonly json: boolean },
  serve: () => Promise<SimulatedServer>,
): Promise<number> => {
  const { terminal, interrupt } = facts;
  const server = await serve().catch((error: NodeJS.ErrnoException) => {
    throw portTrouble(error);
  });
  const url = `http://127.0.0.1:${server.port}`;
  terminal.say(terminal.style.banner(' Simulated AWS: nothing here is real '));
  terminal.say(`It listens on ${url}, for this machine only. In another terminal:\n`);
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: '111122223333',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_REGION: 'us-east-1',
  };
  const notes: Readonly<Record<string, string>> = {
    AWS_ACCESS_KEY_ID: '   # 12 digits: the account that you are in',
  };
  const exported = () => Object.entries(env).map(([name, value]) => `export ${name}=${value}${notes[name] ?? ''}`);
  terminal.result(facts.json ? json({ schema: 'spot-cur/simulate@1', url, env }) : exported().join('\n'));
  terminal.say(
    [
      '',
      'Then, for example:  spot-cur setup acme --spot-org-id 60012345 --msp-account 999988887777',
      `A day later:        curl -X POST ${url}/_simulator/advance -d '{"hours": 25}'`,
      `Spot's link comes 48 hours after the crawler is scheduled: curl '${url}/_simulator/link?account=111122223333'`,
      '',
      'Ctrl-C ends it; the simulated world is gone then.',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => interrupt.signal.addEventListener('abort', () => resolve(), { once: true }));
  await server.close();
  return 0;
};

/** A port that can't be had is the user's to change; anything else stays as it is. */
const portTrouble = (error: NodeJS.ErrnoException & { readonly port?: number }): Error => {
  const why = { EADDRINUSE: 'something listens there already', EACCES: 'this user may not listen there' }[
    error.code ?? ''
  ];
  if (why === undefined) return error;
  return new Problem(
    `Port ${error.port} can't be had: ${why}.`,
    ['Choose another one, or let a free one be picked: spot-cur simulate --port 0'],
    'usage',
  );
};
