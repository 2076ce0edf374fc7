import { bodyText, type HttpRequest, type HttpResponse } from './http.ts';
import type { ServiceError } from './service.ts';
import { xml, xmlDocument } from './xml.ts';

/** The parameters of a Query-protocol request: those of the form body over those of the query string, flat, as they were sent. */
export const queryParameters = (request: HttpRequest): Readonly<Record<string, string>> => {
  const known = read.get(request);
  if (known) return known;
  const parameters = parametersIn(request);
  read.set(request, parameters);
  return parameters;
};

/** Who answers a request asks for them again and again, and one of them can be a template of 50 KB. */
const read = new WeakMap<HttpRequest, Readonly<Record<string, string>>>();

const parametersIn = (request: HttpRequest): Readonly<Record<string, string>> => {
  const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const body = form ? Object.fromEntries(new URLSearchParams(bodyText(request))) : {};
  return { ...request.query, ...body };
};

/** A list of plain values: `Capabilities.member.1=…` is `members(parameters, 'Capabilities')`. */
export const members = (parameters: Readonly<Record<string, string>>, prefix: string): string[] =>
  numbered(parameters, `${prefix}.member.`).flatMap((index) => parameters[`${prefix}.member.${index}`] ?? []);

/** A list of structures: `Parameters.member.1.ParameterKey=…`, each entry's keys without the prefix. */
export const structures = (parameters: Readonly<Record<string, string>>, prefix: string): Record<string, string>[] =>
  numbered(parameters, `${prefix}.member.`).map((index) => {
    const start = `${prefix}.member.${index}.`;
    const own = Object.entries(parameters).filter(([key]) => key.startsWith(start));
    return Object.fromEntries(own.map(([key, value]) => [key.slice(start.length), value]));
  });

/** A successful answer. `resultXml` is what stands inside `<ActionResult>`; without it, the action has no result element. */
export const queryResponse = (
  namespace: string,
  action: string,
  resultXml: string | undefined,
  requestId: string,
): HttpResponse => {
  const result = resultXml === undefined ? '' : `<${action}Result>${resultXml}</${action}Result>`;
  const content = result + xml('ResponseMetadata', { RequestId: requestId });
  return answer(200, xmlDocument(`${action}Response`, namespace, content), requestId);
};

/** An error in the Query protocol's form. */
export const queryFailure = (namespace: string, error: ServiceError, requestId: string): HttpResponse => {
  const fault = error.status < 500 ? 'Sender' : 'Receiver';
  const content = xml('Error', { Type: fault, Code: error.code, Message: error.message }) + xml('RequestId', requestId);
  return answer(error.status, xmlDocument('ErrorResponse', namespace, content), requestId);
};

const answer = (status: number, text: string, requestId: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: Buffer.from(text),
});

/** The indexes that occur after the start, ascending: `1`, `2`, … */
const numbered = (parameters: Readonly<Record<string, string>>, start: string): number[] => {
  const found = Object.keys(parameters).flatMap((key) =>
    key.startsWith(start) ? [Number.parseInt(key.slice(start.length), 10)] : [],
  );
  return [...new Set(found.filter(Number.isInteger))].sort((a, b) => a - b);
};
