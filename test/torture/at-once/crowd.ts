import { answers, binary, type Ended, engineerOf, type Running, start } from '../../support/spot-cur.ts';

/** One of many processes. */
export interface Member {
  readonly words: readonly string[];
  /** Killed once it shows this. */
  readonly killedAt?: RegExp;
}

export interface Left extends Ended {
  readonly words: readonly string[];
  readonly killed: boolean;
}

/** The same command for several processes, of which some are killed. */
export const several = (times: number, words: readonly string[], killedAt?: RegExp): readonly Member[] =>
  Array.from({ length: times }, () => ({ words, ...(killedAt && { killedAt }) }));

/** Starts them all at once, over one home and one AWS. `onEnd` is told each that has ended. */
export const crowd = (
  members: readonly Member[],
  { home, url, onEnd = () => {} }: { readonly home: string; readonly url: string; onEnd?(left: Left): void },
): Promise<readonly Left[]> =>
  Promise.all(
    members.map(async ({ words, killedAt }) => {
      const running = start(process.execPath, [binary, ...words], { env: engineerOf(home, url), deadlineMs: 300_000 });
      const kill = killedAt && killOnce(running, killedAt);
      const ended = await running.ended;
      const left = { ...ended, words, killed: (await kill) === true && ended.code === null };
      onEnd(left);
      return left;
    }),
  );

const killOnce = (running: Running, shown: RegExp): Promise<boolean> =>
  running.shows(shown).then(
    () => {
      running.signal('SIGKILL');
      return true;
    },
    // It ended before it came that far.
    () => false,
  );

/** The commands of the journey, in their order; each leads as far as it can. */
export const journeyWords = (link: string) => ({
  setup: ['setup', 'acme', '--yes', '--json', ...answers],
  resume: ['resume', 'acme', '--yes', '--json'],
  sent: ['resume', 'acme', '--yes', '--json', '--sent'],
  linked: ['resume', 'acme', '--yes', '--json', '--link', link],
  status: ['status', 'acme', '--json'],
});
