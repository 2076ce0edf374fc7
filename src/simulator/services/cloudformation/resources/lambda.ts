import type { Account } from '../../../world.ts';
import {
  generatedName,
  handlerFailure,
  type Kind,
  type Place,
  type Properties,
  removeWhere,
  suffix,
  text,
} from './kind.ts';

/** Concurrency that AWS wants left to functions without a reservation; small accounts keep all that they have. */
const minimumUnreserved = 100;

export const concurrencyLimit = (account: Account): number => account.concurrency ?? 1000;

/** What functions without a reservation may use together. */
export const unreservedConcurrency = (account: Account): number =>
  account.functions.reduce(
    (left, { reservedConcurrency = 0 }) => left - reservedConcurrency,
    concurrencyLimit(account),
  );

export const functionArn = (account: string, name: string): string =>
  `arn:aws:lambda:us-east-1:${account}:function:${name}`;

/** Runtimes that can't be used for new functions any more: Node.js up to 18, Python up to 3.8 and others of that age. */
const isRetired = (runtime: string): boolean => {
  const node = /^nodejs(\d+)?(\.|$)/.exec(runtime);
  if (node) return Number(node[1] ?? 0) <= 18;
  const python = /^python(\d+)\.(\d+)$/.exec(runtime);
  if (python) return Number(python[1]) < 3 || Number(python[2]) <= 8;
  return ['dotnetcore2.1', 'dotnetcore3.1', 'go1.x', 'ruby2.5', 'ruby2.7', 'java8', 'provided'].includes(runtime);
};

const newest = (runtime: string): string => (runtime.startsWith('python') ? 'python3.13' : 'nodejs22.x');

const checkRuntime = (runtime: string, place: Place): void => {
  if (!isRetired(runtime)) return;
  const advice = `We recommend you use a supported runtime while creating or updating functions (such as ${newest(runtime)}).`;
  const message = `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ${advice}`;
  throw handlerFailure(message, 'Lambda', 'InvalidRequest', place);
};

const reserved = (properties: Properties): number | undefined => {
  const value = text(properties.ReservedConcurrentExecutions);
  return value === undefined ? undefined : Number(value);
};

const checkConcurrency = (wanted: number, place: Place): void => {
  const minimum = Math.min(minimumUnreserved, concurrencyLimit(place.account));
  if (unreservedConcurrency(place.account) - wanted >= minimum) return;
  const refused =
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of";
  throw handlerFailure(`${refused} [${minimum}].`, 'Lambda', 'InvalidRequest', place);
};

export const lambdaFunction: Kind = {
  identify: (properties, place) => {
    const name = text(properties.FunctionName) ?? generatedName(place);
    return { physicalId: name, attributes: { Arn: functionArn(place.account.id, name) } };
  },
  create: (properties, { physicalId: name }, place) => {
    const { account, now } = place;
    const runtime = text(properties.Runtime) ?? '';
    const reservedConcurrency = reserved(properties);
    checkRuntime(runtime, place);
    if (account.functions.some((known) => known.name === name)) {
      throw handlerFailure(`Function already exist: ${name}`, 'Lambda', 'AlreadyExists', place);
    }
    if (reservedConcurrency !== undefined) checkConcurrency(reservedConcurrency, place);
    account.functions.push({
      name,
      runtime,
      created: now,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    });
  },
  remove: (_, { physicalId: name }, { account }) => removeWhere(account.functions, (known) => known.name === name),
};

export const lambdaPermission: Kind = {
  identify: (_, place) => ({ physicalId: `${place.stack.name}-${place.logicalId}-${suffix(place)}`, attributes: {} }),
};
