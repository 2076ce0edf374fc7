/** What decides whether a window can be shown here. */
export interface Desktop {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Node's name of the operating system. */
  readonly platform: string;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Openers that fail do so at once; one that is still there after this, in ms, is showing the file. */
const openersFailWithin = 2_000;

/** Why no window can be shown to this user, as a clause; undefined where one can. */
export const windowless = ({ env, platform }: Pick<Desktop, 'env' | 'platform'>): string | undefined => {
  const remote = Boolean(env.SSH_CONNECTION || env.SSH_TTY);
  // With X forwarding a window comes to the user's own screen.
  const shown = platform === 'win32' || platform === 'darwin' ? !remote : Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  if (shown || (env.WSL_DISTRO_NAME && !remote)) return undefined;
  return remote ? 'this is a remote machine (SSH)' : 'there is no display here';
};

/** Shows a file in the program that the desktop has for its kind. @returns why it can't, as a clause; undefined when it does */
export const openFile = async (path: string, desktop: Desktop): Promise<string | undefined> => {
  const why = windowless(desktop);
  if (why !== undefined) return why;
  const { default: open } = await import('open');
  try {
    const opener = await open(path);
    const code = opener.exitCode ?? (await exitOf(opener, desktop));
    return code ? `no program here opens ${path.replace(/^.*(?=\.)/, '')} files` : undefined;
  } catch (error) {
    // Nothing is installed that opens files, or it could not be started.
    return `the program that opens files could not be started (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
  }
};

const exitOf = async (
  opener: { once(event: 'exit', listener: (code: number | null) => void): unknown },
  { sleep }: Desktop,
): Promise<number | null> => {
  const over = new AbortController();
  const stays = sleep(openersFailWithin, over.signal).then(
    () => null,
    () => null,
  );
  const exit = new Promise<number | null>((resolve) => opener.once('exit', resolve));
  const code = await Promise.race([exit, stays]);
  over.abort();
  return code;
};
