import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ReviewInput } from '../../../src/template/review/context.ts';
import { type Review, review } from '../../../src/template/review/review.ts';
import { readWhole, wholeFrom } from '../../../src/template/review/whole.ts';

const corpus = new URL('corpus/', import.meta.url);

/** What the link and the report answer, for whatever of it a template asks. */
const answers: Readonly<Record<string, string>> = {
  CURBucketName: 'acme-billing',
  CURPrefixName: 'spotinst_eco',
  CustomerName: 'acme',
  LambdaFunctionBucket: 'spot-extractor-code',
  LambdaFunctionKey: 'extractor.zip',
  S3OutputBucket: 'spot-extractor-rows',
  CustomerAccountId: '444455556666',
};

const given: Omit<ReviewInput, 'sha256'> = {
  parameters: {},
  prefilled: Object.keys(answers),
  account: '111122223333',
  templateBucket: 'spot-templates',
  connection: { bucket: 'acme-billing', prefix: 'spotinst_eco', account: '111122223333' },
  now: Date.parse('2026-11-23T00:00:00Z'),
};

export const filesOf = (kind: 'benign' | 'hostile'): readonly string[] =>
  readdirSync(new URL(`${kind}/`, corpus)).filter((name) => /\.(yaml|json)$/.test(name));

export const textOf = (kind: 'benign' | 'hostile', name: string): string =>
  readFileSync(new URL(`${kind}/${name}`, corpus), 'utf8');

/** The rules that a hostile template says must alarm. */
export const announced = (text: string): readonly string[] =>
  (/alarms: ([\w, -]+)/.exec(text)?.[1] ?? '').split(',').map((rule) => rule.trim());

/** The review of a template's text, in the setting of these tests. */
export const reviewed = (text: string, more: Partial<ReviewInput> = {}): Review => {
  const template = readWhole(text, 'a test');
  const parameters = Object.fromEntries(Object.entries(answers).filter(([key]) => template.parameters.has(key)));
  return review(template, { ...given, parameters, sha256: createHash('sha256').update(text).digest('hex'), ...more });
};

/** The review of a template given as plain data. */
export const reviewedData = (document: unknown, more: Partial<ReviewInput> = {}): Review =>
  review(wholeFrom(document), { ...given, sha256: 'a'.repeat(64), ...more });

/** The same for someone who has no connection. */
export const unconnected = (document: unknown, more: Partial<ReviewInput>): Review => {
  const { connection: _, ...rest } = given;
  return review(wholeFrom(document), { ...rest, sha256: 'a'.repeat(64), ...more });
};

export const alarms = ({ findings }: Review): readonly string[] =>
  findings.filter(({ level }) => level === 'alarm').map(({ id }) => id.split('.')[0] ?? '');
