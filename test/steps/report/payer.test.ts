import { describe, expect, test } from 'vitest';
import { isPayer, type Payer, payerText, payerTrouble } from '../../../src/steps/report/payer.ts';

const account = '111122223333';
const denied = { known: false, reason: 'AWS denied it' } as const;
const none = { known: true, value: undefined } as const;
const organizationOf = (managementAccount: string) =>
  ({ known: true, value: { id: 'o-acme', managementAccount } }) as const;
const payer = (changes: Partial<Payer> = {}): Payer => ({
  organization: organizationOf(account),
  transfer: none,
  ...changes,
});

describe('who pays', () => {
  test.each<[string, Partial<Payer>, boolean, RegExp]>([
    ['its own management account', {}, true, /^management account of organization o-acme$/],
    ['a standalone account', { organization: none }, true, /standalone/],
    ['a member', { organization: organizationOf('444455556666') }, false, /^member of organization o-acme$/],
    ['who can’t be told', { organization: denied }, false, /not proven/],
  ])('%s', (_, changes, pays, text) => {
    expect(isPayer(payer(changes), account)).toBe(pays);
    expect(payerText(payer(changes), account)).toMatch(text);
  });
});

describe('trouble', () => {
  test.each<[string, Partial<Payer>]>([
    ['a management account', {}],
    ['a standalone account', { organization: none }],
    ['an organization that can’t be read', { organization: denied }],
    ['transfers that can’t be read', { transfer: denied }],
  ])('is none for %s', (_, changes) => expect(payerTrouble(payer(changes), account)).toBeUndefined());

  test('is a member account, and the advice names the right one', () => {
    const trouble = payerTrouble(payer({ organization: organizationOf('444455556666') }), account);
    expect(trouble?.reason).toContain('is a member of organization o-acme');
    expect(trouble?.advice.join()).toContain('444455556666');
  });

  test('is transferred billing', () =>
    expect(payerTrouble(payer({ transfer: { known: true, value: { name: 'To HQ' } } }), account)?.reason).toContain(
      'is transferred (To HQ)',
    ));
});
