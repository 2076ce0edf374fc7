import type { Context, Operation, Service, ServiceError } from '../service.ts';

const everyone = { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' };
const principals = (arns: readonly string[]) => arns.map((arn) => ({ DataLakePrincipalIdentifier: arn }));

const getDataLakeSettings: Operation = {
  mutating: false,
  run: ({ account, requestId }: Context) => {
    const { lakeFormation } = account;
    // In a fresh account IAM alone decides on what is new in the catalog.
    const defaults = lakeFormation ? [] : [{ Principal: everyone, Permissions: ['ALL'] }];
    const settings = {
      DataLakeAdmins: principals(lakeFormation?.administrators ?? []),
      ReadOnlyAdmins: [],
      CreateDatabaseDefaultPermissions: defaults,
      CreateTableDefaultPermissions: defaults,
      Parameters: { CROSS_ACCOUNT_VERSION: '4', SET_CONTEXT: 'TRUE' },
      TrustedResourceOwners: [],
      AllowExternalDataFiltering: false,
    };
    return {
      status: 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
      body: Buffer.from(JSON.stringify({ DataLakeSettings: settings })),
    };
  },
};

/** Lake Formation's settings: whether it guards the Glue catalog, and who administers it. */
export const lakeformation: Service = {
  name: 'lakeformation',
  operationOf: ({ method, path }) => (method === 'POST' ? path.replace(/^\//, '') : `${method} ${path}`),
  operations: { GetDataLakeSettings: getDataLakeSettings },
  failure: ({ code, message, status }: ServiceError, requestId) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
    body: Buffer.from(JSON.stringify({ __type: code, Message: message })),
  }),
};
