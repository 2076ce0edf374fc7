import { describe, expect, test } from 'vitest';
import { readQuickCreateLink } from '../../src/template/quick-create-link.ts';
import { problemOf } from '../state/acme.ts';
import { expected, home, link, linkTo, page, templateUrl, wrappings } from './links.ts';

const hostile: readonly (readonly [string, string, RegExp])[] = [
  ['nothing', '', /is empty/],
  ['blanks', ' \n ', /is empty/],
  ['prose', 'see below', /blanks/],
  ['no link', 'hello', /no https link/],
  ['a script', 'javascript:alert(1)', /no https link/],
  ['data', `data:text/html,${link}`, /no https link/],
  ['a file', 'file:///etc/passwd', /https:/],
  ['plain http', link.replace('https', 'http'), /https:/],
  ['another host', link.replace('console.aws.amazon.com', 'evil.com'), /leads to/],
  ['a longer host', link.replace('amazon.com', 'amazon.com.evil.com'), /leads to/],
  ['a lookalike', link.replace('console.aws', 'console-aws'), /leads to/],
  ['another lookalike', link.replace('amazon.com', 'amaz0n.com'), /leads to/],
  ['a host with a dot at its end', link.replace('amazon.com', 'amazon.com.'), /leads to/],
  ['two labels before the console', link.replace('us-east-1.console', 'x.us-east-1.console'), /leads to/],
  ['punycode', link.replace('us-east-1.console', 'xn--console-9ya'), /leads to/],
  ['a Cyrillic letter', link.replace('console', 'c\u043ensole'), /leads to/],
  ['China', link.replace('console.aws.amazon.com', 'console.amazonaws.cn'), /leads to/],
  ['GovCloud', link.replace('console.aws.amazon.com', 'console.amazonaws-us-gov.com'), /leads to/],
  ['a user', link.replace('https://', 'https://console.aws.amazon.com@evil.com/'), /leads to/],
  ['a user of the right host', link.replace('https://', 'https://u:p@'), /leads to/],
  ['a port', link.replace('amazon.com/', 'amazon.com:8443/'), /leads to/],
  ['a backslash host', link.replace('https://', 'https://evil.com\\@'), /leads to|no https/],
  ['another region in the host', link.replace('us-east-1.console', 'eu-west-1.console'), /console of "eu-west-1"/],
  ['another region in the query', link.replace('region=us-east-1', 'region=eu-west-1'), /region is "eu-west-1"/],
  ['a second region in the query', link.replace('region=us-east-1', 'region=us-east-1&region=eu-west-1'), /eu-west-1/],
  ['another region in the fragment', link.replace('review?', 'review?region=eu-west-1&'), /eu-west-1/],
  ['another service', link.replace('cloudformation/home', 'iam/home'), /\/cloudformation\/home/],
  ['a path that climbs', link.replace('/cloudformation/home', '/x/../cloudformation/home'), /\/cloudformation\/home/],
  ['no fragment', link.replace('#', ''), /no part after #|region/],
  ['another page', link.replace('create/review', 'update/review'), /creates a stack/],
  ['a fragment without a page', `${home}#templateURL=${templateUrl}`, /creates a stack/],
  ['no template', `${home}${page}?stackName=x`, /no templateURL/],
  ['an empty template', `${home}${page}?templateURL=`, /no templateURL/],
  ['two templates', `${link}&templateURL=x`, /twice/],
  ['two spellings of the template', `${link}&templateUrl=x`, /twice/],
  ['an encoded second template', `${link}&template%55RL=x`, /twice/],
  ['a parameter twice', `${link}&param_CustomerName=x`, /twice/],
  ['two stack names', `${link}&stackname=x`, /twice/],
  ['wrong encoding', `${link}&param_X=%ff`, /encoded wrongly/],
  ['half an escape', `${link}&param_X=%4`, /encoded wrongly/],
  ['an encoded line feed', `${link}&param_X=a%0Ab`, /encoded control/],
  ['a line feed encoded twice', `${link}&param_X=a%250ab`, /encoded control/],
  ['an encoded NUL', `${link}&param_X=%00`, /encoded control/],
  ['an encoded escape', `${link}&param_X=%1b%5B31m`, /encoded control/],
  ['an encoded bidirectional mark', `${link}&param_X=%E2%80%AE`, /encoded control/],
  ['an escape', `${link}\u001b[31m`, /control/],
  ['a zero-width blank', link.replace('acme', 'ac\u200bme'), /control/],
  ['a tab', link.replace('acme', 'ac\tme'), /blanks/],
  ['a blank', link.replace('acme', 'ac me'), /blanks/],
  ['more than 16 KiB', `${link}${'x'.repeat(16 * 1024)}`, /longer than 16384/],
  ['endless encoding', `https%${'25'.repeat(7000)}3a`, /encoded more than 3 times/],
  ['encoding that can’t be undone', 'https%3a%ff', /encoded wrongly/],
  ['an unknown gateway', `https://safelinks.example.com/?url=${encodeURIComponent(link)}`, /leads to/],
  [
    'a gateway’s lookalike',
    `https://x.safelinks.protection.outlook.com.evil.com/?url=${encodeURIComponent(link)}`,
    /leads to/,
  ],
  ['a gateway around something else', wrappings.SafeLinks?.('https://evil.com/') ?? '', /leads to "evil.com"/],
  ['a gateway around nothing', 'https://x.safelinks.protection.outlook.com/?data=1', /leads to/],
];

const templates: readonly (readonly [string, string, RegExp])[] = [
  ['plain http', templateUrl.replace('https', 'http'), /no https URL/],
  ['an S3 URI', 's3://spot-templates/x', /no https URL/],
  ['a local file', 'file:///x', /no https URL/],
  ['another host', 'https://evil.com/x', /not one of S3/],
  ['a longer host', 'https://t-1.s3.amazonaws.com.evil.com/x', /not one of S3/],
  ['a website', 'https://t-1.s3-website-us-east-1.amazonaws.com/x', /not one of S3/],
  ['a website with a dot', 'https://t-1.s3-website.us-east-1.amazonaws.com/x', /not one of S3/],
  ['an accelerated bucket', 'https://t-1.s3-accelerate.amazonaws.com/x', /not one of S3/],
  ['an access point', 'https://ap-1.s3-accesspoint.us-east-1.amazonaws.com/x', /not one of S3/],
  ['China', 'https://t-1.s3.cn-north-1.amazonaws.com.cn/x', /not one of S3/],
  ['a region that is none', 'https://s3.us-moon-1.amazonaws.com/t-1/x', /not one of S3/],
  ['another service', 'https://t-1.execute-api.us-east-1.amazonaws.com/x', /not one of S3/],
  ['no bucket', 'https://s3.amazonaws.com/x', /not one of S3|no object/],
  ['no object', 'https://t-1.s3.amazonaws.com/', /no object/],
  ['no path', 'https://t-1.s3.amazonaws.com', /no https URL/],
  ['a user', 'https://u@t-1.s3.amazonaws.com/x', /user name/],
  ['a port', 'https://t-1.s3.amazonaws.com:443/x', /port/],
  ['a fragment', 'https://t-1.s3.amazonaws.com/x#y', /no https URL/],
  ['another query', 'https://t-1.s3.amazonaws.com/x?X-Amz-Signature=1', /query/],
  ['two versions', 'https://t-1.s3.amazonaws.com/x?versionId=1&versionId=2', /query/],
  ['a version that is encoded wrongly', 'https://t-1.s3.amazonaws.com/x?versionId=%ff', /encoded wrongly/],
  ['a key that is encoded wrongly', 'https://t-1.s3.amazonaws.com/%ff', /encoded wrongly/],
  ['a whole that is encoded wrongly', `${encodeURIComponent(templateUrl)}%ff`, /encoded wrongly/],
  ['dot segments', 'https://s3.amazonaws.com/t-1/../evil/x', /dot segments/],
  ['encoded dot segments', 'https://s3.amazonaws.com/t-1/%2e%2E/evil/x', /dot segments/],
  ['dot segments behind an encoded slash', 'https://s3.amazonaws.com/t-1/..%2fevil/x', /dot segments/],
  ['dot segments behind an encoded backslash', 'https://t-1.s3.amazonaws.com/a%5c..%5cx', /dot segments/],
  ['a single dot', 'https://t-1.s3.amazonaws.com/./x', /dot segments/],
  ['a backslash', 'https://t-1.s3.amazonaws.com\\x/y', /backslashes/],
  ['a blank', 'https://t-1.s3.amazonaws.com/a b', /blanks/],
  ['a bucket in Cyrillic', 'https://t\u0435st.s3.amazonaws.com/x', /not one of S3/],
  ['a bucket in capitals by path', 'https://s3.amazonaws.com/Bucket/x', /not one of S3/],
];

describe('a hostile link is refused with its rule', () => {
  test.each([
    ...hostile,
    ...templates.map(([name, url, rule]) => [`a template at ${name}`, linkTo(url), rule] as const),
  ])('%s', async (_, text, rule) => {
    const problem = await problemOf(() => readQuickCreateLink(text));
    expect(problem.code).toBe('usage');
    expect(problem.message.slice(-160)).toMatch(rule);
    expect(problem.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('three wrappings are read, four are refused', async () => {
    const wrapped = (times: number): string => (times === 0 ? link : (wrappings.SafeLinks?.(wrapped(times - 1)) ?? ''));
    expect(readQuickCreateLink(wrapped(3))).toEqual(expected);
    expect((await problemOf(() => readQuickCreateLink(wrapped(4)))).message).toMatch(/wrapped more than 3 times/);
  });
});
