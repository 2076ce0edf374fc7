import { describe, expect, test } from 'vitest';
import { fingerprint, messageFor } from '../../../src/steps/athena/message.ts';
import type { Settings } from '../../../src/steps/athena/settings.ts';
import { sha256 } from '../../../src/steps/sha256.ts';
import { settings } from './settings.ts';

const file = Buffer.from('Resources: {}\n');
const message = messageFor(settings, file);

describe('the message for Spot', () => {
  test.each([
    ["the MSP's account", /MSP's AWS account: +999988887777\n/],
    ["the customer's management account", /management account: +012345678901\n/],
    ['the bucket', /CUR bucket name: +acme-billing\n/],
    ['the prefix', /Prefix: +spotinst_eco\n/],
    ['the stack', /stack name: +SpotEcoStack\n/],
    ['every Org ID', /Spot Org IDs: +60012345, 60067890\n/],
    ['the attached file by its digest', new RegExp(`crawler-cfn.yml, SHA-256 ${sha256(file)}\n`)],
    ['the report', /Report name: +acme-report\n/],
  ])('names %s', (_, line) => expect(message.text).toMatch(line));

  test('has the very crawler file attached and goes to the contact', () => {
    expect(message.attachment).toEqual({ name: 'crawler-cfn.yml', content: file });
    expect(message.to).toBe('jo@spot.io');
    expect(message.subject).toContain('012345678901');
  });

  test('has nobody to go to where no contact is known', () => {
    expect(messageFor({ ...settings, contact: '' }, file).to).toBeUndefined();
    expect(messageFor({ ...settings, contact: undefined }, file).to).toBeUndefined();
  });

  test('speaks of one Org ID where there is one, in the same column', () => {
    const text = messageFor({ ...settings, 'spot-org-id': ['60012345'] }, file).text;
    expect(text).toMatch(/ {2}Spot Org ID: +60012345\n/);
    const columns = text.split('\n').flatMap((line) => /^ {2}[^:]+: +(?=\S)/.exec(line)?.[0].length ?? []);
    expect(new Set(columns).size).toBe(1);
  });

  test('breaks a long list of Org IDs into lines that start in the same column', () => {
    const ids = Array.from({ length: 12 }, (_, index) => String(60_000_000 + index));
    const { text } = messageFor({ ...settings, 'spot-org-id': ids }, file);
    expect(text).toContain(
      [
        `  Spot Org IDs:                   ${ids.slice(0, 5).join(', ')},`,
        `${' '.repeat(34)}${ids.slice(5, 10).join(', ')},`,
        `${' '.repeat(34)}${ids.slice(10).join(', ')}\n`,
      ].join('\n'),
    );
    // Longer lines would be broken by mail programs, wherever they like.
    const most = messageFor({ ...settings, 'spot-org-id': ids.map((id) => `${id}${id}`) }, file).text;
    expect(Math.max(...most.split('\n').map(({ length }) => length))).toBeLessThan(160);
  });

  test('ends each line with a line feed and holds no blank before one', () => {
    expect(message.text).toMatch(/^Hello,\n/);
    expect(message.text).toMatch(/Thank you\.\n$/);
    expect(message.text).not.toMatch(/[ \r]\n/);
  });
});

describe('its fingerprint', () => {
  test('stays while nothing changes', () =>
    expect(fingerprint(messageFor({ ...settings }, Buffer.from(file)))).toBe(fingerprint(message)));

  test.each<[string, Partial<Settings>]>([
    ['the contact', { contact: 'al@spot.io' }],
    ['the Org IDs', { 'spot-org-id': ['60012345'] }],
    ["the MSP's account", { 'msp-account': '111122223333' }],
    ['the stack', { 'stack-name': 'Other' }],
    ['the bucket', { bucket: 'other' }],
    ['the prefix', { prefix: 'other' }],
  ])('changes with %s', (_, changes) =>
    expect(fingerprint(messageFor({ ...settings, ...changes }, file))).not.toBe(fingerprint(message)),
  );

  test('changes with the file', () =>
    expect(fingerprint(messageFor(settings, Buffer.from('Resources: {} \n')))).not.toBe(fingerprint(message)));
});
