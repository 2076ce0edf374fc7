import { describe, expect, test } from 'vitest';
import { type EndpointSources, resolveEndpoints, services, worldOf } from '../../src/aws/endpoints.ts';
import { problemOf } from '../state/acme.ts';

const from = (sources: Partial<EndpointSources>) => resolveEndpoints({ env: {}, profile: {}, section: {}, ...sources });
const at = (name: string) => `https://${name}.test`;
const everything = {
  flag: at('flag'),
  env: { AWS_ENDPOINT_URL_S3: at('env-s3'), AWS_ENDPOINT_URL: at('env') },
  section: { 's3.endpoint_url': at('section-s3') },
  profile: { endpoint_url: at('profile') },
};

test('without any, all is AWS', () => expect(from({})).toEqual({}));

test('from the strongest to the weakest: flag, variable of the service, variable, section, profile', () => {
  const { flag, env, section, profile } = everything;
  expect(from(everything).s3).toBe(flag);
  expect(from({ env, section, profile }).s3).toBe(at('env-s3'));
  expect(from({ env, section, profile }).glue).toBe(at('env'));
  expect(from({ env: { AWS_ENDPOINT_URL: at('env') }, section, profile }).s3).toBe(at('env'));
  expect(from({ section, profile }).s3).toBe(at('section-s3'));
  expect(from({ section, profile }).glue).toBe(at('profile'));
});

test.each(services)('%s has a variable of its own', (service) =>
  expect(from({ env: { [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: at('own') } })).toEqual({ [service]: at('own') }),
);

test('configured ones can be ignored, but never the flag', () => {
  const { flag, env, section, profile } = everything;
  const off = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE' };
  expect(from({ env: { ...env, ...off }, section, profile })).toEqual({});
  expect(from({ section, profile: { ...profile, ignore_configured_endpoint_urls: 'true' } })).toEqual({});
  expect(from({ flag, env: off }).s3).toBe(flag);
});

describe('accepted', () => {
  test.each([
    ['http://127.0.0.1:4600', 'http://127.0.0.1:4600'],
    ['http://127.9.9.9/', 'http://127.9.9.9'],
    ['http://localhost:4566///', 'http://localhost:4566'],
    ['http://s3.localhost:1', 'http://s3.localhost:1'],
    ['http://[::1]:4600', 'http://[::1]:4600'],
    ['https://aws.example.com/base/', 'https://aws.example.com/base'],
  ])('%s', (flag, url) => expect(from({ flag }).sts).toBe(url));
});

describe('refused', () => {
  test.each([
    ['http://aws.example.com', /plain http/],
    ['http://127.0.0.1.evil.com', /plain http/],
    ['http://localhost.evil.com', /plain http/],
    ['http://10.0.0.1:4600', /plain http/],
    ['http://0.0.0.0:4600', /plain http/],
    ['ftp://127.0.0.1', /http or https/],
    ['file:///etc', /http or https/],
    ['127.0.0.1:4600', /http or https/],
    ['nonsense', /http or https/],
    ['https://u:p@aws.example.com', /user name/],
  ])('%s', async (flag, rule) => {
    const problem = await problemOf(() => from({ flag }));
    expect(problem.code).toBe('usage');
    expect(problem.message).toMatch(rule);
    expect(problem.message).toMatch(/^--endpoint-url "/);
  });

  test.each<[string, Partial<EndpointSources>]>([
    ['AWS_ENDPOINT_URL_S3', { env: { AWS_ENDPOINT_URL_S3: 'x' } }],
    ['AWS_ENDPOINT_URL', { env: { AWS_ENDPOINT_URL: 'x' } }],
    ["The profile's endpoint_url for s3", { section: { 's3.endpoint_url': 'x' } }],
    ["The profile's endpoint_url", { profile: { endpoint_url: 'x' } }],
  ])('by the name of where it stands: %s', async (name, sources) =>
    expect((await problemOf(() => from(sources))).message.startsWith(`${name} "x"`)).toBe(true),
  );
});

describe('the world they lead to', () => {
  test.each<[string, Partial<EndpointSources>, string]>([
    ['AWS itself', {}, 'aws'],
    ['one endpoint for all', { flag: 'http://127.0.0.1:4600/' }, 'http://127.0.0.1:4600'],
  ])('%s', (_, sources, world) => expect(worldOf(from(sources))).toBe(world));

  test('several, each named', () =>
    expect(worldOf({ s3: at('s3') })).toBe(
      'sts=aws organizations=aws s3=https://s3.test cost_and_usage_report_service=aws cloudformation=aws glue=aws',
    ));
});
