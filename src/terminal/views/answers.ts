import type { Field } from '../../field.ts';
import { printable } from '../../text.ts';

/** An answer as one line of text; empty when there is none. */
export const answerText = (answer: unknown): string => {
  if (typeof answer === 'string') return printable(answer);
  if (Array.isArray(answer)) return answer.map((each) => printable(String(each))).join(', ');
  if (answer && typeof answer === 'object')
    return Object.entries(answer)
      .map(([key, value]) => printable(`${key}=${value}`))
      .join(', ');
  return '';
};

/** What stands above a question: what the answer is, and what was seen that explains the proposal. */
export const questionText = (field: Field, because: string | undefined): string => {
  const rule = `${field.rule.charAt(0).toUpperCase()}${field.rule.slice(1)}`;
  return `${rule}${because ? ` (${printable(because)})` : ''}${field.shape === 'list' ? '; commas between several' : ''}.`;
};
