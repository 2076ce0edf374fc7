import type { HttpRequest } from './http.ts';

/** The credential scope of a signed request: who signs, for which region and service (empty when it doesn't say). The signature is never checked. */
export interface Credential {
  readonly key: string;
  readonly region: string;
  readonly service: string;
}

/** Read from the Authorization header or, for presigned requests, from the query; undefined for an anonymous request. */
export const credentialOf = ({ headers, query }: HttpRequest): Credential | undefined => {
  const [, signed] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? [];
  // Presigned links of version 2, which boto3 still makes for S3, name the key alone.
  const [key, , region, service] = (signed ?? query['X-Amz-Credential'] ?? query.AWSAccessKeyId ?? '').split('/');
  return key ? { key, region: region ?? '', service: service ?? '' } : undefined;
};
