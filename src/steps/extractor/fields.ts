import * as v from 'valibot';
import type { Field } from '../../field.ts';
import { bucketName } from '../bucket-name.ts';
import { linkField } from '../link-field.ts';
import { stackName } from '../stack-name.ts';

/** CloudFormation's limit for the value of a parameter. */
const mostBytes = 4_096;

/** Account ids with commas and no blanks, as the template wants them. Blanks beside a comma are dropped, repeats too. */
const accountList = v.pipe(
  v.string(),
  v.transform((text) => text.trim().replace(/ *, */g, ',')),
  v.check(
    (text) => text === '' || text.split(',').every((id) => /^\d{12}$/.test(id)),
    'an account list is account ids of exactly 12 digits, separated by commas',
  ),
  v.transform((text) => [...new Set(text.split(','))].join(',')),
  v.check((text) => Buffer.byteLength(text) <= mostBytes, `an account list has at most ${mostBytes} bytes`),
);

/** The answers of step 3. */
export const fields = {
  link: linkField,
  accountList: {
    id: 'account-list',
    label: 'Account list',
    rule: 'the accounts to export; empty for all of them',
    fixedBy: 'extractor-stack',
    example: '111122223333,444455556666',
    shape: 'joined',
    schema: accountList,
  },
  extractorStackName: {
    id: 'extractor-stack-name',
    label: 'Extractor stack name',
    rule: 'the name of the CloudFormation stack with the extractor',
    fixedBy: 'extractor-stack',
    example: 'SpotExtractor',
    shape: 'text',
    schema: stackName,
  },
  curBucket: {
    id: 'cur-bucket',
    label: 'CUR bucket',
    rule: "the extractor's CURBucketName; the report's bucket unless Spot says otherwise",
    fixedBy: 'extractor-stack',
    example: 'spotinst-cur-report',
    shape: 'text',
    schema: bucketName,
  },
  acceptRisk: {
    id: 'accept-risk',
    label: 'Accepted risk',
    rule: 'the id of an alarm that the review of the template raised',
    example: 'pass-role.ExtractorRole.1a2b3c4d',
    shape: 'list',
    fleeting: true,
    flagOnly: true,
    schema: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9-]+\.[A-Za-z0-9:_-]+\.[0-9a-f]{8}$/, 'an accepted risk is the id of an alarm, in full'),
    ),
  },
  param: {
    id: 'param',
    label: 'Template parameter',
    rule: 'a parameter of the template that nothing else answers',
    fleeting: true,
    example: 'Environment=production',
    shape: 'pairs',
    schema: v.pipe(
      v.string(),
      v.regex(
        /^[A-Za-z0-9]{1,255}=/,
        'a template parameter is given as Key=Value, and the key has letters and digits only',
      ),
      v.regex(/^([^\p{Cc}\p{Cf}]|[\t\r\n])*$/u, 'a template parameter has no invisible characters'),
      v.check(
        (text) => Buffer.byteLength(text.slice(text.indexOf('=') + 1)) <= mostBytes,
        `the value of a parameter has at most ${mostBytes} bytes`,
      ),
    ),
  },
} satisfies Record<string, Field>;

/** The link's name for the stack, unless it is one that CloudFormation does not take. */
export const proposedName = (linked: string | undefined): string =>
  linked !== undefined && v.is(stackName, linked) ? linked : 'SpotExtractor';
