/** A template's address, and the link that deploys it, as Spot would send it. */
export const templateUrl = 'https://spot-templates.s3.us-east-1.amazonaws.com/extractor/v1.yaml';
export const home = 'https://us-east-1.console.aws.amazon.com/cloudformation/home?region=us-east-1';
export const page = '#/stacks/create/review';
export const tail = `&stackName=SpotExtractor&param_CURPrefixName=spotinst_eco&param_CustomerName=acme`;
export const link = `${home}${page}?templateURL=${encodeURIComponent(templateUrl)}${tail}`;

/** What is read of it. */
export const expected = {
  template: {
    url: templateUrl,
    bucket: 'spot-templates',
    key: 'extractor/v1.yaml',
    versionId: undefined,
    region: 'us-east-1',
  },
  stackName: 'SpotExtractor',
  parameters: { CURPrefixName: 'spotinst_eco', CustomerName: 'acme' },
};

/** The same link with another template. */
export const linkTo = (template: string): string => `${home}${page}?templateURL=${encodeURIComponent(template)}${tail}`;

/** What mail gateways and programs put around a link. */
export const wrappings: Readonly<Record<string, (inner: string) => string>> = {
  SafeLinks: (inner) =>
    `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(inner)}&data=05%7C02%7C&sdata=x%3D&reserved=0`,
  'SafeLinks for governments': (inner) =>
    `https://gcc01.safelinks.protection.office365.us/?url=${encodeURIComponent(inner)}`,
  'urldefense v1': (inner) => `https://urldefense.proofpoint.com/v1/url?u=${encodeURIComponent(inner)}&k=x`,
  'urldefense v2': (inner) =>
    `https://urldefense.proofpoint.com/v2/url?u=${encodeURIComponent(inner)
      .replace(/[-_.!~*'()]/g, (odd) => (odd === '.' ? odd : `%${odd.charCodeAt(0).toString(16).toUpperCase()}`))
      .replaceAll('%2F', '_')
      .replaceAll('%', '-')}&d=DwMF&c=x`,
  'urldefense v3': (inner) => {
    const odd = [...inner].filter((character) => '#*'.includes(character)).join('');
    const masked = inner.replace(/[#*]/g, '*');
    return `https://urldefense.com/v3/__${masked}__;${Buffer.from(odd).toString('base64url')}!!token$`;
  },
  'urldefense v3 with runs': (inner) => {
    const masked = inner.replace(/#\//, '**A');
    return `https://urldefense.com/v3/__${masked}__;${Buffer.from('#/').toString('base64url')}!!token$`;
  },
  'HTML entities': (inner) => inner.replaceAll('&', '&amp;'),
  'numeric HTML entities': (inner) => inner.replaceAll('&', '&#38;').replaceAll('#/', '&#x23;/'),
  'padded HTML entities': (inner) => inner.replaceAll('&', '&#038;').replace('#/', '&#0035;/').replace('?', '&#x3F;'),
  'named HTML entities': (inner) =>
    inner.replaceAll('&', '&AMP;').replace('#/', '&num;&sol;').replaceAll('=', '&equals;').replace(':', '&colon;'),
  'SafeLinks in HTML': (inner) =>
    `https://nam11.safelinks.protection.outlook.com/?url=${encodeURIComponent(inner)}&amp;data=05&amp;reserved=0`,
  'SafeLinks of a link in HTML': (inner) =>
    `https://apc01.safelinks.protection.outlook.com/?url=${encodeURIComponent(inner.replaceAll('&', '&amp;'))}&data=1`,
  'SafeLinks over lines': (inner) =>
    `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(inner)}`.replace(/.{70}/g, '$&\r\n'),
  'urldefense v3 for governments': (inner) => `https://urldefense.us/v3/__${inner.replace('#', '*')}__;Iw!!token$`,
  'urldefense v3 with one slash': (inner) =>
    `https://urldefense.com/v3/__${inner.replace('https://', 'https:/').replace('#', '*')}__;Iw!!token$`,
  'brackets and blanks': (inner) => ` <${inner}> \n`,
  'quoted lines': (inner) => `"${inner.replace(/.{60}/g, '$&\n')}"`,
  'entities twice': (inner) => inner.replaceAll('&', '&amp;amp;'),
  'typographic quotes': (inner) => `\u201c${inner}\u201d`,
  'single quotes': (inner) => `'${inner}'`,
  'typographic single quotes': (inner) => `\u2018${inner}\u2019`,
  'German quotes': (inner) => `\u201e${inner}\u201c`,
  guillemets: (inner) => `\u00ab${inner}\u00bb`,
  'single guillemets': (inner) => `\u2039${inner}\u203a`,
  'brackets as in an RFC': (inner) => `<URL:${inner}>`,
  'brackets at the end of a sentence': (inner) => `<${inner}>.`,
  'round brackets': (inner) => `(${inner})`,
  'square brackets': (inner) => `[${inner}]`,
  'brackets in brackets': (inner) => `(<${inner}>)`,
  'quoted-printable': (inner) => inner.replaceAll('=', '=3D').replace(/(?:=3D|[^=]){70}/g, '$&=\r\n'),
  'quoted-printable without breaks': (inner) => inner.replaceAll('=', '=3D'),
  'an encoded mark': (inner) => inner.replace('#', '%23'),
  'a mark encoded twice': (inner) => inner.replace('#', '%2523'),
  brackets: (inner) => `<${inner}>`,
  quotes: (inner) => `"${inner}"`,
  'blanks and a line feed': (inner) => `  ${inner}\n`,
  'broken lines': (inner) => inner.replace(/.{60}/g, '$& \r\n\t'),
  'prose before and behind': (inner) => `Please click ${inner} thanks`,
  'a sentence': (inner) => `The link is ready (see ${inner}).`,
  'a sentence in a mail': (inner) => `Hello,\n\nhere is the link: \n${inner}\n\nThanks\nJo`,
  'prose with another link': (inner) => `See https://docs.spot.io/ first, then open ${inner} today`,
  Markdown: (inner) => `[link](${inner})`,
  'Markdown that shows it': (inner) => `[${inner}](${inner})`,
  HTML: (inner) => `<a href="${inner.replaceAll('&', '&amp;')}">link</a>`,
  'encoding of the whole': (inner) => encodeURIComponent(inner),
  'encoding of the whole twice': (inner) => encodeURIComponent(encodeURIComponent(inner)),
};
