import { describe, expect, test } from 'vitest';
import { accessFields, customerField } from '../src/access-fields.ts';
import { type Field, objectionText, readField } from '../src/field.ts';
import { steps } from '../src/steps/index.ts';
import { disagreements } from '../src/steps/report/fields.ts';
import { refused } from './bad-answers.ts';

const fields = [customerField, ...Object.values(accessFields), ...steps.flatMap((step) => step.fields)];
const fieldNamed = (id: string): Field => {
  const field = fields.find((each) => each.id === id);
  if (!field) throw new Error(`no field ${id}`);
  return field;
};
const a = (count: number) => 'a'.repeat(count);

/** What each field takes: as typed, or typed and kept. */
const accepted: Readonly<Record<string, readonly (string | readonly [string, string])[]>> = {
  customer: ['a', '0', 'acme', 'acme-corp', '1-2', 'a-', a(63)],
  profile: ['default', 'acme billing', 'ÄÖ', 'a/b', "o'neill", 'jo@acme', a(256)],
  'role-arn': [
    'arn:aws:iam::012345678901:role/Spot',
    'arn:aws:iam::111122223333:role/a/path/Spot+=,.@-_',
    'arn:aws-us-gov:iam::111122223333:role/x',
    'arn:aws-iso-b:iam::111122223333:role/x',
  ],
  'external-id': ['ab', 'msp-4711', 'a+=,.@:/-_', a(1224)],
  'mfa-serial': [
    'arn:aws:iam::999988887777:mfa/jo',
    'GAHT12345678',
    'arn:aws-cn:iam::999988887777:mfa/jo',
    'arn:aws:iam::999988887777:mfa/a/b',
  ],
  account: ['111122223333', '000000000000', '012345678901'],
  'report-name': ['a', 'spotinst-cur-report', "A!-_.*'()9", a(256)],
  bucket: ['abc', '1.2.3', 'a-b', 'spotinst-cur-report-012345678901', 'a.b', a(63)],
  prefix: ['a', 'spotinst_eco', 'a/b/c', '..a/b.', '...', "!-_.*'()", a(256)],
  'stack-name': ['S', 'SpotEcoStack', 'a-1', `A${'-'.repeat(127)}`],
  'spot-org-id': ['123456', '000001', '60012345', '1'.repeat(20)],
  'msp-account': ['999988887777', '012345678901'],
  contact: ['', 'jo@spot.io', 'jo.o+x@mail.example.com'],
  'account-list': [
    '',
    '111122223333',
    '012345678901,111122223333',
    ['111122223333, 444455556666', '111122223333,444455556666'],
    ['111122223333 ,444455556666 ', '111122223333,444455556666'],
    ['111122223333,111122223333', '111122223333'],
    Array.from({ length: 315 }, (_, at) => String(100000000000 + at)).join(','),
  ],
  'accept-risk': ['pass-role.ExtractorRole.1a2b3c4d', 'macro.template.00000000'],
  'accept-notification': ['to-queue', 'Object created', a(255)],
  'extractor-stack-name': ['SpotExtractor', 'x'],
  'cur-bucket': ['spotinst-cur-report'],
  param: [
    'Key=Value',
    'Key=',
    'Key=a=b',
    'Key=a, b',
    'K9=x',
    `Key=${a(4096)}`,
    'Key=two\nlines',
    'Key=größer',
    'Key="quoted"',
  ],
};

const rows = (table: Readonly<Record<string, readonly (string | readonly [string, string])[]>>) =>
  Object.entries(table).flatMap(([id, values]) =>
    values.map((value) => {
      const [typed, kept] = typeof value === 'string' ? [value, value] : value;
      return [id, JSON.stringify(typed).slice(0, 60), typed, kept] as const;
    }),
  );

describe('accepted', () => {
  test.each(rows(accepted))('--%s %s', (id, _, typed, kept) =>
    expect(readField(fieldNamed(id), typed)).toEqual({ ok: true, value: kept }),
  );
  test.each(fields.map((field) => [field.id, field] as const))('--%s takes its own example', (_, field) =>
    expect(readField(field, field.example)).toEqual({ ok: true, value: field.example }),
  );
});

describe('refused, with field, value, rule and example', () => {
  test('many of them, and each once', () => {
    const all = Object.entries(refused).flatMap(([id, values]) => values.map((value) => `${id} ${value}`));
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(300);
  });

  test.each(rows(refused))('--%s %s', (id, _, typed) => {
    const field = fieldNamed(id);
    const reading = readField(field, typed);
    if (reading.ok) throw new Error('it was accepted');
    const name = field.positional ? id : `--${id}`;
    expect(reading.objection).toMatchObject({ field: name, value: typed, example: field.example });
    expect(reading.objection.rule).not.toMatch(/^Invalid|undefined/);
    const text = objectionText(reading.objection);
    expect(text.startsWith(`${name} "`)).toBe(true);
    expect(text.endsWith(`Example: ${field.example}`)).toBe(true);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.length).toBeLessThan(1_000);
  });
});

test('every field has rows in both tables', () =>
  expect(fields.map(({ id }) => id).filter((id) => id !== 'link' && !(accepted[id] && refused[id]))).toEqual([]));

test('a message reads as one sentence', () => {
  const reading = readField(fieldNamed('msp-account'), '1111-2222-3333');
  expect(!reading.ok && objectionText(reading.objection)).toBe(
    '--msp-account "1111-2222-3333": an AWS account id is exactly 12 digits, without blanks or dashes. Example: 999988887777',
  );
});

describe('a name that report and bucket share', () => {
  test.each([
    [{ 'report-name': 'acme' }, undefined],
    [{ 'report-name': 'Acme_1' }, /the bucket bears the report's name, and .*lower-case/],
    [{ 'report-name': 'Acme_1', bucket: 'acme' }, undefined],
    [{ bucket: 'acme' }, undefined],
  ])('%j', (answers, rule) => {
    const [objection] = disagreements(answers);
    if (rule) expect(objection?.rule).toMatch(rule);
    else expect(objection).toBeUndefined();
  });
});
