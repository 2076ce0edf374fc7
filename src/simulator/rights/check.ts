import { type Dialect, dialects } from '../dialect.ts';
import { queryParameters } from '../query.ts';
import { ServiceError } from '../service.ts';
import type { Account, ServiceName } from '../world.ts';
import { actionFor } from './actions.ts';
import { type Obstacle, obstacleTo, sentenceOf } from './denials.ts';
import { type Asked, resourcesOf } from './resources.ts';

/** Throws the service's own refusal when a denial of the account meets this request; `caller` is an ARN. */
export const checkRights = (asked: Asked, caller: string): void => {
  const action = actionFor(asked.service, asked.operation, asked.request.query.versionId);
  const obstacle = action === undefined ? undefined : obstacleTo(asked.account, action, resourcesOf(asked));
  if (obstacle) throw refusal(asked.service, obstacle, caller);
  if (listsStacks(asked))
    checkAction(asked.account, asked.service, { action: 'cloudformation:ListStacks', resource: '*', caller });
};

/** DescribeStacks tells of all stacks only together with the right to list them (Service Authorization Reference). */
const listsStacks = ({ service, operation, request }: Asked): boolean =>
  service === 'cloudformation' && operation === 'DescribeStacks' && queryParameters(request).StackName === undefined;

/** The same for an action that an operation needs beside its own, on one resource. */
export const checkAction = (
  account: Account,
  service: ServiceName,
  { action, resource, caller }: { readonly action: string; readonly resource: string; readonly caller: string },
): void => {
  const obstacle = obstacleTo(account, action, [resource]);
  if (obstacle) throw refusal(service, obstacle, caller);
};

const refusal = (service: ServiceName, obstacle: Obstacle, caller: string): ServiceError => {
  const [code, status] = service === 'lambda' ? (['AccessDeniedException', 403] as const) : codes[dialects[service]];
  return new ServiceError(code, sentenceOf(obstacle, caller), status);
};

const codes: Readonly<Record<Dialect, readonly [string, number]>> = {
  s3: ['AccessDenied', 403],
  query: ['AccessDenied', 403],
  json: ['AccessDeniedException', 400],
};
