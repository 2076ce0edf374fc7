import type { HttpRequest } from '../http.ts';
import { type Context, type Operation, type Service, ServiceError } from '../service.ts';
import type { Account, LambdaFunction } from '../world.ts';
import { concurrencyLimit, functionArn, unreservedConcurrency } from './cloudformation/resources/lambda.ts';

const routes: readonly (readonly [operation: string, method: string, path: RegExp])[] = [
  ['GetFunction', 'GET', /^\/2015-03-31\/functions\/[^/]+$/],
  ['ListFunctions', 'GET', /^\/2015-03-31\/functions\/?$/],
  ['GetAccountSettings', 'GET', /^\/2016-08-19\/account-settings\/?$/],
];

const reading = (run: (context: Context, request: HttpRequest) => Readonly<Record<string, unknown>>): Operation => ({
  mutating: false,
  run: (context, request) => ({
    status: 200,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': context.requestId },
    body: Buffer.from(JSON.stringify(run(context, request))),
  }),
});

/** Lambda as far as stacks need it: their functions can be looked at, and what the account may run at once. */
export const lambda: Service = {
  name: 'lambda',
  operationOf: ({ method, path }) =>
    routes.find(([, verb, pattern]) => verb === method && pattern.test(path))?.[0] ?? `${method} ${path}`,
  operations: {
    GetFunction: reading(({ account }, { path }) => {
      const wanted = decodeURIComponent(path.split('/').at(-1) ?? '');
      const found = account.functions.find(({ name }) => name === wanted || functionArn(account.id, name) === wanted);
      if (!found) {
        const arn = wanted.startsWith('arn:') ? wanted : functionArn(account.id, wanted);
        throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      }
      const { reservedConcurrency } = found;
      const concurrency = { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } };
      return { Configuration: shown(account, found), ...(reservedConcurrency === undefined ? {} : concurrency) };
    }),
    ListFunctions: reading(({ account }) => ({ Functions: account.functions.map((one) => shown(account, one)) })),
    GetAccountSettings: reading(({ account }) => ({
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: concurrencyLimit(account),
        UnreservedConcurrentExecutions: unreservedConcurrency(account),
      },
      AccountUsage: { TotalCodeSize: 0, FunctionCount: account.functions.length },
    })),
  },
  failure: (error, requestId) => ({
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.code },
    body: Buffer.from(JSON.stringify({ Type: 'User', message: error.message })),
  }),
};

const shown = (account: Account, { name, runtime, created }: LambdaFunction) => ({
  FunctionName: name,
  FunctionArn: functionArn(account.id, name),
  Runtime: runtime,
  // Lambda writes the offset without a colon.
  LastModified: new Date(created).toISOString().replace('Z', '+0000'),
  State: 'Active',
  Version: '$LATEST',
});
