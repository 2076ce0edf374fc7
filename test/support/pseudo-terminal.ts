import { spawn as spawnPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface PseudoTerminal {
  /** What a person would see now, without trailing blanks and empty last lines. */
  screen(): string;
  /** Everything shown so far, what has scrolled out of sight included. */
  transcript(): string;
  /** All that the program wrote, escape sequences included. */
  raw(): string;
  /** Resolves with the transcript once it shows `wanted`; looks whenever something is written. */
  waitFor(wanted: string | RegExp, timeoutMs?: number): Promise<string>;
  type(text: string): void;
  press(...keys: Key[]): void;
  readonly exit: Promise<{ readonly code: number; readonly signal: number | undefined }>;
  kill(signal?: string): void;
}

export type Key = keyof typeof keys;

const keys = {
  enter: '\r',
  up: '\u001b[A',
  down: '\u001b[B',
  tab: '\t',
  backspace: '\u007f',
  'ctrl-c': '\u0003',
  'ctrl-d': '\u0004',
  'ctrl-u': '\u0015',
} as const;

const patienceMs = 10_000;

/** Starts a program at a real pseudo-terminal whose screen is emulated. `env` is the whole environment; TERM is xterm-256color unless it says so. */
export const spawn = (
  command: string,
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly cols?: number;
    readonly rows?: number;
    readonly cwd?: string;
  } = {},
): PseudoTerminal => {
  const { env = {}, cols = 100, rows = 40, cwd } = options;
  const emulator = new xterm.Terminal({ cols, rows, scrollback: 10_000, allowProposedApi: true });
  const pty = spawnPty(command, [...args], {
    name: env.TERM ?? 'xterm-256color',
    cols,
    rows,
    env: { PATH: process.env.PATH, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });

  const watchers = new Set<() => void>();
  const look = () => {
    for (const watcher of watchers) watcher();
  };
  let raw = '';
  let exited = false;
  pty.onData((data) => {
    raw += data;
    emulator.write(data, look);
  });
  // The emulator answers questions such as "where is the cursor?".
  emulator.onData((answer) => pty.write(answer));
  const exit = new Promise<{ code: number; signal: number | undefined }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      // An empty write is answered after all that was written before it: only then has the last word been seen.
      emulator.write('', () => {
        exited = true;
        look();
        resolve({ code: exitCode, signal: signal || undefined });
      });
    });
  });

  const lines = (from: number): string => {
    const { active } = emulator.buffer;
    let text = '';
    for (let row = from; row < active.length; row++) {
      const line = active.getLine(row);
      text += `${line?.isWrapped ? '' : '\n'}${line?.translateToString(true) ?? ''}`;
    }
    return text.replace(/^\n/, '').trimEnd();
  };
  const transcript = () => lines(0);

  return {
    screen: () => lines(emulator.buffer.active.viewportY),
    transcript,
    raw: () => raw,
    waitFor: (wanted, timeoutMs = patienceMs) =>
      new Promise((resolve, reject) => {
        const settle = (problem?: string) => {
          clearTimeout(timer);
          watchers.delete(watcher);
          if (problem === undefined) resolve(transcript());
          else reject(new Error(`${problem} before it showed ${String(wanted)}. It shows:\n${transcript()}`));
        };
        const watcher = () => {
          const seen = transcript();
          if (typeof wanted === 'string' ? seen.includes(wanted) : wanted.test(seen)) settle();
          else if (exited) settle('The program ended');
        };
        const timer = setTimeout(() => settle(`${timeoutMs} ms passed`), timeoutMs);
        watchers.add(watcher);
        watcher();
      }),
    type: (text) => pty.write(text),
    press: (...pressed) => {
      for (const key of pressed) pty.write(keys[key]);
    },
    exit,
    kill: (signal) => {
      if (!exited) pty.kill(signal);
    },
  };
};
