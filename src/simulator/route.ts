import { credentialOf } from './credential.ts';
import type { HttpRequest } from './http.ts';
import { queryParameters } from './query.ts';
import type { ServiceName } from './world.ts';

/**
 * The service that a request is for: the one that it is signed for, or else what its target, action or path tells. A service
 * that isn't simulated is given as its name in the signature.
 */
export const serviceFor = (request: HttpRequest): ServiceName | { readonly unknown: string } => {
  const signed = credentialOf(request)?.service;
  if (signed) return isService(signed) ? signed : { unknown: signed };
  return byTarget(request) ?? byAction(request) ?? byPath(request) ?? 's3';
};

const byTarget = ({ headers }: HttpRequest): ServiceName | undefined =>
  targets[headers['x-amz-target']?.split('.').at(0) ?? ''];

const byAction = (request: HttpRequest): ServiceName | undefined => {
  const { Action, Version } = queryParameters(request);
  return Action === undefined ? undefined : versions[Version ?? ''];
};

const byPath = ({ method, path }: HttpRequest): ServiceName | undefined => {
  if (path.startsWith('/2015-03-31/')) return 'lambda';
  return method === 'POST' && path === '/GetDataLakeSettings' ? 'lakeformation' : undefined;
};

const targets: Readonly<Record<string, ServiceName>> = {
  AWSOrigamiServiceGatewayService: 'cur',
  AWSGlue: 'glue',
  AWSOrganizationsV20161128: 'organizations',
};

const versions: Readonly<Record<string, ServiceName>> = {
  '2011-06-15': 'sts',
  '2010-05-15': 'cloudformation',
  '2010-05-08': 'iam',
};

const names: readonly ServiceName[] = [
  ...(['sts', 'organizations', 's3', 'cur', 'cloudformation', 'glue', 'iam', 'lambda', 'lakeformation'] as const),
];

const isService = (name: string): name is ServiceName => names.some((known) => known === name);
