import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { World } from '../../../src/simulator/world.ts';
import { acme } from '../../support/simulated-aws.ts';
import { binary, type Ended, engineerOf, start } from '../../support/spot-cur.ts';
import { type Files, readFiles, writeFiles } from './home.ts';
import { playOn } from './play-on.ts';
import { type Trap, type TrappedAws, trappedAws } from './trapped-aws.ts';

/** A world, a home and a time (ms) to begin from again. */
export interface Moment {
  readonly world: World;
  readonly now: number;
  readonly home: Files;
}

/** What is to go wrong with a process: killed at an operation of its disk, or that operation fails. */
export interface Sabotage {
  readonly kill?: { readonly nth: number; readonly when: 'before' | 'half' | 'after' };
  readonly fault?: { readonly nth: number; readonly code: string; readonly lasting?: boolean };
  /** Tells every operation of the disk. */
  readonly lists?: boolean;
}

/** How a process ended, and what the sabotage says of it. */
export interface Outcome extends Ended {
  readonly said: string;
  readonly died?: string;
  readonly failed?: string;
  readonly did: readonly string[];
}

/** One home and one AWS, in which one process after the other runs. */
export interface Lane {
  readonly aws: TrappedAws;
  readonly home: string;
  save(): Moment;
  restore(moment: Moment): void;
  /** Runs the real program to its end, or to the end that the trap or the sabotage makes. */
  run(words: readonly string[], trouble?: { readonly trap?: Trap; readonly sabotage?: Sabotage }): Promise<Outcome>;
  /** The same command in this process, over the same home and port: a tenth of the work. @returns the exit code */
  play(words: readonly string[]): Promise<{ readonly code: number; readonly said: string }>;
  /** Spot's link, once it has come. */
  link(): string;
  end(): Promise<void>;
}

const saboteur = resolve(import.meta.dirname, 'saboteur.cjs');

export const openLane = async (): Promise<Lane> => {
  const folder = await mkdtemp(join(tmpdir(), 'spot-cur-crashes-'));
  const aws = await trappedAws();
  const [user, told] = [join(folder, 'user'), join(folder, 'told')];
  const home = join(user, '.spot-cur');
  writeFiles(user, new Map());
  return {
    aws,
    home,
    save: () => {
      const simulator = aws.simulator();
      simulator.settle();
      const world = structuredClone({ ...simulator.world, calls: [] });
      return { world, now: simulator.clock.now(), home: readFiles(user) };
    },
    restore({ world, now, home: files }) {
      aws.place(world, now);
      writeFiles(user, files);
    },
    async run(words, { trap, sabotage = {} } = {}) {
      rmSync(told, { force: true });
      const env = {
        ...engineerOf(user, aws.url),
        NODE_OPTIONS: `--require=${saboteur}`,
        SABOTAGE: JSON.stringify({ ...sabotage, told, below: [home] }),
      };
      const running = start(process.execPath, [binary, ...words], { env });
      aws.watch(trap && { trap, spring: () => running.signal('SIGKILL') });
      const ended = await running.ended;
      const lines = existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : [];
      const notes = lines.map((line) => JSON.parse(line.replaceAll(home, '')));
      const note = (key: string): string | undefined => notes.find((each) => key in each)?.[key];
      const [died, failed] = [note('died'), note('failed')];
      const did = notes.flatMap((each) => each.did ?? []);
      return {
        ...ended,
        said: ended.stderr,
        did,
        ...(died !== undefined && { died }),
        ...(failed !== undefined && { failed }),
      };
    },
    play: (words) => playOn(words, { home, simulator: aws.simulator(), url: aws.url }),
    link: () => aws.simulator().link(acme) ?? '',
    async end() {
      await aws.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
