import { Problem } from './errors.ts';
import { type Field, type Objection, refusal } from './field.ts';
import { missing } from './questionnaire.ts';
import type { Answer, Answers, State } from './state/state.ts';
import type { Step } from './step.ts';
import { answerText } from './terminal/views/answers.ts';
import { quoted } from './text.ts';

/** What a look lets go of once it is not the connection's any more. */
const released: readonly string[] = ['report', 'bucket'];

/** Merges what is given with what is saved. @throws Problem (usage) for a different value of what already stands, or was answered */
export const merged = (saved: State | undefined, given: Answers, fields: readonly Field[]): Answers => {
  if (!saved) return given;
  for (const field of fields) {
    const value = given[field.id];
    const before = saved.answers[field.id] ?? (field.standsIn ? saved.answers[field.standsIn] : undefined);
    if (value === undefined || before === undefined || same(value, before)) continue;
    if (field.toldToSpot && isAnswered(saved, given)) throw told(field, { value, before, customer: saved.customer });
    if (field.fixedBy !== undefined && saved.provenance[field.fixedBy] !== undefined)
      throw fixed(field, { value, before, customer: saved.customer });
  }
  return { ...saved.answers, ...given };
};

interface Differing {
  readonly customer: string;
  readonly value: Answer;
  readonly before: Answer;
}

const fixed = ({ id, fixedBy = '', standsIn }: Field, { customer, value, before }: Differing): Problem =>
  new Problem(
    `--${id} ${quoted(answerText(value))} is refused: ${customer} stands already with ${quoted(answerText(before))}.`,
    [
      `Leave --${id} away to go on with it.`,
      ...(released.includes(fixedBy)
        ? [`If it has been deleted or changed in AWS, have that seen first: spot-cur resume ${customer}`]
        : []),
      ...(standsIn
        ? ['For another report, make a connection of its own: spot-cur setup <another name>']
        : ["It can't be changed once it stands."]),
    ],
    'usage',
  );

/** Spot has answered with a link: to the message that is known here, or to one of another machine. */
const isAnswered = ({ answers, provenance, notes }: State, given: Answers): boolean =>
  answers.link !== undefined ||
  provenance['extractor-stack'] !== undefined ||
  (given.link !== undefined && notes.message !== undefined);

const told = ({ id }: Field, { customer, value, before }: Differing): Problem =>
  new Problem(
    `--${id} ${quoted(answerText(value))} is refused: Spot was told ${answerText(before) === '' ? 'nothing' : quoted(answerText(before))}, and has made the link for it.`,
    [
      `Leave --${id} away to go on with that.`,
      `If Spot has to know otherwise, write to them yourself. What they were sent: spot-cur handover ${customer}`,
    ],
    'usage',
  );

/** That the message names what it was before, where an answer has changed that Spot is told; undefined where none is void. */
export const voidedMessage = (
  saved: State | undefined,
  answers: Answers,
  fields: readonly Field[],
): string | undefined => {
  if (saved?.notes.message === undefined) return undefined;
  const changed = fields.some(
    ({ id, toldToSpot }) =>
      toldToSpot &&
      saved.answers[id] !== undefined &&
      answers[id] !== undefined &&
      !same(saved.answers[id], answers[id]),
  );
  if (!changed) return undefined;
  return saved.notes.sent === undefined
    ? 'The message for Spot that was written is void by that. A new one is written; do not send the one before.'
    : 'The message that was sent to Spot is void by that. A new one is written, and has to be sent.';
};

/** What a run answers otherwise than the runs before it, for the user to see. */
export const changedAnswers = (
  saved: State | undefined,
  answers: Answers,
  fields: readonly Field[],
): readonly string[] =>
  fields.flatMap(({ id, label }) => {
    const [before, now] = [saved?.answers[id], answers[id]];
    if (before === undefined || now === undefined || same(before, now)) return [];
    return [`${label}: ${answerText(now) || '(empty)'} (was ${answerText(before) || '(empty)'})`];
  });

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** All that is wrong or, where nobody can be asked, missing in answers that no network was needed for. */
export const objectionsTo = (
  answers: Answers,
  steps: readonly Step[],
  {
    unattended,
    assumed,
    known,
  }: {
    readonly unattended: boolean;
    /** The credentials are those of an assumed role, so that the MSP's account can be proposed. */
    readonly assumed: boolean;
    readonly known: readonly Objection[];
  },
): readonly Objection[] => {
  const needed = steps
    .flatMap(({ fields }) => fields)
    .filter((field) => field.needed === 'always' || (field.needed === 'unless-assumed' && !assumed))
    .filter((field) => unattended && answers[field.id] === undefined)
    .filter(({ id }) => !known.some((objection) => objection.field.replace(/^--/, '') === id));
  return [...steps.flatMap((step) => step.disagreements(answers)), ...needed.map((field) => missing(field))];
};

/** @throws Problem (usage) naming every one of them */
export const refuseAny = (objections: readonly Objection[]): void => {
  if (objections.length > 0) throw refusal(objections);
};
