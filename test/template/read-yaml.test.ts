import { describe, expect, it } from 'vitest';
import { readAsNumber } from '../../src/template/odd-numbers.ts';
import { readYaml } from '../../src/template/read-yaml.ts';

describe('what is made to exhaust a reader ends in words of our own', () => {
  it.each([
    ['lists in JSON', `{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`, /nested more than 100 levels deep/],
    ['maps in YAML', `a: ${'{a: '.repeat(3_000)}x${'}'.repeat(3_000)}`, /nested more than 100 levels deep/],
    ['lists in YAML', `a:\n  ${'- '.repeat(100_000)}x`, /nested more than 100 levels deep/],
    ['what only just fits the reader', `a: ${'['.repeat(200)}${']'.repeat(200)}`, /nested more than 100 levels deep/],
    ['a thousand tags', Array.from({ length: 1_000 }, (_, at) => `- !T${at} x`).join('\n'), /more than 200 functions/],
  ])('%s', (_, text, why) => expect(() => readYaml(text)).toThrow(why));

  it('tags in the words of a text are no burden', () => {
    const began = process.cpuUsage();
    const words = Array.from({ length: 20_000 }, (_, at) => `!t${at}()`).join(' ');
    expect(readYaml(`a: "${words}"`).flaws).toEqual([]);
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(5_000);
  });
});

describe('an account number in other clothes', () => {
  it.each([
    '999_999_999_999',
    '0xE8D4A50FFF',
    '016432451207777',
    '0o16432451207777',
    '9.99999999999e11',
    '+999999999999.0',
    '4629629:37:46:39',
  ])('%s is seen', (written) => expect(readAsNumber(written)).toBe(999_999_999_999));

  it.each(['999999999999', '12', '0644', '02:30:00', '2012-10-17', '1e3', '0x', '', '3.13', '900_000'])(
    '%s is none',
    (written) => expect(readAsNumber(written)).toBeUndefined(),
  );

  it('is told where it stands without quotes, for CloudFormation reads it so', () => {
    expect(readYaml('Account: 999_999_999_999').flaws).toEqual([
      '999_999_999_999 may be read as the number 999999999999',
    ]);
    expect(readYaml('Account: "999_999_999_999"').flaws).toEqual([]);
    expect(readYaml('Account: 012345678901').flaws).toEqual([]);
  });
});
