import { obstacleTo } from '../../rights/denials.ts';
import type { Context } from '../../service.ts';
import { mayRead } from '../s3/access.ts';
import { readObject } from '../s3/objects.ts';
import { bucketNamed } from '../s3/store.ts';
import { checkBodySize } from './constraints.ts';
import { templateLocation } from './template-url.ts';
import { invalid, type Parameters } from './wire.ts';

/** CloudFormation's limit for a template in S3, in bytes. */
const objectLimit = 1_000_000;

/** The template's text as the request gives it, inline or by URL. @throws ServiceError ValidationError, in AWS's words. */
export const templateText = (context: Context, parameters: Parameters): string => {
  const { TemplateBody: body, TemplateURL: url } = parameters;
  if (body !== undefined && url !== undefined) {
    throw invalid('You must specify either Template Body or Template URL, but not both.');
  }
  if (url !== undefined) return fetched(context, url);
  if (body === undefined || body === '') throw invalid('Either Template URL or Template Body must be specified.');
  checkBodySize(body);
  return body;
};

/** CloudFormation reads the object with the caller's rights. */
const fetched = ({ world, account, now }: Context, url: string): string => {
  const { bucket, key } = templateLocation(url);
  if (obstacleTo(account, 's3:GetObject', [`arn:aws:s3:::${bucket}/${key}`])) throw s3Error('Access Denied');
  const content = readObject(world, bucket, key, now);
  if (!bucketNamed(world, bucket)) throw s3Error('The specified bucket does not exist');
  if (!mayRead(world, account.id, bucket, key)) throw s3Error('Access Denied');
  if (!content) throw s3Error('The specified key does not exist.');
  if (content.byteLength > objectLimit) throw invalid(`Template may not exceed ${objectLimit} bytes in size.`);
  return Buffer.from(content).toString('utf8');
};

const documentation = 'For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';

const s3Error = (message: string) => invalid(`S3 error: ${message}\n${documentation}`);
