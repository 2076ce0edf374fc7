import { answers, binary, type Ended, engineerOf, type Running, start } from '../../support/spot-cur.ts';

/** One of many processes. */
export interface Member {
  readonly words: readonly string[];
  readonly hunter?: Hunter;
}

/** Kills whoever comes so far that it shows this, as often as it may. */
export interface Hunter {
  readonly shown: RegExp;
  kills: number;
}

export interface Left extends Ended {
  readonly pid: number;
  readonly words: readonly string[];
  readonly killed: boolean;
}

/** The same command for several processes, of which the hunter may kill some. */
export const several = (times: number, words: readonly string[], hunter?: Hunter): readonly Member[] =>
  Array.from({ length: times }, () => ({ words, ...(hunter && { hunter }) }));

/** Starts them all at once, over one home and one AWS. `onEnd` is told each that has ended. */
export const crowd = (
  members: readonly Member[],
  { home, url, onEnd = () => {} }: { readonly home: string; readonly url: string; onEnd?(left: Left): void },
): Promise<readonly Left[]> =>
  Promise.all(
    members.map(async ({ words, hunter }) => {
      const running = start(process.execPath, [binary, ...words], { env: engineerOf(home, url), deadlineMs: 300_000 });
      const kill = hunter && hunt(running, hunter);
      const ended = await running.ended;
      const left = { ...ended, pid: running.pid, words, killed: (await kill) === true && ended.code === null };
      onEnd(left);
      return left;
    }),
  );

const hunt = (running: Running, hunter: Hunter): Promise<boolean> =>
  running.shows(hunter.shown).then(
    () => {
      if (hunter.kills === 0) return false;
      hunter.kills -= 1;
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
