import * as v from 'valibot';
import { Problem } from './errors.ts';
import { quoted } from './text.ts';

/** One thing that the user is asked for. Its id is the flag, the key in an answers file and the name in the state. */
export interface Field {
  /** In kebab case, as the flag is. */
  readonly id: string;
  /** The user's word for it. */
  readonly label: string;
  /** What makes a value right, as the end of "… has to be …". */
  readonly rule: string;
  readonly example: string;
  /** `joined`: one text with commas. `list`: may be given several times. `pairs`: several times, as Key=Value. */
  readonly shape: 'text' | 'joined' | 'list' | 'pairs';
  /** Text as typed to the value as kept; throws where it can't be right. An issue's message is the rule that is broken. */
  readonly schema: v.GenericSchema<string, string>;
  /** The resource that a value can no longer be changed for, once it stands. */
  readonly fixedBy?: string;
  /** True for what the message tells Spot: it can no longer be changed once Spot has answered with a link. */
  readonly toldToSpot?: boolean;
  /** The field whose answer counts for this one too. */
  readonly standsIn?: string;
  /** Given by its place on the command line, not by a flag. */
  readonly positional?: boolean;
  /** Never taken from an answers file. */
  readonly flagOnly?: boolean;
  /** Never kept, as it may be a secret: given anew in each run. */
  readonly fleeting?: boolean;
  /** Nothing can be proposed for it; `unless-assumed`: but the account that a role is assumed from. */
  readonly needed?: 'always' | 'unless-assumed';
}

/** What is wrong with a value: everything that a message about it names. */
export interface Objection {
  readonly field: string;
  /** Undefined for what is missing. */
  readonly value: string | undefined;
  /** What is wrong, where it is neither the value nor its absence. */
  readonly what?: string;
  readonly rule: string;
  readonly example: string;
}

export type Reading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly objection: Objection };

/** Holds one text against a field's rule. */
export const readField = (field: Field, text: string): Reading => {
  const result = v.safeParse(field.schema, text);
  if (result.success) return { ok: true, value: result.output };
  const rule = result.issues[0].message;
  return { ok: false, objection: { field: flagOf(field), value: text, rule, example: field.example } };
};

/** An objection as a sentence: field, value, rule, example. */
export const objectionText = ({ field, value, what, rule, example }: Objection): string =>
  `${field} ${what ?? (value === undefined ? 'is missing' : quoted(value))}: ${rule}. Example: ${example}`;

/** How the command line names a field. */
const flagOf = ({ id, positional }: Field): string => (positional ? id : `--${id}`);

/** All that is wrong with what was given, in one Problem. */
export const refusal = (objections: readonly Objection[]): Problem =>
  new Problem(
    objections.length === 1
      ? "One answer is missing or can't be right; nothing was done."
      : `${objections.length} answers are missing or can't be right; nothing was done.`,
    objections.map(objectionText),
    'usage',
  );

/** Twelve digits: what AWS calls an account id. */
export const accountId = v.pipe(
  v.string(),
  v.regex(/^\d{12}$/, 'an AWS account id is exactly 12 digits, without blanks or dashes'),
);
