import * as v from 'valibot';
import { expect, test } from 'vitest';
import { compose } from '../../../src/mail-draft.ts';
import { fields } from '../../../src/steps/athena/fields.ts';

const taken = (text: string) => v.is(fields.contact.schema, text);

test.each(['jo@spot.io', "sean.o'brien@spot.io", 'a+b@mail.example.com', 'JO_X@SPOT.IO', 'jo@xn--spt-ula.xn--p1ai'])(
  'takes %s, and a draft goes there',
  async (address) => {
    expect(taken(address)).toBe(true);
    const { eml } = await compose({
      to: address,
      subject: 'x',
      text: 'x',
      attachment: { name: 'x.yml', content: Buffer.from('x') },
    });
    // Domains are the same in either case.
    expect(eml.toString().toLowerCase()).toContain(`to: ${address.toLowerCase()}\r\n`);
  },
);

test.each([
  'jörg@spot.io',
  'jo@spöt.io',
  'ſam@spot.io',
  '\u212Aim@spot.io',
  'jo@spot.io, al@spot.io',
  'jo@spot.io;al@spot.io',
  'Jo <jo@spot.io>',
  '"jo"@spot.io',
  'jo@spot.io\r\nBcc: thief@example.com',
  'jo@spot.io\n',
  'jo @spot.io',
  'jo@@spot.io',
  'jo@spot',
  '.jo@spot.io',
  'jo..o@spot.io',
  'jo@-spot.io',
  'jo@spot..io',
  'jo@127.0.0.1',
  `${'j'.repeat(65)}@spot.io`,
  `jo@${'spot.'.repeat(50)}io`,
  'jo@spot.io\u200b',
  'jo＠spot.io',
])('does not take %j', (text) => expect(taken(text)).toBe(false));
