import { queryFailure, queryParameters, queryResponse } from '../query.ts';
import { simulated } from '../rights/simulation.ts';
import { type Context, type Operation, type Service, ServiceError } from '../service.ts';
import type { Role } from '../world.ts';
import { memberList, type XmlValue, xmlContent } from '../xml.ts';
import { roleId } from './cloudformation/resources/iam.ts';

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';

const reading = (
  action: string,
  run: (context: Context, parameters: Record<string, string>) => XmlValue,
): Operation => ({
  mutating: false,
  run: (context, request) =>
    queryResponse(namespace, action, xmlContent(run(context, queryParameters(request))), context.requestId),
});

/** IAM as far as it is needed: roles can be looked at, and what the caller may do can be asked. */
export const iam: Service = {
  name: 'iam',
  operationOf: (request) => queryParameters(request).Action ?? 'UnknownOperation',
  operations: {
    GetRole: reading('GetRole', ({ account }, { RoleName: name = '' }) => {
      const role = account.roles.find((known) => known.name === name);
      if (!role) throw new ServiceError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
      return { Role: shown(account.id, role) };
    }),
    ListRoles: reading('ListRoles', ({ account }, { PathPrefix: prefix = '/' }) => {
      const roles = account.roles.filter(({ path }) => path.startsWith(prefix));
      return { IsTruncated: 'false', Roles: memberList(roles.map((role) => shown(account.id, role))) };
    }),
    GetUser: reading('GetUser', ({ account, callerArn, userId, now }, { UserName: name = 'engineer' }) => {
      if (!callerArn.includes(':user/')) {
        throw new ServiceError('ValidationError', 'Must specify userName when calling with non-User credentials');
      }
      if (name !== 'engineer') {
        throw new ServiceError('NoSuchEntity', `The user with name ${name} cannot be found.`, 404);
      }
      const created = dateOf(now - YEAR_MS);
      return {
        User: {
          Path: '/',
          UserName: name,
          UserId: userId,
          Arn: `arn:aws:iam::${account.id}:user/${name}`,
          CreateDate: created,
        },
      };
    }),
    SimulatePrincipalPolicy: reading('SimulatePrincipalPolicy', ({ account }, parameters) =>
      simulated(account, parameters),
    ),
  },
  failure: (error, requestId) => queryFailure(namespace, error, requestId),
};

const YEAR_MS = 365 * 24 * 3_600_000;

/** IAM's dates have no fractions. */
const dateOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const shown = (account: string, { name, path, created, trust }: Role): XmlValue => ({
  Path: path,
  RoleName: name,
  RoleId: roleId(account, name),
  Arn: `arn:aws:iam::${account}:role${path}${name}`,
  CreateDate: dateOf(created),
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust ?? {})),
  MaxSessionDuration: 3600,
});
