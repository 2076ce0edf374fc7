import type { Ora } from 'ora';
import type { OutputStream, Write } from './streams.ts';
import type { Style } from './style.ts';
import type { Progress } from './terminal.ts';

/**
 * Progress as a spinner, from `ora`, which is loaded at the first one. While it turns, ora moves whatever is written to
 * its stream above it. `safe` makes text fit for a terminal.
 */
export const spinner = (
  text: string,
  out: {
    readonly stream: OutputStream;
    readonly say: Write;
    readonly sayLast: Write;
    readonly safe: (text: string) => string;
  },
  { style, coloured }: { readonly style: Style; readonly coloured: boolean },
): Progress => {
  let shown = out.safe(text);
  let turning: Ora | undefined;
  let ended = false;

  const start = async () => {
    const { default: ora } = await import('ora');
    if (ended) return;
    turning = ora({
      text: shown,
      stream: out.stream,
      isEnabled: true,
      color: coloured ? 'cyan' : false,
      // Discarding would need raw mode, in which Ctrl-Z is dead and after a kill -9 the shell is deaf.
      discardStdin: false,
    }).start();
  };
  const end = () => {
    ended = true;
    turning?.stop();
    turning = undefined;
  };
  const endWith = (symbol: string) => (last?: string) => {
    end();
    out.sayLast(`${symbol} ${last ?? shown}`);
  };

  void start();
  return {
    update(next) {
      shown = out.safe(next);
      if (turning) turning.text = shown;
    },
    note: out.say,
    done: endWith(style.good('✔')),
    fail: endWith(style.bad('✖')),
    clear: end,
  };
};
