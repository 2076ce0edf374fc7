import { describe, expect, test } from 'vitest';
import { extractorTemplate } from '../../../src/simulator/templates/extractor.ts';
import { type Parameters, parametersFor } from '../../../src/steps/extractor/parameters.ts';
import type { Settings } from '../../../src/steps/extractor/settings.ts';
import type { QuickCreateLink } from '../../../src/template/quick-create-link.ts';
import { readTemplate, type Template } from '../../../src/template/template.ts';

const spots = readTemplate(Buffer.from(extractorTemplate), 'extractor');
const settings: Settings = {
  customer: 'acme',
  account: '111122223333',
  notes: {},
  provenance: {},
  bucket: 'acme-billing',
  prefix: 'spotinst_eco',
  'accept-risk': [],
  param: {},
};
const filledIn = {
  CURPrefixName: 'spotinst_eco',
  CustomerName: 'acme',
  LambdaFunctionBucket: 'code',
  LambdaFunctionKey: 'extractor.zip',
  S3OutputBucket: 'rows',
};
const template = {
  url: 'https://t.s3.amazonaws.com/x',
  bucket: 't',
  key: 'x',
  versionId: undefined,
  region: undefined,
};
const link = (parameters: Readonly<Record<string, string>> = filledIn): QuickCreateLink => ({
  template,
  stackName: undefined,
  parameters,
});
const asking = (...lines: readonly string[]): Template =>
  readTemplate(Buffer.from(`Parameters: {${lines.join(', ')}}\nResources: {A: {Type: T}}`), 'x');
const of = (changes: Partial<Settings> = {}, offered = spots, from = link()) =>
  parametersFor(offered, from, { ...settings, ...changes });
const picked = <K extends keyof Parameters>(parameters: Parameters, ...keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, parameters[key]]));

describe("the extractor's parameters", () => {
  test('are the link’s, untouched, the report’s bucket and the account list', () => {
    const parameters = of({ 'account-list': '111122223333' });
    expect({ ...parameters.values }).toEqual({
      ...filledIn,
      CURBucketName: 'acme-billing',
      AccountList: '111122223333',
    });
    expect({ ...parameters.origins }).toMatchObject({
      CustomerName: 'link',
      CURBucketName: 'report',
      AccountList: 'you',
    });
    expect(picked(parameters, 'dropped', 'missing', 'refused')).toEqual({ dropped: [], missing: [], refused: [] });
    expect(picked(parameters, 'accountListKey', 'bucketKey')).toEqual({
      accountListKey: 'AccountList',
      bucketKey: 'CURBucketName',
    });
  });

  test('have an empty account list for all accounts', () => expect(of().values.AccountList).toBe(''));

  test('have another bucket where the user says so', () => {
    const { values, origins } = of({ 'cur-bucket': 'elsewhere' });
    expect([values.CURBucketName, origins.CURBucketName]).toEqual(['elsewhere', 'you']);
  });

  test('keep what the link fills in, also where the user has an answer', () => {
    const { values, origins } = of(
      { 'account-list': '444455556666', 'cur-bucket': 'mine' },
      spots,
      link({ ...filledIn, AccountList: '111122223333', CURBucketName: 'theirs' }),
    );
    expect([values.AccountList, values.CURBucketName]).toEqual(['111122223333', 'theirs']);
    expect([origins.AccountList, origins.CURBucketName]).toEqual(['link', 'link']);
  });

  test('leave out and tell what the template does not ask for', () => {
    const { values, dropped } = of({}, spots, link({ ...filledIn, Odd: 'x', constructor: 'y' }));
    expect(dropped).toEqual(['Odd', 'constructor']);
    expect(values).not.toHaveProperty('Odd');
  });

  test('take no secret from the link, as CloudFormation does not', () => {
    const offered = asking('Token: {Type: String, NoEcho: true}', 'Old: {Type: String, NoEcho: "True", Default: x}');
    const linked = link({ Token: 'hunter22', Old: 'hunter23' });
    const { values, secret, missing, dropped } = of({}, offered, linked);
    expect({ values: { ...values }, secret, missing, dropped }).toEqual({
      values: {},
      secret: ['Token', 'Old'],
      missing: ['Token'],
      dropped: [],
    });
    expect(of({ param: { Token: 'mine' } }, offered, linked).values.Token).toBe('mine');
  });

  test('are missing where neither link, answer nor default has a value', () => {
    expect(of({}, spots, link({})).missing).toEqual([
      'CustomerName',
      'LambdaFunctionBucket',
      'LambdaFunctionKey',
      'S3OutputBucket',
    ]);
    expect(of({ param: { CustomerName: 'x' } }, spots, link({ S3OutputBucket: 'y' })).missing).toEqual([
      'LambdaFunctionBucket',
      'LambdaFunctionKey',
    ]);
  });

  test('are missing and answered alike whatever JavaScript calls its own', () => {
    const offered = asking('toString: {Type: String}', 'valueOf: {Type: String}');
    const { missing, refused, values } = of({ param: { valueOf: 'x' } }, offered, link({}));
    expect({ missing, refused, value: values.valueOf }).toEqual({ missing: ['toString'], refused: [], value: 'x' });
  });

  test.each([
    ['what the link fills in', 'CustomerName'],
    ['the bucket', 'CURBucketName'],
    ['the account list', 'AccountList'],
    ['what the template does not ask for', 'Odd'],
  ])('refuse --param for %s', (_, key) => {
    const { refused, values } = of({ param: { [key]: 'mine' } });
    expect(refused).toEqual([key]);
    expect(values[key]).not.toBe('mine');
  });

  test('are found however they are spelled', () => {
    const offered = asking('account_list: {Type: String}', 'CurBucketName: {Type: String}');
    expect(picked(of({}, offered), 'accountListKey', 'bucketKey')).toEqual({
      accountListKey: 'account_list',
      bucketKey: 'CurBucketName',
    });
  });
});
