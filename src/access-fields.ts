import * as v from 'valibot';
import type { Field } from './field.ts';

/** Where the command is about which customer, and how credentials are come by. */
export const customerField: Field = {
  id: 'customer',
  positional: true,
  label: 'Customer',
  rule: "a short name for the customer's connection",
  example: 'acme',
  shape: 'text',
  schema: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]/, 'a customer name begins with a lower-case letter or digit'),
    v.regex(/^[a-z0-9-]*$/, 'a customer name has lower-case letters, digits and hyphens only'),
    v.maxLength(63, 'a customer name has at most 63 characters'),
  ),
};

const text = (id: string, label: string, rule: string, example: string, pattern: RegExp): Field => ({
  id,
  label,
  rule,
  example,
  shape: 'text',
  schema: v.pipe(v.string(), v.regex(pattern, rule)),
});

/** AWS's partitions, as an ARN names them. */
const partition = 'aws(?:-cn|-us-gov|-iso(?:-[bef])?|-eusc)?';

/** Names as IAM and STS take them (AssumeRole: RoleArn, ExternalId, SerialNumber). */
export const accessFields = {
  profile: text(
    'profile',
    'AWS profile',
    'a profile is named without brackets, invisible characters, and blanks or quotation marks around it',
    'acme-billing',
    /^(?![\p{Z}\p{Pi}\p{Pf}"'])[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}[\]]{1,256}(?<![\p{Z}\p{Pi}\p{Pf}"'])$/u,
  ),
  roleArn: text(
    'role-arn',
    'Role ARN',
    'a role ARN has the form arn:aws:iam::<12 digits>:role/<name>',
    'arn:aws:iam::111122223333:role/SpotSetup',
    new RegExp(`^arn:${partition}:iam::\\d{12}:role/([!-9;-~]{1,510}/)?[\\w+=,.@-]{1,64}$`),
  ),
  externalId: text(
    'external-id',
    'External ID',
    'an external id has 2 to 1,224 letters, digits and + = , . @ : / - _',
    'msp-4711',
    /^[\w+=,.@:/-]{2,1224}$/,
  ),
  mfaSerial: text(
    'mfa-serial',
    'MFA device',
    'an MFA device is arn:aws:iam::<12 digits>:mfa/<name> or a serial number of 9 to 256 characters',
    'arn:aws:iam::999988887777:mfa/jo',
    new RegExp(`^(arn:${partition}:iam::\\d{12}:mfa/[\\w+=,.@/-]{1,128}|[A-Za-z0-9_-]{9,256})$`),
  ),
};
