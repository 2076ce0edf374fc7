import { quoted } from '../text.ts';
import { isBucketName } from './bucket-name.ts';
import type { Refuse } from './refuse.ts';
import { regions } from './regions.ts';

/** Where in S3 a template lies. Anyone can own a bucket, so the address alone proves nothing. */
export interface TemplateAddress {
  /** As CloudFormation is given it. */
  readonly url: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
  /** Undefined where the URL does not name one. */
  readonly region: string | undefined;
}

/** A real region's name, so that `s3-website-us-east-1` and the like are none. */
const region = `(${regions.join('|')})`;
const byHost = new RegExp(`^(.+)\\.s3(?:[.-]${region})?\\.amazonaws\\.com$`);
const byPath = new RegExp(`^s3(?:[.-]${region})?\\.amazonaws\\.com$`);

/** Reads a template's https URL by the rules of aws-facts §7; a value that is still encoded is decoded, twice at most. */
export const templateAddress = (value: string, refuse: Refuse): TemplateAddress => {
  const url = stillEncoded(value, refuse);
  if (/[\\\s]/.test(url)) throw refuse('its template URL holds blanks or backslashes');
  const parts = /^https:\/\/([^/?#]+)\/([^?#]*)(?:\?([^#]*))?$/i.exec(url);
  if (!parts) throw refuse('its template URL is no https URL of an object in S3');
  const [, authority = '', path = '', query] = parts;
  if (authority.includes('@')) throw refuse('its template URL holds a user name');
  if (authority.includes(':')) throw refuse('its template URL names a port');
  if (hasDotSegments(decode(path, refuse))) throw refuse('its template URL has dot segments');
  const versionId = versionOf(query, refuse);
  const host = authority.toLowerCase();
  const place = hostAndKey(host, path, refuse);
  if (!place) throw refuse('its template URL is not one of S3');
  if (/(^|\.)xn--/.test(place.bucket)) throw refuse('its template URL names a bucket in punycode');
  if (place.key === '') throw refuse('its template URL names no object');
  if (!isBucketName(place.bucket))
    throw refuse(`its template URL names ${quoted(place.bucket, 70)}, and no bucket is called so`);
  return { url, ...place, versionId };
};

/** Encoded slashes count, twice encoded ones too: whoever decodes before walking the path would leave the bucket. */
const hasDotSegments = (path: string): boolean =>
  path
    .replace(/%(25)*2e/gi, '.')
    .replace(/%(25)*(2f|5c)/gi, '/')
    .split(/[/\\]/)
    .some((segment) => segment === '.' || segment === '..');

const stillEncoded = (value: string, refuse: Refuse): string => {
  let url = value;
  for (let round = 0; round < 2 && /^https?%(25)*3a/i.test(url); round += 1) url = decode(url, refuse);
  return url;
};

const versionOf = (query: string | undefined, refuse: Refuse): string | undefined => {
  if (query === undefined || query === '') return undefined;
  const [, versionId] = /^versionId=([\w.~%-]+)$/.exec(query) ?? [];
  if (versionId === undefined) throw refuse('its template URL has a query other than versionId');
  const version = decode(versionId, refuse);
  if (!/^[\w.~-]+$/.test(version)) throw refuse('its template URL has a query other than versionId');
  return version;
};

const hostAndKey = (host: string, path: string, refuse: Refuse) => {
  const rooted = byPath.exec(host);
  if (rooted) {
    const [bucket = '', ...rest] = path.split('/');
    return { bucket, key: keyOf(rest.join('/'), refuse), region: rooted[1] };
  }
  const hosted = byHost.exec(host);
  return hosted?.[1] ? { bucket: hosted[1], key: keyOf(path, refuse), region: hosted[2] } : undefined;
};

const keyOf = (path: string, refuse: Refuse): string => decode(path.replace(/\+/g, ' '), refuse);

const decode = (text: string, refuse: Refuse): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('its template URL is encoded wrongly');
  }
};
