import { describe, expect, test } from 'vitest';
import { readQuickCreateLink } from '../../src/template/quick-create-link.ts';
import { expected, home, link, linkTo, page, tail, templateUrl, wrappings } from './links.ts';

const fragment = `/stacks/create/review?templateURL=${encodeURIComponent(templateUrl)}${tail}`;

describe('a good link is read the same in every form', () => {
  test.each<[string, string]>([
    ['as Spot sends it', link],
    ['with a raw template URL', `${home}${page}?templateURL=${templateUrl}${tail}`],
    ['with the template URL encoded once more', linkTo(encodeURIComponent(templateUrl))],
    ['to the page quickcreate', link.replace('create/review', 'quickcreate')],
    ['to the page new', link.replace('create/review', 'new')],
    ['to a page with a slash after it', link.replace('review?', 'review/?')],
    ['with templateUrl', link.replace('templateURL', 'templateUrl')],
    ['with stackname in small letters', link.replace('stackName', 'stackname')],
    ['without region in the host', link.replace('us-east-1.console', 'console')],
    ['without region in the query', link.replace('?region=us-east-1', '')],
    ['with the region in the fragment', link.replace('review?', 'review?region=us-east-1&')],
    ['with capitals in scheme and host', link.replace('https://us-east-1.console', 'HTTPS://US-EAST-1.Console')],
    ['with its fragment encoded whole', `${home}#${encodeURIComponent(fragment)}`],
    ['with its fragment encoded twice', `${home}#${encodeURIComponent(encodeURIComponent(fragment))}`],
    ['with the mark and all behind it encoded', `${home}${encodeURIComponent(`#${fragment}`)}`],
    ['with empty pairs', link.replace('&stackName', '&&stackName')],
    ...Object.entries(wrappings).map(([name, wrap]): [string, string] => [`in ${name}`, wrap(link)]),
  ])('%s', (_, text) => expect(readQuickCreateLink(text)).toEqual(expected));

  test.each<[string, string, object]>([
    [
      'the host of the region',
      'https://t-1.s3.eu-west-1.amazonaws.com/a/b',
      { bucket: 't-1', key: 'a/b', region: 'eu-west-1' },
    ],
    ['the old host of the region', 'https://t-1.s3-us-west-2.amazonaws.com/a', { bucket: 't-1', region: 'us-west-2' }],
    ['the global host', 'https://t-1.s3.amazonaws.com/a', { bucket: 't-1', region: undefined }],
    ['a path', 'https://s3.amazonaws.com/t-1/a/b', { bucket: 't-1', key: 'a/b', region: undefined }],
    [
      'a path in a region',
      'https://s3.us-east-1.amazonaws.com/t-1/a',
      { bucket: 't-1', key: 'a', region: 'us-east-1' },
    ],
    [
      'an old path in a region',
      'https://s3-ap-southeast-2.amazonaws.com/t-1/a',
      { bucket: 't-1', region: 'ap-southeast-2' },
    ],
    ['a bucket with dots', 'https://a.b.c.s3.amazonaws.com/x', { bucket: 'a.b.c', key: 'x' }],
    ['a version', 'https://t-1.s3.amazonaws.com/a?versionId=abc.DEF_1', { key: 'a', versionId: 'abc.DEF_1' }],
    ['an encoded key', 'https://t-1.s3.amazonaws.com/a%2Bb%20c', { key: 'a+b c' }],
  ])('the template by %s', (_, url, address) =>
    expect(readQuickCreateLink(linkTo(url)).template).toMatchObject(address),
  );

  test('without a stack name, and with parameters untouched', () => {
    const odd = `${home}${page}?templateURL=${templateUrl}&param_A=a%20b%3D%26c&param_a=&param___proto__=x`;
    const { stackName, parameters } = readQuickCreateLink(odd);
    expect(stackName).toBeUndefined();
    expect(Object.entries(parameters)).toEqual([
      ['A', 'a b=&c'],
      ['a', ''],
      ['__proto__', 'x'],
    ]);
  });
});
