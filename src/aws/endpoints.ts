import { Problem } from '../errors.ts';
import type { Objection } from '../field.ts';
import { quoted } from '../text.ts';

/** The services that this program calls, by the name that AWS's endpoint settings give them. */
export const services = [
  'sts',
  'organizations',
  's3',
  'cost_and_usage_report_service',
  'cloudformation',
  'glue',
  'iam',
  'lambda',
  'lakeformation',
] as const;
export type ServiceId = (typeof services)[number];

/** Custom endpoint by service; a service without one is AWS's own. */
export type Endpoints = Readonly<Partial<Record<ServiceId, string>>>;

/** What may name an endpoint. */
export interface EndpointSources {
  /** --endpoint-url. */
  readonly flag?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The profile's keys in the shared config file. */
  readonly profile: Readonly<Record<string, string | undefined>>;
  /** The keys of its `services` section, such as `s3.endpoint_url`. */
  readonly section: Readonly<Record<string, string | undefined>>;
}

/**
 * Picks each service's endpoint as the AWS CLI does: flag, AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's
 * services section, the profile's endpoint_url. The old CUR client and the credential providers know none of this.
 * @throws Problem (usage) for what is no URL, and for plain http beyond loopback
 */
export const resolveEndpoints = (sources: EndpointSources): Endpoints => {
  const found: Partial<Record<ServiceId, string>> = {};
  for (const [service, { source, url }] of chosen(sources)) {
    const rule = brokenRule(url);
    if (rule) throw new Problem(`${source} ${quoted(url)} can't be used: ${rule}.`, [`Example: ${example}`], 'usage');
    found[service] = new URL(url).href.replace(/\/+$/, '');
  }
  return found;
};

/** What is wrong with the endpoints that flag and environment name. */
export const endpointObjections = (given: Pick<EndpointSources, 'flag' | 'env'>): readonly Objection[] => {
  const sources = new Map(
    [...chosen({ ...given, profile: {}, section: {} }).values()].map(({ source, url }) => [source, url]),
  );
  return [...sources].flatMap(([field, value]) => {
    const rule = brokenRule(value);
    return rule ? [{ field, value, rule, example }] : [];
  });
};

const chosen = ({ flag, env, profile, section }: EndpointSources) => {
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? profile.ignore_configured_endpoint_urls;
  const configured = ignored?.toLowerCase() !== 'true';
  const found = new Map<ServiceId, { readonly source: string; readonly url: string }>();
  for (const service of services) {
    const variable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
    const ranked: readonly (readonly [string, string | undefined])[] = [
      ['--endpoint-url', flag],
      [variable, configured ? env[variable] : undefined],
      ['AWS_ENDPOINT_URL', configured ? env.AWS_ENDPOINT_URL : undefined],
      [`The profile's endpoint_url for ${service}`, configured ? section[`${service}.endpoint_url`] : undefined],
      ["The profile's endpoint_url", configured ? profile.endpoint_url : undefined],
    ];
    const [source, url] = ranked.find(([, each]) => each) ?? [];
    if (source && url) found.set(service, { source, url });
  }
  return found;
};

/** The world that a set of endpoints leads to, as one line: "aws", a URL, or the list of those that differ. */
export const worldOf = (endpoints: Endpoints): string => {
  const urls = new Set(services.map((service) => endpoints[service] ?? 'aws'));
  const [first = 'aws'] = urls;
  if (urls.size === 1) return first;
  return services
    .filter((service) => !onlyLooked.has(service) || endpoints[service] !== endpoints.sts)
    .map((service) => `${service}=${endpoints[service] ?? 'aws'}`)
    .join(' ');
};

/** Services that hold nothing of a connection: they are named only where they are elsewhere than the one that says who is asking. */
const onlyLooked: ReadonlySet<ServiceId> = new Set(['iam', 'lambda', 'lakeformation']);

const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const example = '--endpoint-url http://127.0.0.1:4600';

const brokenRule = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'an endpoint is an http or https URL';
  if (url.username || url.password) return 'an endpoint has no user name or password';
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    return 'plain http would send credentials in the open; only loopback addresses may use it';
  return undefined;
};
