import * as v from 'valibot';
import { quoted } from '../text.ts';
import { isCustomerName } from './customer-name.ts';
import type { State } from './state.ts';

const text = v.string('must be text');
const filled = v.pipe(text, v.minLength(1, "can't be empty"));
const key = v.pipe(text, v.minLength(1, 'has an empty name'), v.maxLength(256, 'has a name of over 256 characters'));
const time = v.pipe(
  text,
  v.check(
    (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value) && !Number.isNaN(Date.parse(value)),
    'must be a time in UTC, such as 2026-03-01T09:00:00.000Z',
  ),
);

const answer = v.union([text, v.array(text), v.record(key, text)], 'must be text, a list of texts, or texts by name');

const provenance = v.strictObject({
  origin: v.picklist(['created', 'found'], 'must be "created" or "found"'),
  id: filled,
  at: time,
});

const journalEntry = v.strictObject({
  token: filled,
  change: filled,
  summary: text,
  resource: v.optional(text),
  action: v.optional(text),
  arn: v.optional(text),
  who: text,
  tool: text,
  began: time,
  again: v.optional(time),
  ended: v.optional(time),
  outcome: v.optional(v.picklist(['done', 'failed'], 'must be "done" or "failed", or be left out')),
  requestId: v.optional(text),
  error: v.optional(text),
});

/** The state as it is on disk, version 1. Unknown fields are refused, since a save would drop them silently. */
const stateShape = v.strictObject({
  version: v.literal(1, 'must be 1'),
  lineage: v.pipe(text, v.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens or underscores')),
  serial: v.pipe(
    v.number('must be a number'),
    v.safeInteger('must be a whole number'),
    v.minValue(0, "can't be negative"),
  ),
  customer: v.pipe(text, v.check(isCustomerName, "must be a customer's name: small letters, digits and hyphens")),
  endpoint: filled,
  account: v.pipe(text, v.regex(/^\d{12}$/, 'must be text of 12 digits')),
  access: v.strictObject({
    profile: v.optional(text),
    roleArn: v.optional(text),
    externalId: v.optional(text),
    mfaSerial: v.optional(text),
  }),
  answers: v.record(key, answer),
  provenance: v.record(key, provenance),
  notes: v.record(key, text),
  journal: v.array(journalEntry, 'must be a list'),
}) satisfies v.GenericSchema<unknown, State>;

/** A State, or the path of the first field that is not as it should be and the rule that it breaks. */
export const checkShape = (value: unknown): { readonly state: State } | { readonly fault: string } => {
  // One fault is enough to tell, and bounds the work on a file made of faults.
  const result = v.safeParse(stateShape, value, { abortEarly: true, message: rule });
  if (result.success) return { state: result.output };
  const [issue] = result.issues;
  return { fault: `${quoted(v.getDotPath(issue) ?? 'the whole', 200)} ${issue.message}` };
};

const rule = (issue: v.BaseIssue<unknown>): string => {
  if (issue.kind !== 'schema') return 'breaks a rule';
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'is not a field of a state';
  if (issue.type === 'strict_object' && issue.expected !== 'Object') return 'is missing';
  return 'must be an object';
};
