import { queryFailure, queryParameters, queryResponse } from '../query.ts';
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

/** IAM as far as stacks need it: the roles that they made can be looked at. */
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
  },
  failure: (error, requestId) => queryFailure(namespace, error, requestId),
};

const shown = (account: string, { name, path, created, trust }: Role): XmlValue => ({
  Path: path,
  RoleName: name,
  RoleId: roleId(account, name),
  Arn: `arn:aws:iam::${account}:role${path}${name}`,
  // IAM's dates have no fractions.
  CreateDate: new Date(created).toISOString().replace(/\.\d+Z$/, 'Z'),
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust ?? {})),
  MaxSessionDuration: 3600,
});
