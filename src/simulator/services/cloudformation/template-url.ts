import type { ServiceError } from '../../service.ts';
import { invalid } from './wire.ts';

const region = '[a-z]{2}(?:-[a-z]+)+-\\d';
const virtualHosted = new RegExp(`^([a-z0-9][a-z0-9.-]*[a-z0-9])\\.s3(?:[.-]${region})?\\.amazonaws\\.com$`);
const pathStyle = new RegExp(`^s3(?:[.-]${region})?\\.amazonaws\\.com$`);

/** Where a template lies in S3. */
export interface TemplateLocation {
  readonly bucket: string;
  readonly key: string;
}

/** The object that a TemplateURL names, in any of S3's host forms. @throws ServiceError ValidationError */
export const templateLocation = (url: string): TemplateLocation => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:') throw unsupported();
  const otherQuery = [...parsed.searchParams.keys()].filter((key) => key !== 'versionId');
  if (parsed.username || parsed.port || otherQuery.length > 0) throw unsupported();
  const host = parsed.hostname;
  const path = decoded(parsed.pathname.slice(1));
  // The forms without a bucket come first: `s3.us-east-1` would pass for a bucket's name.
  if (pathStyle.test(host)) {
    const slash = path.indexOf('/');
    if (slash < 1 || slash === path.length - 1) throw unsupported();
    return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
  }
  const bucket = virtualHosted.exec(host)?.[1];
  if (bucket === undefined) throw invalid(`Domain name specified in ${host} is not a valid S3 domain`);
  if (path === '') throw unsupported();
  return { bucket, key: path };
};

const unsupported = (): ServiceError => invalid('TemplateURL must be a supported URL.');

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) throw unsupported();
    throw error;
  }
};
