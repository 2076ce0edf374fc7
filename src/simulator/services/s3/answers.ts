import type { HttpResponse } from '../../http.ts';
import type { Context, ServiceError } from '../../service.ts';
import { type XmlValue, xml, xmlContent, xmlDocument } from '../../xml.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An answer without a body. */
export const s3Empty = (
  { requestId }: Context,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({ status, headers: { ...s3Headers(requestId), ...headers }, body: new Uint8Array() });

/** An answer whose body is one XML document. */
export const s3Xml = ({ requestId }: Context, tag: string, value: XmlValue): HttpResponse =>
  document(200, xmlDocument(tag, NAMESPACE, xmlContent(value)), requestId);

/** The same from content that is XML already. */
export const s3RawXml = ({ requestId }: Context, tag: string, content: string): HttpResponse =>
  document(200, xmlDocument(tag, NAMESPACE, content), requestId);

/** S3's form of an error, which has no namespace. */
export const s3Failure = (error: ServiceError, requestId: string): HttpResponse => {
  const body = xml('Error', {
    Code: error.code,
    Message: error.message,
    RequestId: requestId,
    HostId: hostId(requestId),
  });
  return document(error.status, `<?xml version="1.0" encoding="UTF-8"?>\n${body}`, requestId);
};

/** The id of an account as S3's access control lists have it. */
export const canonicalId = (account: string): string => account.padStart(64, '0');

/** The two ids that each answer of S3 bears. */
export const s3Headers = (requestId: string): Record<string, string> => ({
  'x-amz-request-id': requestId,
  'x-amz-id-2': hostId(requestId),
});

const hostId = (requestId: string): string => Buffer.from(requestId).toString('base64');

const document = (status: number, text: string, requestId: string): HttpResponse => ({
  status,
  headers: { ...s3Headers(requestId), 'content-type': 'application/xml' },
  body: Buffer.from(text),
});
