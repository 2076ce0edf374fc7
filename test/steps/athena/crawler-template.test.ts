import { describe, expect, test } from 'vitest';
import { crawlerTemplate } from '../../../src/simulator/templates/crawler.ts';
import { crawls, readCrawlerTemplate } from '../../../src/steps/athena/crawler-template.ts';

const place = { bucket: 'acme-billing', prefix: 'spotinst_eco', reportName: 'acme-report' };
const delivered = crawlerTemplate({
  bucket: place.bucket,
  name: place.reportName,
  folder: `${place.prefix}/${place.reportName}`,
});
const read = (text: string, where = place) => readCrawlerTemplate(Buffer.from(text), 'crawler-cfn.yml', where);

describe('the file that AWS delivers', () => {
  test('is read for names, resources and capabilities', () => {
    const template = read(delivered);
    expect(template).toMatchObject({
      crawlerName: 'AWSCURCrawler-acme-report',
      database: 'athenacurcfn_acme_report',
      resourceCount: 11,
      needsNamedIam: false,
      mismatches: [],
    });
    expect(template.resources).toContain('AWSCURCrawlerComponentFunction (AWS::IAM::Role)');
    expect(template.resources).toContain('AWSPutS3CURNotification (Custom::AWSPutS3CURNotification)');
  });

  test.each([
    ['bucket', { ...place, bucket: 'other-billing' }, 2],
    ['prefix', { ...place, prefix: 'other' }, 1],
    ['report', { ...place, reportName: 'other' }, 1],
    ['report whose name only begins alike', { ...place, reportName: 'acme' }, 1],
  ])('is refused for another %s', (_, where, count) => {
    const { mismatches } = read(delivered, where);
    expect(mismatches).toHaveLength(count);
    expect(mismatches[0]).toContain('s3://acme-billing/spotinst_eco/acme-report/');
  });

  test('is refused when its notification goes to another bucket', () => {
    const { mismatches } = read(delivered.replace('BucketName: acme-billing', 'BucketName: foreign'));
    expect(mismatches).toEqual(['AWSPutS3CURNotification changes the bucket "foreign" instead of acme-billing']);
  });

  test('needs more agreement when its roles bear names', () =>
    expect(
      read(
        delivered.replace(
          'AWSCURCrawlerLambdaExecutor:\n    Type: AWS::IAM::Role\n    Properties:',
          '$&\n      RoleName: x',
        ),
      ).needsNamedIam,
    ).toBe(true));
});

describe('another file', () => {
  const crawler = (properties: string) => `Resources: {A: {Type: AWS::Glue::Crawler, Properties: ${properties}}}`;
  test.each([
    ['without crawler', 'Resources: {A: {Type: AWS::SNS::Topic}}', 'it defines no Glue crawler with a name'],
    ['with a nameless crawler', crawler('{Name: !Ref X}'), 'it defines no Glue crawler with a name'],
    ['with a crawler that reads nothing', crawler('{Name: x}'), 'its crawler reads nothing instead of'],
    ['with targets that are none', crawler('{Name: x, Targets: {S3Targets: [a, [b]]}}'), 'undefined'],
    [
      'with one target too many',
      crawler('{Name: x, Targets: {S3Targets: [{Path: s3://a}, {Path: s3://b}]}}'),
      '"s3://b"',
    ],
    [
      'with a computed target',
      crawler('{Name: x, Targets: {S3Targets: [{Path: !Sub a}]}}'),
      'instead of s3://acme-billing',
    ],
  ])('%s does not fit', (_, text, mismatch) => expect(read(text).mismatches.join('; ')).toContain(mismatch));

  test.each([
    ['no YAML', 'a: b: c: }'],
    ['no template', 'hello'],
    ['an error page', '<html>404</html>'],
    ['nothing', ''],
  ])('%s is a Problem that names it', (_, text) =>
    expect(() => read(text)).toThrow(/^The template crawler-cfn.yml can't be read/),
  );
});

test('only what lies below the report is this connection’s', () => {
  expect(crawls(['s3://acme-billing/spotinst_eco/acme-report'], place)).toBe(true);
  expect(crawls(['s3://acme-billing/spotinst_eco/acme-report/acme-report/'], place)).toBe(true);
  expect(crawls(['s3://acme-billing/spotinst_eco/acme-report-2/'], place)).toBe(false);
  expect(crawls([], place)).toBe(false);
});
