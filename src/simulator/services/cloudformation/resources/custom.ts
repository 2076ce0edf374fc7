import { createHash } from 'node:crypto';
import { xml } from '../../../xml.ts';
import { bucketNamed } from '../../s3/store.ts';
import { type Kind, type Place, type Properties, ResourceFailure, suffix, text } from './kind.ts';
import { functionArn } from './lambda.ts';

/** Custom resources are answered by a Lambda: it has to be there. */
const checkServiceToken = (properties: Properties, { account }: Place): void => {
  const token = text(properties.ServiceToken) ?? '';
  const known = account.functions.some(({ name }) => functionArn(account.id, name) === token);
  if (known || token.startsWith('arn:aws:sns:')) return;
  throw new ResourceFailure('Invalid service token.');
};

/** A custom resource whose Lambda does nothing that the world would show; it counts as run. */
export const customResource: Kind = {
  identify: (_, place) => {
    const stream = createHash('md5').update(suffix(place)).digest('hex');
    const day = new Date(place.now).toISOString().slice(0, 10).replaceAll('-', '/');
    return { physicalId: `${day}/[$LATEST]${stream}`, attributes: {} };
  },
  create: (properties, _, place) => checkServiceToken(properties, place),
};

/** The crawler template's first Lambda: starts the crawlers of its stack. */
export const startCrawler: Kind = {
  ...customResource,
  create: (properties, _, place) => {
    checkServiceToken(properties, place);
    const made = Object.values(place.stack.resources).filter(({ type }) => type === 'AWS::Glue::Crawler');
    for (const crawler of place.account.crawlers) {
      if (made.some(({ physicalId }) => physicalId === crawler.name)) crawler.crawlStarted = place.now;
    }
  },
};

/** The crawler template's second Lambda: replaces all of the bucket's notifications, and empties them when it goes. */
export const putNotification: Kind = {
  ...customResource,
  create: (properties, _, place) => {
    checkServiceToken(properties, place);
    const name = text(properties.BucketName) ?? '';
    const bucket = bucketNamed(place.world, name);
    if (!bucket)
      throw new ResourceFailure(
        'Received response status [FAILED] from custom resource. Message returned: NoSuchBucket',
      );
    bucket.notifications = notificationXml(properties, place);
  },
  removedUnmade: true,
  remove: (properties, _, { world }) => {
    const bucket = bucketNamed(world, text(properties.BucketName) ?? '');
    if (bucket) delete bucket.notifications;
  },
};

/** What stands inside `NotificationConfiguration`, as S3 keeps it. */
const notificationXml = (properties: Properties, place: Place): string =>
  xml('CloudFunctionConfiguration', {
    Id: Buffer.from(`${place.stack.name}-${place.logicalId}`).toString('base64'),
    CloudFunction: text(properties.TargetLambdaArn) ?? 'missing arn',
    Event: 's3:ObjectCreated:*',
    Filter: { S3Key: { FilterRule: { Name: 'prefix', Value: text(properties.ReportKey) } } },
  });
