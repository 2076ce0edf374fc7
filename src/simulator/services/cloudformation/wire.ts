import type { HttpRequest, HttpResponse } from '../../http.ts';
import { queryParameters, queryResponse } from '../../query.ts';
import { type Context, type Operation, ServiceError } from '../../service.ts';
import { type XmlValue, xmlContent } from '../../xml.ts';

export const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** A request's parameters, flat, by AWS's names. */
export type Parameters = Record<string, string>;

type Run = (context: Context, parameters: Parameters) => XmlValue;

/** An operation that only reads. */
export const reading = (action: string, run: Run): Operation => operation(action, false, run);

/** An operation that changes something; one that gives undefined answers without a result. */
export const writing = (action: string, run: Run): Operation => operation(action, true, run);

const operation = (action: string, mutating: boolean, run: Run): Operation => ({
  mutating,
  run: (context: Context, request: HttpRequest): HttpResponse => {
    const result = run(context, queryParameters(request));
    return queryResponse(namespace, action, result === undefined ? undefined : xmlContent(result), context.requestId);
  },
});

export const invalid = (message: string): ServiceError => new ServiceError('ValidationError', message);
