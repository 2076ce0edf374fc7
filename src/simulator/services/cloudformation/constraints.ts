import type { ServiceError } from '../../service.ts';
import { invalid, type Parameters } from './wire.ts';

const failed = (member: string, value: string, constraint: string): ServiceError =>
  invalid(`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`);

interface Rule {
  readonly pattern: string;
  readonly longest: number;
}

const name = '[a-zA-Z][-a-zA-Z0-9]*';
const nameOrArn = `${name}|arn:[-a-zA-Z0-9:/._+]*`;

const rules = {
  newStackName: { pattern: nameOrArn, longest: 128 },
  stackName: { pattern: nameOrArn, longest: 2048 },
  newChangeSetName: { pattern: name, longest: 128 },
  changeSetName: { pattern: nameOrArn, longest: 1600 },
  token: { pattern: '[a-zA-Z0-9][-a-zA-Z0-9]*', longest: 128 },
} as const satisfies Record<string, Rule>;

/** Checks a member against AWS's rule for it. @throws ServiceError ValidationError, in AWS's words. */
const check = (member: string, value: string, { pattern, longest }: Rule): void => {
  if (!new RegExp(`^(?:${pattern})$`).test(value)) {
    throw failed(member, value, `Member must satisfy regular expression pattern: ${pattern}`);
  }
  if (value.length > longest) throw failed(member, value, `Member must have length less than or equal to ${longest}`);
};

const present = (parameters: Parameters, key: string): string => {
  const value = parameters[key];
  if (value !== undefined) return value;
  const member = key.charAt(0).toLowerCase() + key.slice(1);
  throw invalid(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
};

/** The name of a stack to be created. */
export const newStackName = (parameters: Parameters): string => {
  const value = present(parameters, 'StackName');
  check('stackName', value, rules.newStackName);
  return value;
};

/** The name or id of a stack that should be there. */
export const stackNameOrId = (parameters: Parameters): string => {
  const value = present(parameters, 'StackName');
  check('stackName', value, rules.stackName);
  return value;
};

export const newChangeSetName = (parameters: Parameters): string => {
  const value = present(parameters, 'ChangeSetName');
  check('changeSetName', value, rules.newChangeSetName);
  return value;
};

export const changeSetNameOrId = (parameters: Parameters): string => {
  const value = present(parameters, 'ChangeSetName');
  check('changeSetName', value, rules.changeSetName);
  return value;
};

/** A client's token under this key; undefined when there is none. */
export const tokenIn = (parameters: Parameters, key: 'ClientRequestToken' | 'ClientToken'): string | undefined => {
  const value = parameters[key];
  if (value !== undefined) check(key.charAt(0).toLowerCase() + key.slice(1), value, rules.token);
  return value;
};

/** CloudFormation's limit for a template inside the request, in bytes. */
const bodyLimit = 51_200;

export const checkBodySize = (body: string): void => {
  if (Buffer.byteLength(body) <= bodyLimit) return;
  throw failed('templateBody', body, `Member must have length less than or equal to ${bodyLimit}`);
};
