import { withoutSecrets } from '../text.ts';
import type { attempts } from './attempts.ts';
import { sharedClock } from './clock-skew.ts';
import { type ExplainContext, type FailedCall, isSkewed } from './explain.ts';
import type { renewing } from './renewing.ts';

/** IAM's names for what some operations are authorised as; all others bear the operation's own name. */
const iamActions: Readonly<Record<string, string>> = {
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListBuckets: 'ListAllMyBuckets',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
};

interface Traceable {
  middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<never>,
        context: { commandName?: string },
      ) => (args: never) => Promise<never>,
      options: { step: 'initialize'; name: string; priority: 'high' },
    ): void;
  };
}

/** Attaches to each error which call it was, as the errors of some operations say nothing; and makes calls again as `lasting` says. */
export const tracing =
  (
    way: ExplainContext | undefined,
    lasting: ReturnType<typeof renewing>,
    watched: ReturnType<typeof attempts>,
    clocked = sharedClock(),
  ) =>
  <C>(client: C, service: string): C => {
    (client as Traceable).middlewareStack.add(
      (next, context) => (args) =>
        lasting(async () => {
          try {
            // The old CUR client learns from a refusal how far the clock is off, and does not try again by itself.
            return await next(args).catch((error) => (isSkewed(error) ? next(args) : Promise.reject(error)));
          } catch (error) {
            if (error instanceof Error) {
              Object.assign(error, { $call: callOf(service, context.commandName, args), $way: way, ...error });
              // Some steps show AWS's words themselves.
              error.message = withoutSecrets(error.message);
            }
            throw error;
          }
        }),
      { step: 'initialize', name: 'whichCall', priority: 'high' },
    );
    return watched(clocked(client), service);
  };

const callOf = (service: string, commandName = '', args: { input?: Record<string, unknown> }): FailedCall => {
  const operation = commandName.replace(/Command$/, '');
  const { input = {} } = args;
  const named = input.Bucket
    ? `arn:aws:s3:::${input.Bucket}${input.Key ? `/${input.Key}` : ''}`
    : (input.StackName ?? input.CrawlerName ?? input.ReportName ?? input.Name);
  return {
    action: `${service}:${(service === 's3' && iamActions[operation]) || operation}`,
    resource: typeof named === 'string' ? named : undefined,
  };
};
