import { type Field, type Objection, objectionText, readField, refusal } from './field.ts';
import type { Answer, Answers } from './state/state.ts';
import type { Question } from './step.ts';
import type { Terminal } from './terminal/terminal.ts';
import { answerText, questionText } from './terminal/views/answers.ts';
import { wrapped } from './terminal/wrap.ts';
import { quoted } from './text.ts';

/** How questions may be answered in this run. */
export interface Asking {
  readonly terminal: Terminal;
  /** Takes every proposal: --yes, or nobody to ask. */
  readonly takesProposals: boolean;
  /** Called with all answers after each that was typed, so that none is lost. */
  readonly keep: (answers: Answers) => Promise<void>;
}

/**
 * Gets an answer to every question: those that need one are asked first, then all are shown on one screen to correct.
 * @throws Problem (usage) that names all missing ones where nobody can be asked
 */
export const answer = async (questions: readonly Question[], given: Answers, asking: Asking): Promise<Answers> => {
  const { terminal } = asking;
  const required = questions.filter((question) => question.required);
  if (!terminal.interactive && required.length > 0) refuse(required);
  let answers = given;
  const put = async (field: Field, text: string) => {
    answers = withAnswer(answers, field, text);
    await asking.keep(answers);
  };
  for (const question of required) await put(question.field, await ask(terminal, question));
  for (const question of questions)
    if (!question.required && question.proposal !== undefined)
      answers = withAnswer(answers, question.field, question.proposal);
  tellTaken(terminal, questions);
  if (terminal.interactive && !asking.takesProposals && questions.length > 0) {
    for (;;) {
      const chosen = await chooseCorrection(terminal, questions, answers);
      if (!chosen) break;
      const proposal = answerText(answers[chosen.field.id]);
      await put(chosen.field, await ask(terminal, { ...chosen, proposal, because: undefined }));
    }
  }
  await asking.keep(answers);
  return answers;
};

/** What is proposed or taken and may surprise, with the reason in full: a row of a list has no room for it. */
const tellTaken = (terminal: Terminal, questions: readonly Question[]): void => {
  for (const { field, proposal, because, unusual } of questions)
    if (unusual && proposal && because)
      terminal.say(wrapped(`${field.label}: ${proposal} (${because})`, terminal.columns));
};

const refuse = (required: readonly Question[]): never => {
  const blocked = required.find((question) => question.unattended);
  if (blocked?.unattended) throw blocked.unattended;
  throw refusal(required.map(({ field, because }): Objection => missing(field, because)));
};

/** What a missing answer is told as. */
export const missing = (field: Field, because?: string): Objection => ({
  field: `--${field.id}`,
  value: undefined,
  rule: `it has to be ${field.rule}${because ? ` (${because})` : ''}`,
  example: `--${field.id} ${/[^\w,.:/-]/.test(field.example) ? `'${field.example}'` : field.example}`,
});

const ask = (terminal: Terminal, { field, proposal, because }: Question): Promise<string> => {
  terminal.say(terminal.style.faint(wrapped(questionText(field, because), terminal.columns)));
  return terminal.ask({
    id: field.id,
    message: `${field.label}:`,
    ...(proposal !== undefined && proposal !== '' && { proposal }),
    check: (text) => objectionTo(field, text),
  });
};

/** All that is wrong with a typed answer; a list is typed with commas between its parts. */
export const objectionTo = (field: Field, text: string): string | undefined => {
  const parts = field.shape === 'text' || field.shape === 'joined' ? [text] : partsOf(text);
  const wrong = new Map<string, string[]>();
  for (const part of parts) {
    const reading = readField(field, part);
    if (!reading.ok) wrong.set(reading.objection.rule, [...(wrong.get(reading.objection.rule) ?? []), quoted(part)]);
  }
  if (wrong.size === 0) return undefined;
  return [...wrong]
    .map(([rule, values]) =>
      objectionText({ field: field.label, value: undefined, what: values.join(', '), rule, example: field.example }),
    )
    .join(' ');
};

const partsOf = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .concat(text.trim() === '' ? [''] : []);

const withAnswer = (answers: Answers, field: Field, text: string): Answers => ({
  ...answers,
  [field.id]: valueFrom(field, text),
});

const valueFrom = (field: Field, text: string): Answer => {
  const read = (part: string) => {
    const reading = readField(field, part);
    return reading.ok ? reading.value : part;
  };
  return field.shape === 'list' ? [...new Set(partsOf(text).map(read))] : read(text);
};

const goOn = '(go on)';

const chooseCorrection = async (
  terminal: Terminal,
  questions: readonly Question[],
  answers: Answers,
): Promise<Question | undefined> => {
  const width = Math.max(...questions.map(({ field }) => field.label.length));
  const chosen = await terminal.choose({
    id: 'correct',
    message: 'Is this right?',
    proposal: goOn,
    choices: [
      { value: goOn, label: 'Yes, go on' },
      ...questions.map((question) => ({
        value: question.field.id,
        label: `Change ${question.field.label.padEnd(width)}  ${valueShown(question, answerText(answers[question.field.id]))}`,
        short: `Change ${question.field.label}`,
      })),
    ],
  });
  return questions.find(({ field }) => field.id === chosen);
};

/** What explains a proposal stands beside it until it is changed, unless it was told before. */
const valueShown = ({ proposal, because, unusual }: Question, value: string): string => {
  if (because === undefined || unusual || value !== proposal) return value || '(empty)';
  return value === '' ? `(${because})` : `${value}  (${because})`;
};
