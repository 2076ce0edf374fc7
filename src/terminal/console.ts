import { choked } from './choke.ts';
import type { TerminalMode } from './environment.ts';
import { linearQuestions } from './linear.ts';
import { type Heartbeats, plainProgress, systemHeartbeats } from './progress.ts';
import { drawnQuestions } from './prompts.ts';
import { noQuestions, type Questions } from './questions.ts';
import { spinner } from './spinner.ts';
import { type Streams, writeTo } from './streams.ts';
import { style } from './style.ts';
import type { Progress, Terminal } from './terminal.ts';
import { wrapped } from './wrap.ts';

/** A terminal that is let go of at the end of a run. */
export interface ConsoleTerminal extends Terminal {
  /** Ends what is still shown: a spinner that an error left turning would keep the process alive. */
  close(): void;
}

/**
 * The terminal over real streams. All text passes one choke point here, so nothing that came from outside can steer the
 * user's terminal. A reader that has gone (`| head`) is no error.
 */
export const consoleTerminal = (
  streams: Streams,
  mode: TerminalMode,
  heartbeats: Heartbeats = systemHeartbeats,
): ConsoleTerminal => {
  const write = writeTo(streams.stderr);
  const writeResult = writeTo(streams.stdout);
  const safe = (text: string) => choked(text, mode.colour);
  const say = (text: string) => write(`${safe(text)}\n`);
  /** What a progress ends with stays on the screen, so it is set like prose. */
  const sayLast = (text: string) => say(wrapped(text, mode.columns));
  const styled = style(mode.colour);
  let underWay: Progress | undefined;

  /** One thing is shown at a time: a question, or one progress. */
  const close = () => {
    underWay?.clear();
    underWay = undefined;
  };
  const begin = (text: string, silently: boolean): Progress => {
    close();
    underWay = mode.animated
      ? spinner(text, { stream: streams.stderr, say, sayLast, safe }, { style: styled, coloured: mode.colour })
      : plainProgress(text, { say, sayLast }, heartbeats, silently);
    return underWay;
  };
  const asking =
    <Question, Answer>(ask: (question: Question) => Promise<Answer>) =>
    (question: Question): Promise<Answer> => {
      close();
      return ask(question);
    };
  const questions = questionsFor(mode, {
    drawn: () => drawnQuestions(streams, write, mode.colour),
    linear: () => linearQuestions(streams.stdin, { say, write, columns: mode.columns }),
  });

  return {
    interactive: mode.interactive,
    style: styled,
    resultStyle: style(mode.resultColour),
    columns: mode.columns,
    say,
    result(text) {
      const whole = choked(text, mode.resultColour);
      writeResult(whole.endsWith('\n') ? whole : `${whole}\n`);
    },
    bytes(content) {
      if (streams.stdout.isTTY) writeResult(choked(`${Buffer.from(content)}\n`, false));
      else writeResult(content);
    },
    ask: asking(questions.ask),
    confirm: asking(questions.confirm),
    choose: asking(questions.choose),
    progress: (text) => begin(text, false),
    glimpse: (text) => begin(text, true),
    close,
  };
};

const questionsFor = (
  { interactive, linear }: TerminalMode,
  ways: { readonly drawn: () => Questions; readonly linear: () => Questions },
): Questions => {
  if (!interactive) return noQuestions();
  return linear ? ways.linear() : ways.drawn();
};
