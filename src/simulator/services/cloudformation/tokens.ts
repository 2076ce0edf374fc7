import { ServiceError } from '../../service.ts';
import type { Stack } from '../../world.ts';

/**
 * Whether the stack has seen this token with this operation, so that the request is a repetition.
 * @throws ServiceError TokenAlreadyExistsException when another operation used it.
 */
export const repeated = (stack: Stack, token: string | undefined, operation: string): boolean => {
  const used = token !== undefined && Object.hasOwn(stack.tokens, token) ? stack.tokens[token] : undefined;
  if (used === undefined) return false;
  if (used === operation) return true;
  throw new ServiceError('TokenAlreadyExistsException', `Token ${token} already exists for stack ${stack.name}`);
};

export const remember = (stack: Stack, token: string | undefined, operation: string): void => {
  if (token !== undefined) stack.tokens[token] = operation;
};
