import { expect, test } from 'vitest';
import { Problem } from '../../src/errors.ts';
import { readTemplate } from '../../src/template/template.ts';
import { reviewed } from './review/stage.ts';

const mebibyte = 1024 * 1024;
const times = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const resource = (properties: string) =>
  `Resources:\n  Role:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyName: p\n${properties}`;
const statement = (action: string, on = '"*"') =>
  resource(
    `      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Action: ${action}\n            Resource: ${on}\n`,
  );

type Bomb = readonly [name: string, text: string, refused?: RegExp];

/** Templates that would take a reader its stack, its memory or its time, and what they are refused for, if they are. */
const bombs: readonly Bomb[] = [
  ['half a million brackets', nested(500_000), /nested more than 100 levels/],
  ['as many braces', '{a: '.repeat(100_000) + '}'.repeat(100_000), /nested more than 100 levels/],
  ['dashes on one line', `${'- '.repeat(300_000)}x`, /nested more than 100 levels/],
  ['question marks', '? '.repeat(mebibyte / 2), /nested more than 100 levels/],
  ['a staircase', times(1_000, (n) => `${' '.repeat(n)}a:`), /nested more than 100 levels/],
  ['JSON in a resource', `{"Resources":{"A":{"Type":"x","Properties":{"p":${nested(50_000)}}}}}`, /nested more than/],
  ['20,000 keys', times(20_000, (n) => `k${n}: x`), /more than 2000 keys/],
  ['80,000 keys on one line', `{${times(80_000, (n) => `k${n}`).replaceAll('\n', ',')}}`, /more than 2000 keys/],
  ['a million commas', `[${','.repeat(mebibyte - 2)}]`, /more than 400000 parts/],
  ['comments only', '#\n'.repeat(mebibyte / 2), /more than 400000 parts/],
  ['50,000 tags', times(50_000, (n) => `- !t${n} x`), /more than 200 functions/],
  [
    'aliases of aliases',
    `a: &a [${'"x",'.repeat(9)}]\n${[...'bcdefghij']
      .map((name, n) => `${name}: &${name} [${`*${'abcdefghi'[n]},`.repeat(9)}]`)
      .join('\n')}`,
    /Excessive alias count/,
  ],
  ['an alias of itself', 'Resources: &a\n  A:\n    Type: x\n    Properties: *a\n'],
  ['a mebibyte of blanks', ' '.repeat(mebibyte), /no CloudFormation template|missing/],
  ['a mebibyte and a byte', ' '.repeat(mebibyte + 1), /larger than 1 MiB/],
  [
    'conditions that ask each other twice over',
    `Conditions:\n${times(60, (n) => `  C${n}: !And [!Condition C${n + 1}, !Condition C${n + 1}]`)}\n${statement(
      `!If [C0, "s3:*", "iam:*"]`,
    )}`,
  ],
  ['branches within branches', statement(`${'!If [C, a, '.repeat(60)}"iam:*"${']'.repeat(60)}`)],
  [
    'substitutions that double',
    `Mappings:\n  M:\n    A:\n      B: ${'x'.repeat(4_000)}\n${statement(
      `!Join ["", [${'!Join ["", [!FindInMap [M, A, B], !FindInMap [M, A, B]]],'.repeat(500)} x]]`,
    )}`,
  ],
  ['an action of stars and letters', statement(`"iam:${'*a'.repeat(60)}*b"`)],
  ['an action that almost fits', statement(`"iam:${'*e'.repeat(14)}*z"`)],
  ['a resource of stars and letters', statement('"s3:GetObject"', `["${'*a'.repeat(300)}*b", "${'a'.repeat(5_000)}"]`)],
  [
    'all actions but one of stars and question marks',
    resource(
      `      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            NotAction: "iam:${'*?'.repeat(14)}~"\n            Resource: "*"\n`,
    ),
  ],
  ['an action of half a megabyte', statement(`"iam:${'*a'.repeat(250_000)}"`)],
  ['many actions', statement(`[${times(20_000, (n) => `"iam:A${n}*",`)}]`)],
];

test.each(bombs.map(([name, text, refused]) => ({ name, text, refused })))(
  '$name: read or refused in a moment',
  ({ text, refused }) => {
    const began = performance.now();
    const outcome = (() => {
      try {
        readTemplate(Buffer.from(text), 'a bomb');
        reviewed(text);
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    if (refused) {
      expect(outcome).toBeInstanceOf(Problem);
      expect((outcome as Problem).message).toMatch(refused);
      expect((outcome as Problem).advice.length).toBeGreaterThan(0);
    } else if (outcome !== undefined) expect(outcome).toBeInstanceOf(Problem);
    expect(performance.now() - began).toBeLessThan(10_000);
  },
);
