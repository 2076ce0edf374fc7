import type { HttpRequest } from '../../http.ts';

/**
 * The bytes of a body, freed from `aws-chunked`: newer SDKs send checksums behind the data, and for that wrap the data in chunks
 * of their own, inside whatever the transport does.
 */
export const plainBody = ({ headers, body }: HttpRequest): Uint8Array => {
  const streaming = headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  const encoded = headers['content-encoding']?.split(',').some((name) => name.trim() === 'aws-chunked') ?? false;
  return streaming || encoded ? unchunked(Buffer.from(body)) : body;
};

const unchunked = (body: Buffer): Uint8Array => {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = lineEnd < 0 ? 0 : Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    // The last chunk is empty; the trailing checksums behind it are not verified.
    if (!(size > 0)) return Buffer.concat(parts);
    const start = lineEnd + 2;
    parts.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
};
