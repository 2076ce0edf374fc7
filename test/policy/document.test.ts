import { describe, expect, test } from 'vitest';
import { documentOf } from '../../src/policy/document.ts';
import { type Grant, phases } from '../../src/policy/grant.ts';
import { grantsFor } from '../../src/policy/grants.ts';
import { extractorTemplate } from '../../src/simulator/templates/extractor.ts';
import { names } from './given.ts';

const grant = (about: Partial<Grant>): Grant => ({
  phase: 'status',
  topic: 'ReadThings',
  actions: ['s3:ListBucket'],
  resources: ['*'],
  by: 'call',
  why: 'to see',
  ...about,
});

const extractor = {
  address: { bucket: 'spot', key: 'extractor.yml' },
  contents: { text: extractorTemplate, parameters: { LambdaFunctionBucket: 'spot', LambdaFunctionKey: 'code.zip' } },
};

describe('a policy document', () => {
  test('has one statement for a topic and its resources, its actions sorted and once', () => {
    const grants = [
      grant({ actions: ['s3:ListBucket'] }),
      grant({ actions: ['s3:GetBucketPolicy'] }),
      grant({ actions: ['s3:ListBucket'] }),
      grant({ resources: ['arn:aws:s3:::one'] }),
    ];
    expect(documentOf(grants)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'StatusReadThings',
          Effect: 'Allow',
          Action: ['s3:GetBucketPolicy', 's3:ListBucket'],
          Resource: ['*'],
        },
        { Sid: 'StatusReadThings2', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::one'] },
      ],
    });
  });

  test('does not say again in a later phase what an earlier one allows', () => {
    const grants = [grant({}), grant({ phase: 'setup', actions: ['s3:ListBucket', 's3:CreateBucket'] })];
    expect(documentOf(grants).Statement.map(({ Sid, Action }) => [Sid, Action])).toEqual([
      ['StatusReadThings', ['s3:ListBucket']],
      ['SetupReadThings', ['s3:CreateBucket']],
    ]);
  });

  test('unites the values of one condition, and keeps other conditions apart', () => {
    const passing = (service: string) =>
      grant({ actions: ['iam:PassRole'], conditions: { StringEquals: { 'iam:PassedToService': [service] } } });
    const twofold = (value: string) =>
      grant({ actions: ['iam:PassRole'], conditions: { StringEquals: { a: [value], b: [value] } } });
    const { Statement } = documentOf([passing('glue'), passing('lambda'), twofold('x'), twofold('y')]);
    expect(Statement.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'iam:PassedToService': ['glue', 'lambda'] } },
      { StringEquals: { a: ['x'], b: ['x'] } },
      { StringEquals: { a: ['y'], b: ['y'] } },
    ]);
  });

  test.each(phases)("of %s keeps IAM's form, and its quota for a managed policy", (phase) => {
    const document = documentOf(grantsFor(phase, names, { extractor, deleteData: true }));
    const sids = document.Statement.map(({ Sid }) => Sid);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
    expect(new Set(sids).size).toBe(sids.length);
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(6_144);
    for (const { Action, Resource } of document.Statement) {
      expect(Action.filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action))).toEqual([]);
      expect(
        Resource.filter((arn) => arn !== '*' && !/^arn:aws:[a-z0-9]+:(us-east-1)?:(\d{12}|aws)?:\S+$/.test(arn)),
      ).toEqual([]);
    }
  });

  test('of all phases allows what each alone does', () => {
    const all = documentOf(phases.flatMap((phase) => grantsFor(phase, names, { extractor, deleteData: true })));
    const pairs = ({ Statement }: typeof all) =>
      Statement.flatMap(({ Action, Resource, Condition }) =>
        Action.flatMap((action) => Resource.map((arn) => `${action} ${arn} ${Condition ? 'if' : ''}`)),
      );
    for (const phase of phases) {
      const lacking = pairs(documentOf(grantsFor(phase, names, { extractor, deleteData: true }))).filter(
        (pair) => !pairs(all).includes(pair),
      );
      expect([phase, lacking]).toEqual([phase, []]);
    }
  });
});
