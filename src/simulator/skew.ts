import { dialects } from './dialect.ts';
import type { HttpRequest } from './http.ts';
import { ServiceError } from './service.ts';
import type { ServiceName } from './world.ts';

/** How far the time of a signature may be off; S3 bears 15 minutes, all others 5, and here all do. */
const BORNE_MS = 5 * 60_000;

/** Throws what AWS answers to a request whose signature is too old or too new for its clock (`awsNow`, ms). */
export const checkSignedTime = (request: HttpRequest, service: ServiceName, awsNow: number): void => {
  const signed = request.headers['x-amz-date'] ?? request.query['X-Amz-Date'];
  const at = signed === undefined ? Number.NaN : timeOf(signed);
  if (signed === undefined || Number.isNaN(at) || Math.abs(at - awsNow) <= BORNE_MS) return;
  const dialect = dialects[service];
  if (dialect === 's3') {
    const message = 'The difference between the request time and the current time is too large.';
    throw new ServiceError('RequestTimeTooSkewed', message, 403);
  }
  const early = at > awsNow;
  const bound = basic(awsNow + (early ? BORNE_MS : -BORNE_MS));
  const message = early
    ? `Signature not yet current: ${signed} is still later than ${bound} (${basic(awsNow)} + 5 min.)`
    : `Signature expired: ${signed} is now earlier than ${bound} (${basic(awsNow)} - 5 min.)`;
  if (dialect === 'json') throw new ServiceError('InvalidSignatureException', message);
  throw new ServiceError('SignatureDoesNotMatch', message, 403);
};

/** Ms of `20261123T090000Z`. */
const timeOf = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const basic = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
