import { StringDecoder } from 'node:string_decoder';
import { Cancelled } from '../errors.ts';
import { printable } from '../text.ts';
import type { InputStream, Write } from './streams.ts';

/**
 * Asks `prompt` and reads one line, echoing it character by character and never drawing anything again. Unlike the system's own line
 * mode it takes lines of more than 4 KiB, and unlike node:readline on a dumb terminal it knows the backspace key.
 * @throws Cancelled on Ctrl-C, on Ctrl-D in an empty line and at the end of input
 */
export const readLine = (stdin: InputStream, echo: Write, prompt: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const decoder = new StringDecoder('utf8');
    let line = '';

    const leave = () => {
      stdin.removeListener('data', take).removeListener('end', cancel).removeListener('close', cancel);
      stdin.pause();
      stdin.setRawMode?.(false);
      echo('\n');
    };
    const cancel = () => {
      leave();
      reject(new Cancelled());
    };
    const take = (chunk: Buffer | string) => {
      const stroke = strokes(line, typeof chunk === 'string' ? chunk : decoder.write(chunk));
      line = stroke.line;
      if (stroke.echo) echo(stroke.echo);
      if (stroke.outcome === 'cancelled') cancel();
      if (stroke.outcome === 'entered') {
        leave();
        resolve(line);
      }
    };

    stdin.setRawMode?.(true);
    stdin.on('data', take).on('end', cancel).on('close', cancel);
    stdin.resume();
    // Last, so that whoever answers at once is already heard.
    echo(prompt);
  });

interface Strokes {
  readonly line: string;
  readonly echo: string;
  readonly outcome: 'typing' | 'entered' | 'cancelled';
}

/** The line after some strokes. What follows Enter is dropped, as inquirer does: it can't be meant for the next question. */
const strokes = (before: string, typed: string): Strokes => {
  let line = before;
  let echo = '';
  const erase = (characters: readonly string[]) => {
    line = line.slice(0, line.length - characters.join('').length);
    echo += '\b \b'.repeat(characters.length);
  };
  for (const character of withoutKeys(typed)) {
    switch (character) {
      case '\r':
      case '\n':
        return { line, echo, outcome: 'entered' };
      case '\u0003': // Ctrl-C
        return { line, echo, outcome: 'cancelled' };
      case '\u0004': // Ctrl-D
        if (line === '') return { line, echo, outcome: 'cancelled' };
        break;
      case '\b':
      case '\u007f':
        erase([...line].slice(-1));
        break;
      case '\u0015': // Ctrl-U
        erase([...line]);
        break;
      default:
        line += printable(character);
        echo += printable(character);
    }
  }
  return { line, echo, outcome: 'typing' };
};

/** Arrow and function keys have no meaning in a line that is never drawn again. */
const withoutKeys = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys arrive as escape sequences
  text.replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|O[@-~])/g, '');
