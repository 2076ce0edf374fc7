import { Problem } from './errors.ts';
import { type Field, type Objection, refusal } from './field.ts';
import { missing } from './questionnaire.ts';
import type { Answers, State } from './state/state.ts';
import type { Step } from './step.ts';
import { answerText } from './terminal/views/answers.ts';
import { quoted } from './text.ts';

/** What a look lets go of once it is not the connection's any more. */
const released: readonly string[] = ['report', 'bucket'];

/** Merges what is given with what is saved. @throws Problem (usage) for a different value of what already stands */
export const merged = (saved: State | undefined, given: Answers, fields: readonly Field[]): Answers => {
  if (!saved) return given;
  for (const field of fields) {
    const value = given[field.id];
    const before = saved.answers[field.id] ?? (field.standsIn ? saved.answers[field.standsIn] : undefined);
    const fixed = field.fixedBy !== undefined && saved.provenance[field.fixedBy] !== undefined;
    if (value === undefined || before === undefined || !fixed || same(value, before)) continue;
    throw new Problem(
      `--${field.id} ${quoted(answerText(value))} is refused: ${saved.customer} stands already with ${quoted(answerText(before))}.`,
      [
        `Leave --${field.id} away to go on with it.`,
        ...(released.includes(field.fixedBy ?? '')
          ? [`If it has been deleted or changed in AWS, have that seen first: spot-cur resume ${saved.customer}`]
          : []),
        ...(field.standsIn
          ? ['For another report, make a connection of its own: spot-cur setup <another name>']
          : ["It can't be changed once it stands."]),
      ],
      'usage',
    );
  }
  return { ...saved.answers, ...given };
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
