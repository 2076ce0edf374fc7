import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionsOverlap, covers, overlap } from '../../../src/template/review/wildcards.ts';

describe('overlap', () => {
  it.each([
    ['iam:CreateUser', 'iam:CreateUser', true],
    ['IAM:createuser', 'iam:CreateUser', true],
    ['iam:Cre*', 'iam:CreateUser', true],
    ['iam:*User', 'iam:Create*', true],
    ['iam:*', 'iam:*', true],
    ['*', 'iam:CreateUser', true],
    ['iam:Create?ser', 'iam:CreateUser', true],
    ['iam:C**r', 'iam:CreateUser', true],
    ['a*b', 'c*b', false],
    ['iam:Get*', 'iam:Create*', false],
    ['iam:CreateUser', 'iam:CreateUsers', false],
    ['iam:Create?', 'iam:CreateUser', false],
    ['', '*', true],
    ['', '?', false],
    ['s3:Get*Object', 's3:*Version*', true],
  ])('of %s and %s is %s, either way round', (one, other, expected) => {
    expect(overlap(one, other)).toBe(expected);
    expect(overlap(other, one)).toBe(expected);
  });

  it('is there whenever one text fits both patterns', () => {
    const letters = fc.stringMatching(/^[ab:]{0,8}$/);
    const blurred = (text: string) =>
      fc
        .array(fc.constantFrom('keep', 'star', 'mark', 'add'), { minLength: text.length, maxLength: text.length })
        .map((how) => [...text].map((letter, at) => replacements[how[at] ?? 'keep'](letter)).join(''));
    const replacements = {
      keep: (letter: string) => letter,
      star: () => '*',
      mark: () => '?',
      add: (letter: string) => `${letter}*`,
    };
    const pair = letters.chain((text) => fc.tuple(blurred(text), blurred(text)));
    fc.assert(fc.property(pair, ([one, other]) => overlap(one, other)));
  });
});

it.each([
  ['*:Purchase*', 'ce:Get*', false],
  ['*:Purchase*', 'ec2:*', true],
  ['*:AddPermission', 'sns:Add*', true],
  ['iam:*', '*', true],
])('actions %s and %s overlap: %s', (one, other, expected) => {
  expect(actionsOverlap(one, other)).toBe(expected);
});

it.each([
  ['iam:Get*', 'iam:GetRole', true],
  ['iam:Get*', 'iam:Get*', true],
  ['iam:Get*', 'iam:*', false],
  ['iam:Get*', 'iam:G*', false],
  ['iam:Get?ole', 'iam:Get*', false],
  ['iam:PassRole', 'iam:Pass*', false],
])('%s covers %s: %s', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected);
});
