import type { Scene } from './scene.ts';
import { linkTo, rightLink, sendsAnother, templateUrl } from './spots-link.ts';

const safeLink = (inner: string): string =>
  `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(inner)}&data=05%7C02%7C&sdata=x%3D&reserved=0`;

/** The second form of urldefense: encoded, with other marks for `%` and `/`. */
const secondDefense = (inner: string): string =>
  `https://urldefense.proofpoint.com/v2/url?u=${encodeURIComponent(inner)
    .replace(/[-_~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '_')
    .replaceAll('%', '-')}&d=DwMFAg&c=x`;

/** The third one: odd marks become asterisks, and lie behind the link. */
const thirdDefense = (inner: string): string =>
  `https://urldefense.com/v3/__${inner.replace('#', '*')}__;${Buffer.from('#').toString('base64url')}!!token$`;

const mangled = (name: string, title: string, mangle: (link: string) => string): Scene => ({
  name: `link-${name}`,
  title,
  arrange: (stage) => stage.send(mangle(rightLink)),
});

/** What mail does to Spot's link, which leads where it should all the same. */
const fromMail: readonly Scene[] = [
  mangled('by-safelinks', "Outlook's SafeLinks has put Spot's link into one of its own.", safeLink),
  mangled(
    'by-urldefense-v2',
    "Proofpoint's urldefense has put Spot's link into one of its second form.",
    secondDefense,
  ),
  mangled('by-urldefense-v3', "Proofpoint's urldefense has put Spot's link into one of its third form.", thirdDefense),
  mangled(
    'by-two-gateways',
    "Two mail gateways have put Spot's link into one of theirs, one after the other.",
    (link) => safeLink(thirdDefense(link)),
  ),
  mangled('with-entities', "Spot's link is copied from the source of an HTML mail.", (link) =>
    link.replaceAll('&', '&amp;').replace('#/', '&#x23;/'),
  ),
  mangled('encoded-twice', "Spot's link is encoded as a whole, and once more.", (link) =>
    encodeURIComponent(encodeURIComponent(link)),
  ),
  mangled(
    'in-lines',
    "A mail program has broken Spot's link into lines and put it into brackets.",
    (link) => `<${link.replace(/.{70}/g, '$&\r\n')}>`,
  ),
];

const hostile = (name: string, title: string, link: string): Scene => ({
  name: `link-${name}`,
  title,
  arrange: (stage) => stage.send(link),
  mend: { ...sendsAnother, told: 'You ask Spot on another channel, and Spot sends the right link.' },
});

const console = 'us-east-1.console.aws.amazon.com';

/** Links in Spot's name that nobody should follow. */
const fromStrangers: readonly Scene[] = [
  hostile(
    'to-another-host',
    "The link leads to a site that looks like AWS's console.",
    rightLink.replace(console, 'console.aws.amazon.com.example.net'),
  ),
  hostile('in-plain-http', 'The link goes without encryption.', rightLink.replace('https:', 'http:')),
  hostile(
    'in-punycode',
    'The link leads to a name with a foreign letter in it, spelled in punycode.',
    rightLink.replace(console, 'us-east-1.xn--nsole-1ta.aws.amazon.com'),
  ),
  hostile(
    'to-another-region',
    "The link leads to AWS's console in another region.",
    rightLink.replaceAll('us-east-1', 'eu-west-1'),
  ),
  hostile('that-is-a-script', 'What was sent is a script for the browser.', `javascript:void(open('${rightLink}'))`),
  hostile(
    'with-a-user',
    "The link has AWS's console for a user name, and leads elsewhere.",
    rightLink.replace(console, `${console}@example.net`),
  ),
  hostile(
    'with-a-climbing-path',
    'The link climbs out of CloudFormation, to another page of the console.',
    rightLink.replace('/cloudformation/home', '/cloudformation/home/../../iam/home'),
  ),
  hostile(
    'too-long',
    'The link is far longer than any that makes sense.',
    `${rightLink}&param_Note=${'x'.repeat(16 * 1024)}`,
  ),
  hostile(
    'to-a-template-elsewhere',
    'The template of the link does not lie in S3.',
    linkTo('https://templates.example.net/spot-extractor.yaml'),
  ),
  hostile(
    'to-a-template-in-plain-http',
    'The template of the link is read without encryption.',
    linkTo(templateUrl.replace('https:', 'http:')),
  ),
  hostile(
    'to-a-template-of-a-user',
    'The template of the link has S3 for a user name, and lies elsewhere.',
    linkTo(templateUrl.replace('amazonaws.com/', 'amazonaws.com@example.net/')),
  ),
  hostile(
    'to-a-climbing-template',
    'The template of the link climbs into another bucket.',
    linkTo('https://s3.us-east-1.amazonaws.com/spot-connect-templates/../strangers-bucket/spot-extractor.yaml'),
  ),
  hostile(
    'to-a-website',
    'The template of the link lies on a website in S3, which anybody can put up.',
    linkTo('https://spot-connect-templates.s3-website-us-east-1.amazonaws.com/spot-extractor.yaml'),
  ),
];

/** What comes in place of Spot's link as it was written. */
export const links: readonly Scene[] = [...fromMail, ...fromStrangers];
