import * as v from 'valibot';
import { accountId, type Field, type Objection, readField } from '../../field.ts';
import { bucketName } from '../bucket-name.ts';

const bucket: Field = {
  id: 'bucket',
  label: 'Report and bucket name',
  rule: 'the name of the S3 bucket for the report',
  fixedBy: 'bucket',
  standsIn: 'report-name',
  example: 'spotinst-cur-report',
  shape: 'text',
  schema: bucketName,
};

const reportName: Field = {
  id: 'report-name',
  label: 'Report name',
  rule: 'the name of the Cost and Usage Report; the bucket bears the same',
  fixedBy: 'report',
  standsIn: 'bucket',
  example: 'spotinst-cur-report',
  shape: 'text',
  schema: v.pipe(
    v.string(),
    v.minLength(1, 'a report name has at least 1 character'),
    v.maxLength(256, 'a report name has at most 256 characters'),
    v.regex(/^[0-9A-Za-z!\-_.*'()]+$/, "a report name has letters, digits and ! - _ . * ' ( ) only, no blanks"),
    v.regex(/^(?!\.\.?$)/, 'a report name is not . or .., which lead elsewhere in a path'),
  ),
};

const prefix: Field = {
  id: 'prefix',
  label: 'Prefix',
  rule: 'the report path prefix in the bucket',
  fixedBy: 'report',
  example: 'spotinst_eco',
  shape: 'text',
  schema: v.pipe(
    v.string(),
    v.minLength(1, 'Athena needs a prefix, so it is not empty'),
    v.maxLength(256, 'a prefix has at most 256 characters'),
    v.regex(/^[0-9A-Za-z!\-_.*'()/]+$/, "a prefix has letters, digits and ! - _ . * ' ( ) / only, no blanks"),
    v.regex(/^(?!\/)(?!.*\/$)(?!.*\/\/)/, 'a prefix has no slash at its beginning or end and no two in a row'),
    v.regex(/^(?!(.*\/)?\.\.?(\/|$))/, 'a prefix has no part that is . or .., which lead elsewhere in a path'),
  ),
};

const account: Field = {
  id: 'account',
  label: 'Management account',
  rule: "the customer's management account",
  example: '111122223333',
  shape: 'text',
  schema: accountId,
};

export const fields = { account, reportName, bucket, prefix };

/** A name that report and bucket share has to obey S3's rules as well. */
export const disagreements = (answers: Readonly<Record<string, unknown>>): readonly Objection[] => {
  const name = answers['report-name'];
  if (typeof name !== 'string' || answers.bucket !== undefined) return [];
  const reading = readField(bucket, name);
  if (reading.ok) return [];
  const rule = `the bucket bears the report's name, and ${reading.objection.rule}; or name the bucket with --bucket`;
  return [{ ...reading.objection, field: '--report-name', rule }];
};
