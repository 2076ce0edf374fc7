import { accessFields, customerField } from './access-fields.ts';
import { Problem } from './errors.ts';
import { type Field, type Objection, readField } from './field.ts';
import { readNamedFile } from './named-file.ts';
import type { Access, Answer, Answers } from './state/state.ts';
import { printable, quoted } from './text.ts';
import { plainYaml, readYaml } from './yaml.ts';

/** What flags say: texts by field id; several for a flag that was repeated. */
export type Flags = Readonly<Record<string, string | readonly string[] | undefined>>;

/** All that was given, checked. */
export interface Given {
  readonly customer: string | undefined;
  readonly access: Access;
  readonly answers: Answers;
  /** What was taken otherwise than it was typed, for the user to see. */
  readonly remarks: readonly string[];
  /** Everything that can't be right. */
  readonly objections: readonly Objection[];
}

const mostBytes = 1024 * 1024;
const lineExample = 'spot-org-id: 60012345';
const fileExample = '--answers acme.yaml';

/** Reads flags and answers file; a flag outranks the file. */
export const readGiven = async (flags: Flags, file: string | undefined, fields: readonly Field[]): Promise<Given> => {
  const known = [customerField, ...Object.values(accessFields), ...fields];
  const objections: Objection[] = [];
  const filable = known.filter((field) => !field.flagOnly);
  const filed =
    file === undefined ? {} : await readAnswersFile(file, filable, objections).catch(taken(file, objections));
  const answers: Record<string, Answer> = {};
  for (const field of known) {
    const texts = flags[field.id] ?? filed[field.id];
    if (texts === undefined) continue;
    const value = readAll(field, [texts].flat(), objections);
    if (value !== undefined) answers[field.id] = value;
  }
  const {
    customer,
    profile,
    'role-arn': roleArn,
    'external-id': externalId,
    'mfa-serial': mfaSerial,
    ...rest
  } = answers;
  const one = (answer: Answer | undefined) => (typeof answer === 'string' ? answer : undefined);
  return {
    customer: one(customer),
    access: { profile: one(profile), roleArn: one(roleArn), externalId: one(externalId), mfaSerial: one(mfaSerial) },
    answers: rest,
    remarks: remarksOn(known, { ...filed, ...flags }, rest),
    objections,
  };
};

/** A file that can't be used is one objection among the others. */
const taken =
  (file: string, objections: Objection[]) =>
  (error: unknown): Record<string, readonly string[]> => {
    if (!(error instanceof Problem)) throw error;
    const rule = error.message.replace(/^.*can't be used: |\.$/g, '');
    objections.push({ field: '--answers', value: file, rule, example: error.advice[0] ?? fileExample });
    return {};
  };

/** Blanks and repeats in a list are dropped, which the user is to see. */
const remarksOn = (known: readonly Field[], given: Flags, answers: Answers): readonly string[] =>
  known
    .filter(
      ({ id, shape }) => shape === 'joined' && answers[id] !== undefined && [given[id]].flat().at(-1) !== answers[id],
    )
    .map(({ id, label }) => `${label} is taken as ${answers[id] || '(empty)'}.`);

/** Checks what is kept of an earlier run by the same rules. */
export const objectionsToSaved = (answers: Answers, fields: readonly Field[]): readonly Objection[] => {
  const objections: Objection[] = [];
  for (const [id, answer] of Object.entries(answers)) {
    const field = fields.find((each) => each.id === id);
    const texts = field && textsOf(field, answer);
    if (texts) readAll(field, texts, objections);
    else objections.push(field ? unfit(field, answer) : unknown(id, fields));
  }
  return objections;
};

const readAll = (field: Field, texts: readonly string[], objections: Objection[]): Answer | undefined => {
  const parts = field.shape === 'list' ? texts.flatMap((text) => text.split(',').map((part) => part.trim())) : texts;
  const values: string[] = [];
  for (const text of parts) {
    const reading = readField(field, text);
    if (reading.ok) values.push(reading.value);
    else objections.push(reading.objection);
  }
  if (values.length < parts.length) return undefined;
  if (field.shape === 'list') return [...new Set(values)];
  if (field.shape === 'text' || field.shape === 'joined') return values.at(-1);
  return pairs(field, values, objections);
};

const pairs = (field: Field, values: readonly string[], objections: Objection[]): Answer => {
  const found: Record<string, string> = {};
  for (const text of values) {
    const [key = '', ...rest] = text.split('=');
    if (Object.hasOwn(found, key) && found[key] !== rest.join('='))
      objections.push({
        field: `--${field.id}`,
        value: key,
        rule: 'it is given twice with different values',
        example: field.example,
      });
    found[key] = rest.join('=');
  }
  return found;
};

const readAnswersFile = async (path: string, known: readonly Field[], objections: Objection[]) => {
  const refuse = (why: string) =>
    new Problem(`The answers file ${quoted(path, 300)} can't be used: ${why}.`, [lineExample], 'usage');
  const text = await readNamedFile(path, 'answers file', mostBytes, fileExample);
  let value: unknown;
  try {
    value = plainYaml(readYaml(text.toString('utf8'))) ?? {};
  } catch (error) {
    throw refuse(`it is not YAML that can be read (${(error as Error).message})`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse('it is not a list of answers, each as key: value');
  const filed: Record<string, string | readonly string[]> = {};
  for (const [key, given] of Object.entries(value)) {
    const field = known.find(({ id }) => id === key);
    const texts = field && textsOf(field, given);
    if (texts) filed[key] = texts;
    else objections.push(field ? unfit(field, given) : unknown(key, known));
  }
  return filed;
};

const textsOf = (field: Field, given: unknown): readonly string[] | undefined => {
  if (typeof given === 'string') return [given];
  if (Array.isArray(given) && field.shape !== 'text' && given.every((each) => typeof each === 'string'))
    return field.shape === 'joined' ? [given.join(',')] : given;
  if (field.shape !== 'pairs' || typeof given !== 'object' || given === null) return undefined;
  const entries = Object.entries(given);
  return entries.every(([, value]) => typeof value === 'string')
    ? entries.map(([key, value]) => `${key}=${value}`)
    : undefined;
};

const unfit = (field: Field, given: unknown): Objection => ({
  field: field.id,
  value: JSON.stringify(given),
  rule: field.shape === 'text' ? 'it has to be one text' : 'it has to be a list of texts',
  example: `${field.id}: ${field.example}`,
});

const unknown = (key: string, known: readonly Field[]): Objection => ({
  field: printable(key).slice(0, 80),
  value: undefined,
  what: 'is not known in an answers file',
  rule: /^(yes|accept-risk|confirm|endpoint-url)$/.test(key)
    ? "an answers file can't agree to anything or lead to another endpoint; use the flag"
    : `what it may hold is ${known.map(({ id }) => id).join(', ')}`,
  example: 'spot-org-id: 60012345',
});
