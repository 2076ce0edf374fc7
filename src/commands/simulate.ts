import type { Interrupt } from '../interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface SimulatedServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the simulated AWS until interrupted, and says how to reach it. @returns the exit code */
export const simulate = async (
  { terminal, interrupt }: { readonly terminal: Terminal; readonly interrupt: Interrupt },
  serve: () => Promise<SimulatedServer>,
): Promise<number> => {
  const server = await serve();
  const url = `http://127.0.0.1:${server.port}`;
  terminal.say(terminal.style.banner(' Simulated AWS: nothing here is real '));
  terminal.say(`It listens on ${url}, for this machine only. In another terminal:\n`);
  terminal.result(
    [
      `export AWS_ENDPOINT_URL=${url}`,
      'export AWS_ACCESS_KEY_ID=111122223333   # 12 digits: the account that you are in',
      'export AWS_SECRET_ACCESS_KEY=simulated',
      'export AWS_REGION=us-east-1',
    ].join('\n'),
  );
  terminal.say(
    [
      '',
      'Then, for example:  spot-cur setup acme --spot-org-id 60012345 --msp-account 999988887777',
      `A day later:        curl -X POST ${url}/_simulator/advance -d '{"hours": 25}'`,
      `Spot's link:        curl '${url}/_simulator/link?account=111122223333'`,
      '',
      'Ctrl-C ends it; the simulated world is gone then.',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => interrupt.signal.addEventListener('abort', () => resolve(), { once: true }));
  await server.close();
  return 0;
};
