import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aloneIn, readQuickCreateLink } from '../../src/template/quick-create-link.ts';
import { expected, home, link, linkTo, page, tail, templateUrl, wrappings } from './links.ts';

describe('whatever happens to it', () => {
  const gateways = fc.constantFrom('SafeLinks', 'urldefense v1', 'urldefense v2', 'urldefense v3');
  const programs = fc.constantFrom(
    ...['HTML entities', 'brackets', 'blanks and a line feed', 'broken lines', 'typographic quotes', 'round brackets'],
    ...['brackets as in an RFC', 'quoted-printable'],
  );

  test('a good link in any wrappings reads the same', () => {
    // A full stop at the very end is refused: it may be the sentence's.
    const value = fc.stringMatching(/^[\w .,:/=&?+-]{0,20}$/).filter((text) => !text.endsWith('.'));
    const wrapped = fc.record({ value, names: fc.array(gateways, { maxLength: 2 }), program: programs });
    fc.assert(
      fc.property(wrapped, ({ value, names, program }) => {
        const bare = `${link}&param_Any=${encodeURIComponent(value)}`;
        const text = [...names, program].reduce((inner, name) => wrappings[name]?.(inner) ?? inner, bare);
        expect(readQuickCreateLink(text)).toEqual({ ...expected, parameters: { ...expected.parameters, Any: value } });
      }),
    );
  });

  const allowed =
    /^https:\/\/([a-z0-9][a-z0-9.-]+\.s3([.-][a-z]{2}(-[a-z]+)+-\d)?|s3([.-][a-z]{2}(-[a-z]+)+-\d)?)\.amazonaws\.com\//i;
  const settle = (text: string) => {
    try {
      return readQuickCreateLink(text).template.url;
    } catch (error) {
      if ((error as Error).name !== 'Problem') throw error;
      return undefined;
    }
  };
  const character = fc.constantFrom(...'./\\@:#?%-_ a0\u0000\u00a0\uff0e\u202e', '%2e', '%2f', '%40', 'evil.com', '\n');

  test('a changed template address leads to S3 or nowhere', () =>
    fc.assert(
      fc.property(fc.nat(templateUrl.length), fc.array(character, { maxLength: 3 }), fc.boolean(), (at, added, raw) => {
        const url = `${templateUrl.slice(0, at)}${added.join('')}${templateUrl.slice(at)}`;
        const seen = settle(raw ? `${home}${page}?templateURL=${url}${tail}` : linkTo(url));
        if (seen !== undefined) expect(seen).toMatch(allowed);
      }),
      { numRuns: 400 },
    ));

  test('a changed console link is the console’s or refused', () =>
    fc.assert(
      fc.property(fc.nat(home.length), fc.array(character, { minLength: 1, maxLength: 3 }), (at, added) => {
        const text = `${link.slice(0, at)}${added.join('')}${link.slice(at)}`;
        if (settle(text) === undefined) return;
        const { protocol, host, pathname } = new URL(aloneIn(text));
        expect([protocol, host, pathname]).toEqual([
          'https:',
          expect.stringMatching(/^(us-east-1\.)?console\.aws\.amazon\.com$/),
          '/cloudformation/home',
        ]);
      }),
      { numRuns: 400 },
    ));

  test('any text is read or refused, never a crash', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl({ withFragments: true }),
          fc.string().map((text) => `${home}#${text}`),
        ),
        (text) => {
          settle(text);
        },
      ),
    ));
});
