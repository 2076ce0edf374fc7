import type { Remark } from '../findings.ts';
import type { Resource } from '../resource.ts';
import { at, listed, literal, shown, type Text, textsAt, type Value } from '../value.ts';
import { askSpot, type Rule, remark } from './rule.ts';

/** What answers the internet: APIs, load balancers, databases, open ports. */
export const reachable: Rule = ({ resources }) =>
  resources.flatMap((resource) => [...openApi(resource), ...openDatabase(resource), ...openPort(resource)]);

/** Types that answer whoever finds them, unless they say otherwise: how they are opened. */
const openTo: Readonly<Record<string, (properties: Value) => string | undefined>> = {
  'AWS::ApiGateway::Method': (properties) => unguarded(properties),
  'AWS::ApiGatewayV2::Route': (properties) => unguarded(properties),
  'AWS::ApiGateway::RestApi': (properties) => imported(properties),
  'AWS::ApiGatewayV2::Api': (properties) =>
    at(properties, 'Target').length > 0 ? 'Target, a route without authorization' : imported(properties),
  'AWS::AppSync::GraphQLApi': (properties) =>
    byAnyone([
      ...textsAt(properties, 'AuthenticationType'),
      ...textsAt(properties, 'AdditionalAuthenticationProviders', 'AuthenticationType'),
    ]),
  'AWS::AppSync::Api': (properties) => byAnyone(textsAt(properties, 'EventConfig', 'AuthProviders', 'AuthType')),
  'AWS::AppSync::ApiKey': () => 'an API key',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (properties) => facing(properties),
  'AWS::ElasticLoadBalancing::LoadBalancer': (properties) => facing(properties),
  'AWS::CloudFront::Distribution': (properties) =>
    listed(textsAt(properties, 'DistributionConfig', 'Origins', 'DomainName')),
  'AWS::EC2::VPCEndpointServicePermissions': (properties) =>
    textsAt(properties, 'AllowedPrincipals').some((text) => /^\*|:iam::\*/.test(literal(text) ?? '*'))
      ? `AllowedPrincipals ${listed(textsAt(properties, 'AllowedPrincipals'))}`
      : undefined,
};

const byAnyone = (kinds: readonly Text[]): string | undefined =>
  kinds.some((text) => !/^(AWS_IAM|AWS_LAMBDA)$/.test(literal(text) ?? ''))
    ? `AuthenticationType ${listed(kinds)}`
    : undefined;

const unguarded = (properties: Value): string | undefined => {
  const kinds = textsAt(properties, 'AuthorizationType').map(shown);
  return kinds.length === 0 || kinds.some((kind) => !/^(AWS_IAM|JWT|CUSTOM|COGNITO_USER_POOLS)$/.test(kind))
    ? `AuthorizationType ${kinds.join(', ') || 'none'}`
    : undefined;
};

const imported = (properties: Value): string | undefined =>
  ['Body', 'BodyS3Location'].find((key) => at(properties, key).length > 0);

const facing = (properties: Value): string | undefined => {
  const schemes = textsAt(properties, 'Scheme').map(shown);
  return schemes.length > 0 && schemes.every((scheme) => scheme === 'internal')
    ? undefined
    : `Scheme ${schemes.join(', ') || 'internet-facing'}`;
};

const openApi = (resource: Resource): readonly Remark[] => {
  const { id, type, properties } = resource;
  const seen = Object.hasOwn(openTo, type) ? openTo[type]?.(properties) : undefined;
  return seen === undefined
    ? []
    : [remark('public-api', 'alarm', id, [`${id} may let anyone on the internet call this account.`, seen, askSpot])];
};

const openDatabase = (resource: Resource): readonly Remark[] => {
  const open = textsAt(resource.properties, 'PubliclyAccessible').filter(
    (text) => literal(text)?.toLowerCase() !== 'false',
  );
  return open.map((text) =>
    remark('public-database', 'alarm', resource.id, [
      `${resource.id} is a database that can be reached from the internet.`,
      `PubliclyAccessible ${shown(text)}`,
      askSpot,
    ]),
  );
};

/** Networks so wide that no one's own is: a mask of fewer bits than any private network's, however the address is spelled. */
const isWorld = (cidr: string): boolean => {
  const [, bits] = /\/\s*(\d+)\s*$/.exec(cidr) ?? [];
  return bits !== undefined && Number(bits) < (cidr.includes(':') ? 16 : 8);
};

/** Ports of a security group that are open to the world. */
const openPort = (resource: Resource): readonly Remark[] => {
  const { id, type, properties } = resource;
  if (!/^AWS::EC2::SecurityGroup(Ingress)?$/.test(type)) return [];
  const rules = type === 'AWS::EC2::SecurityGroup' ? at(properties, 'SecurityGroupIngress') : [properties];
  return rules
    .flatMap((rule) => [...textsAt(rule, 'CidrIp'), ...textsAt(rule, 'CidrIpv6')])
    .filter((text) => isWorld(literal(text) ?? '0.0.0.0/0'))
    .map((text) =>
      remark('open-port', 'alarm', id, [`${id} opens ports to the whole internet.`, `From ${shown(text)}`, askSpot]),
    );
};
