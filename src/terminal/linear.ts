import { printable } from '../text.ts';
import { readLine } from './line-input.ts';
import type { Questions } from './questions.ts';
import type { InputStream, Write } from './streams.ts';
import { wrapped } from './wrap.ts';

/** Questions in plain lines that are never drawn again: for screen readers and dumb terminals. Choices are numbered. */
export const linearQuestions = (
  stdin: InputStream,
  { say, write, columns }: { readonly say: Write; readonly write: Write; readonly columns: number },
): Questions => {
  /** Asks until `understand` makes something of the answer; an objection is said in a line of its own. */
  const untilUnderstood = async <Answer>(
    prompt: string,
    understand: (text: string) => { readonly answer: Answer } | { readonly objection: string },
  ): Promise<Answer> => {
    const spaced = /[?:]$/.test(prompt) ? `${prompt} ` : `${prompt}: `;
    for (;;) {
      const understood = understand((await readLine(stdin, write, spaced)).trim());
      if ('answer' in understood) return understood.answer;
      // A dumb terminal breaks lines in the middle of words.
      say(wrapped(printable(understood.objection), columns));
    }
  };

  return {
    ask: ({ message, proposal, check }) =>
      untilUnderstood(
        proposal ? `${printable(message)} (Enter for ${printable(proposal)})` : printable(message),
        (text) => {
          const answer = text === '' && proposal ? proposal : text;
          const objection = check(answer);
          return objection === undefined ? { answer } : { objection };
        },
      ),

    confirm: ({ message, proposal }) =>
      untilUnderstood(`${printable(message)} (yes or no, Enter for ${proposal ? 'yes' : 'no'})`, (text) => {
        const word = text.toLowerCase();
        if (word === '') return { answer: proposal };
        if ('yes'.startsWith(word)) return { answer: true };
        if ('no'.startsWith(word)) return { answer: false };
        return { objection: 'Please answer with yes or no.' };
      }),

    choose: ({ message, choices, proposal }) => {
      say(printable(message));
      for (const [index, { label }] of choices.entries()) say(`${index + 1}. ${printable(label)}`);
      const proposed = choices.findIndex(({ value }) => value === proposal) + 1;
      const prompt = `A number from 1 to ${choices.length}${proposed ? ` (Enter for ${proposed})` : ''}`;
      return untilUnderstood(prompt, (text) => {
        const chosen = text === '' ? choices[proposed - 1] : /^\d+$/.test(text) ? choices[Number(text) - 1] : undefined;
        return chosen ? { answer: chosen.value } : { objection: `Please give a number from 1 to ${choices.length}.` };
      });
    },
  };
};
