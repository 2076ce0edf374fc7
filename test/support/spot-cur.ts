import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'vitest';
import { type PseudoTerminal, spawn as spawnAtTerminal } from './pseudo-terminal.ts';
import { acme, type SimulatedAws, simulatedAws } from './simulated-aws.ts';

/** The program as it is shipped, over the bundle that the tests' global setup has built. */
export const binary = resolve(import.meta.dirname, '../../bin/spot-cur.js');

type Environment = Readonly<Record<string, string | undefined>>;

/** The whole environment of a process that knows nothing of this machine's AWS. */
export const bare = (home: string): Environment => ({
  PATH: process.env.PATH,
  HOME: home,
  TZ: 'UTC',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** The same for an engineer of an account in a simulated AWS. */
export const engineerOf = (home: string, url: string, account = acme): Environment => ({
  ...bare(home),
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'simulated',
});

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program under way. */
export interface Running {
  readonly pid: number;
  /** Resolves once stdout or stderr shows the text. */
  shows(wanted: string | RegExp): Promise<void>;
  /** What it has said so far. */
  said(stream?: 'stdout' | 'stderr'): string;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  readonly env: Environment;
  /** `ignore` is /dev/null; `open` is a pipe to which nothing is ever written. */
  readonly stdin?: 'ignore' | 'open';
  readonly deadlineMs?: number;
}

const patienceMs = 30_000;

/** Starts any program without a terminal; it is killed when it outlives its deadline. */
export const start = (command: string, args: readonly string[], options: RunOptions): Running => {
  const { env, stdin = 'ignore', deadlineMs = patienceMs } = options;
  const stdio: SpawnOptions['stdio'] = [stdin === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'];
  const child = spawn(command, [...args], { env: env as NodeJS.ProcessEnv, stdio });
  const said = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const watcher of watchers) watcher();
    });
  const line = [command, ...args].join(' ').slice(0, 200);
  const ended = new Promise<Ended>((settle, fail) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(new Error(`${line} still ran after ${deadlineMs} ms. It said:\n${said.stdout}${said.stderr}`));
    }, deadlineMs);
    child.once('error', fail);
    child.once('close', (code) => {
      clearTimeout(timer);
      child.stdin?.destroy();
      settle({ code, ...said });
      for (const watcher of watchers) watcher();
    });
  });
  // Whoever does not wait for the end is told by what it waits for instead.
  ended.catch(() => undefined);
  const shows = (wanted: string | RegExp) =>
    new Promise<void>((settle, fail) => {
      const watcher = () => {
        const text = said.stdout + said.stderr;
        if (!(typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))) return;
        watchers.delete(watcher);
        settle();
      };
      watchers.add(watcher);
      ended.then(
        () => fail(new Error(`${line} ended before it showed ${wanted}:\n${said.stdout}${said.stderr}`)),
        fail,
      );
      watcher();
    });
  const saidSoFar = (stream?: 'stdout' | 'stderr') => (stream ? said[stream] : said.stdout + said.stderr);
  return { pid: child.pid ?? 0, shows, said: saidSoFar, signal: (name) => void child.kill(name), ended };
};

/** Runs spot-cur to its end, without a terminal. */
export const run = (args: readonly string[], options: RunOptions): Promise<Ended> =>
  start(process.execPath, [binary, ...args], options).ended;

/** What --json has printed: exactly one document, and nothing beside it. */
export const documentOf = ({ stdout, stderr }: Ended): Record<string, unknown> & { readonly schema: string } => {
  try {
    return JSON.parse(stdout);
  } catch (error) {
    throw new Error(`${error}. stdout:\n${stdout}\nstderr:\n${stderr}`);
  }
};

/** The answers that only a user could know. */
export const answers = ['--spot-org-id', '60012345', '--msp-account', '999988887777'];

interface Arrangement {
  /** A home folder that is empty at first. */
  readonly home: string;
  /** A simulated AWS of the test's own. */
  readonly aws: SimulatedAws;
  /** Runs spot-cur as Acme's engineer, without a terminal. */
  readonly spotCur: (...args: readonly string[]) => Promise<Ended>;
  /** Runs spot-cur as Acme's engineer at a pseudo-terminal. */
  readonly atTerminal: (
    args: readonly string[],
    options?: { readonly cols?: number; readonly rows?: number; readonly env?: Environment },
  ) => PseudoTerminal;
}

/** A test that is given a home, a simulated AWS and the program, as far as it names them. */
export const journey = test.extend<Arrangement>({
  home: async ({ task: _ }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'spot-cur-journey-'));
    await use(home);
    await rm(home, { recursive: true, force: true });
  },
  aws: async ({ task: _ }, use) => {
    const aws = await simulatedAws();
    await use(aws);
    await aws.end();
  },
  spotCur: async ({ home, aws }, use) => use((...args) => run(args, { env: engineerOf(home, aws.url) })),
  atTerminal: async ({ home, aws }, use) => {
    const started: PseudoTerminal[] = [];
    await use((args, { cols = 100, rows = 40, env = {} } = {}) => {
      const whole = { ...engineerOf(home, aws.url), ...env };
      const terminal = spawnAtTerminal(process.execPath, [binary, ...args], { env: whole, cols, rows });
      started.push(terminal);
      return terminal;
    });
    for (const terminal of started) terminal.kill('SIGKILL');
  },
});
