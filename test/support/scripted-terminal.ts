import { Cancelled } from '../../src/errors.ts';
import { choked } from '../../src/terminal/choke.ts';
import { style } from '../../src/terminal/style.ts';
import type { Progress, Terminal } from '../../src/terminal/terminal.ts';

/** Stands in a script for the user who presses Ctrl-C instead of answering. */
export const ctrlC = Symbol('Ctrl-C');

type Said = string | boolean | typeof ctrlC;

/** What the user answers, by question id; several in their order when the question comes again. */
export type Script = Readonly<Record<string, Said | readonly Said[]>>;

export interface ScriptedTerminal extends Terminal {
  /** All that was said, asked, answered and handed over, as a person would read it. Results are marked with "| ". */
  transcript(): string;
  /** All results, as stdout would have them. */
  stdout(): string;
  /** The same texts as they arrived, before anything was stripped from them. */
  raw(): string;
  /** @throws Error when an answer of the script was never asked for */
  close(): void;
}

/** A terminal whose user answers from a script. Without one nobody can be asked. A question that the script lacks fails the test. */
export const scriptedTerminal = (script: Script | undefined, columns = 80): ScriptedTerminal => {
  const left = new Map(Object.entries(script ?? {}).map(([id, said]) => [id, [said].flat() as Said[]]));
  const screen: string[] = [];
  const results: string[] = [];
  const arrived: string[] = [];
  const plain = style(false);

  const write = (text: string, mark = '') => {
    arrived.push(text);
    for (const line of choked(text, false).split('\n')) screen.push(`${mark}${line}`.trimEnd());
  };
  const next = (id: string, message: string): Said => {
    const said = left.get(id)?.shift();
    if (said === undefined)
      throw new Error(`Nobody was expected to be asked "${id}": ${message}\n${screen.join('\n')}`);
    if (said !== ctrlC) return said;
    write('^C');
    throw new Cancelled();
  };

  return {
    interactive: script !== undefined,
    style: plain,
    resultStyle: plain,
    columns,
    say: (text) => write(text),
    result(text) {
      results.push(text);
      write(text, '| ');
    },
    bytes(content) {
      results.push(Buffer.from(content).toString('latin1'));
      write(`(${content.length > 0 ? 'a file' : 'nothing'})`, '| ');
    },

    async ask({ id, message, proposal, check }) {
      for (;;) {
        write(`? ${message}${proposal ? ` (Enter for ${proposal})` : ''}`);
        const said = next(id, message);
        const text = said === '' && proposal !== undefined ? proposal : String(said);
        write(`> ${text}`);
        const objection = check(text);
        if (objection === undefined) return text;
        write(`  ${objection}`);
      }
    },

    async confirm({ id, message }) {
      write(`? ${message}`);
      const said = next(id, message);
      write(`> ${said ? 'yes' : 'no'}`);
      return Boolean(said);
    },

    async choose({ id, message, choices, proposal }) {
      write(`? ${message}`);
      for (const { label } of choices) write(`  - ${label}`);
      const said = next(id, message);
      const chosen = said === '' ? proposal : String(said);
      const choice = choices.find(({ value }) => value === chosen);
      if (!choice)
        throw new Error(`"${id}" has no choice ${String(chosen)}, only ${choices.map(({ value }) => value)}`);
      write(`> ${choice.label}`);
      return choice.value;
    },

    progress: (text) => progress(text, write),
    // A glimpse leaves nothing on a screen.
    glimpse: () => progress('', () => {}),

    transcript: () => `${screen.join('\n').trim()}\n`,
    stdout: () => results.join('\n'),
    raw: () => arrived.join('\n'),

    close() {
      const unused = [...left].flatMap(([id, rest]) =>
        rest.length > 0 ? [`${id} (${rest.map(String).join(', ')})`] : [],
      );
      if (unused.length > 0)
        throw new Error(
          `Answers were expected to be asked for and were not: ${unused.join('; ')}\n${screen.join('\n')}`,
        );
    },
  };
};

/** Each text of what is under way is a line, so that a test sees what a spinner would have shown. */
const progress = (first: string, write: (text: string) => void): Progress => {
  let shown = '';
  const show = (text: string) => {
    if (text !== shown) write(`~ ${text}`);
    shown = text;
  };
  let begun = false;
  const begin = () => {
    if (!begun) show(first);
    begun = true;
  };
  return {
    update(text) {
      begin();
      show(text);
    },
    note(line) {
      begin();
      write(line);
    },
    done: (text = first) => write(`✔ ${text}`),
    fail: (text = first) => write(`✖ ${text}`),
    clear: begin,
  };
};
