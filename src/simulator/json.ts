import { bodyText, type HttpRequest, type HttpResponse } from './http.ts';
import { type Context, type Operation, type Service, ServiceError } from './service.ts';
import type { ServiceName } from './world.ts';

/** The decoded body of a JSON 1.1 request. */
export type JsonInput = Readonly<Record<string, unknown>>;

/** A service of the JSON 1.1 protocol, which names its operation in `X-Amz-Target`. */
export const jsonService = (name: ServiceName, operations: Readonly<Record<string, Operation>>): Service => ({
  name,
  operationOf: ({ headers }) => (headers['x-amz-target'] ?? '').split('.').at(-1) || 'UnknownOperation',
  operations,
  failure: (error, requestId) => ({
    status: error.status,
    headers: jsonHeaders(requestId, { 'x-amzn-errortype': error.code }),
    body: Buffer.from(JSON.stringify({ __type: error.code, Message: error.message })),
  }),
});

/** An operation from decoded input to an output that is sent as JSON. Timestamps are seconds since the epoch, as numbers. */
export const jsonOperation = (
  mutating: boolean,
  run: (context: Context, input: JsonInput) => Readonly<Record<string, unknown>>,
): Operation => ({
  mutating,
  run: (context, request): HttpResponse => ({
    status: 200,
    headers: jsonHeaders(context.requestId),
    body: Buffer.from(JSON.stringify(run(context, decode(request)))),
  }),
});

/** A text field; undefined when it is absent. */
export const text = (input: JsonInput, field: string): string | undefined => {
  const value = input[field];
  return typeof value === 'string' ? value : undefined;
};

/** A text field that the operation can't do without. */
export const neededText = (input: JsonInput, field: string): string => {
  const value = text(input, field);
  if (value === undefined || value === '') throw invalid(field, 'null', 'Member must not be null');
  return value;
};

/** AWS's words for a field that breaks its model. */
export const invalid = (field: string, value: string, constraint: string): ServiceError => {
  const at = field
    .split('.')
    .map((part) => part.charAt(0).toLowerCase() + part.slice(1))
    .join('.');
  const shown = value === 'null' ? value : `'${value}'`;
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value ${shown} at '${at}' failed to satisfy constraint: ${constraint}`,
  );
};

const jsonHeaders = (requestId: string, more: Record<string, string> = {}): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amzn-requestid': requestId,
  ...more,
});

const decode = (request: HttpRequest): JsonInput => {
  const body = bodyText(request);
  try {
    const input: unknown = body === '' ? {} : JSON.parse(body);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new ServiceError('SerializationException', 'The request body is no JSON object.');
};
