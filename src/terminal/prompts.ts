import { Writable } from 'node:stream';
import { Cancelled } from '../errors.ts';
import { printable } from '../text.ts';
import { pasting } from './paste.ts';
import type { Questions } from './questions.ts';
import type { OutputStream, Streams, Write } from './streams.ts';
import { wrapped } from './wrap.ts';

const visibleAnswer = 200;

/** Questions that inquirer draws on stderr. It is loaded at the first one: most runs ask nothing. */
export const drawnQuestions = (
  { stdin, stderr }: Pick<Streams, 'stdin' | 'stderr'>,
  write: Write,
  coloured: boolean,
): Questions => {
  const prompting = async <Answer>(ask: (prompt: Prompt) => Promise<{ readonly answer: Answer }>): Promise<Answer> => {
    const { default: inquirer } = await import('inquirer');
    const hangup = new AbortController();
    const hangUp = () => hangup.abort();
    stdin.once('end', hangUp);
    const { input, release } = pasting(stdin);
    try {
      const output = canvas(stderr, write, coloured);
      return (await ask(inquirer.createPromptModule({ input, output, signal: hangup.signal }))).answer;
    } catch (error) {
      throw isDeparture(error) ? new Cancelled() : error;
    } finally {
      release();
      stdin.removeListener('end', hangUp);
    }
  };

  return {
    ask: async ({ message, proposal, secret, check }) => {
      const text = await prompting<string>((prompt) =>
        prompt({
          type: 'input',
          name: 'answer',
          message: printable(message),
          ...(proposal === undefined ? {} : { default: printable(proposal) }),
          transformer: secret ? masked : abridged,
          validate: (text: unknown) => objectionIn(check(String(text).trim()), stderr.columns),
        }),
      );
      return text.trim();
    },
    confirm: ({ message, proposal }) =>
      prompting((prompt) =>
        prompt({ type: 'confirm', name: 'answer', message: printable(message), default: proposal }),
      ),
    choose: ({ message, choices, proposal }) =>
      prompting((prompt) =>
        prompt({
          type: 'select',
          name: 'answer',
          message: printable(message),
          loop: false,
          pageSize: 12,
          choices: choices.map(({ value, label, short = label }) => ({
            value,
            name: cut(printable(label), stderr.columns),
            // Behind the message, on its line, which inquirer ends in a blank.
            short: cut(printable(short), (stderr.columns ?? usualColumns) - printable(message).length - 2),
          })),
          ...(proposal === undefined ? {} : { default: proposal }),
        }),
      ),
  };
};

type Prompt = ReturnType<typeof import('inquirer').default.createPromptModule>;

const usualColumns = 80;
/** What inquirer puts before a line of its own. */
const lead = 2;

/** inquirer breaks long lines in the middle of words, so they are broken before. */
const objectionIn = (objection: string | undefined, columns = usualColumns): string | true =>
  objection === undefined
    ? true
    : wrapped(printable(objection), columns - lead).replaceAll('\n', `\n${' '.repeat(lead)}`);

const cut = (text: string, columns = usualColumns): string =>
  text.length <= columns - lead ? text : `${text.slice(0, columns - lead - 1)}…`;

/** A pasted link of many kilobytes would be taller than the screen, which inquirer can't draw again. */
const abridged = (text: string): string =>
  text.length <= visibleAnswer ? text : `${text.slice(0, 100)}…${text.slice(-40)} (${text.length} characters)`;

const masked = (text: string): string => '*'.repeat(text.length);

const isDeparture = (error: unknown): boolean =>
  error instanceof Error && ['ExitPromptError', 'AbortPromptError', 'CancelPromptError'].includes(error.name);

/** What inquirer draws on: one for each question, since inquirer ends its output. Colour that isn't wanted is left out here. */
const canvas = (stderr: OutputStream, write: Write, coloured: boolean): NodeJS.WritableStream => {
  const surface = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
      write(coloured ? String(chunk) : String(chunk).replace(/\u001b\[[0-9;]*m/g, ''));
      done();
    },
  });
  return Object.defineProperties(surface, {
    isTTY: { value: true },
    columns: { get: () => stderr.columns },
    rows: { get: () => stderr.rows },
  });
};
