import type { Notification } from '../../aws/buckets.ts';
import type { Crawler } from '../../aws/crawlers.ts';
import { type Glance, glance } from '../../aws/glance.ts';
import type { Stack, StackEvent } from '../../aws/stacks.ts';
import type { WrittenMessage } from '../../outbox.ts';
import type { Outside } from '../../step.ts';
import { mostTemplateBytes } from '../../template/template.ts';
import { firstCause, stackStanding } from '../stack-standing.ts';
import { type CrawlerTemplate, crawls, readCrawlerTemplate } from './crawler-template.ts';
import type { Settings } from './settings.ts';

export interface Seen {
  readonly message: WrittenMessage | undefined;
  /** The file to send and to deploy: the one beside the message once there is one, else AWS's. */
  readonly file: { readonly bytes: Uint8Array; readonly template: CrawlerTemplate };
  /** By recorded id, which finds a deleted one too, else by name. */
  readonly stack: Stack | undefined;
  readonly events: readonly StackEvent[];
  /** Whether the stack is this connection's: recorded, or proven by what it crawls. */
  readonly ours: boolean;
  readonly crawler: Crawler | undefined;
  /** The tables of the crawler's database; undefined when there is no such database. */
  readonly tables: Glance<readonly string[] | undefined>;
  /** What the stack would replace; looked for while there is no stack. */
  readonly notifications: Glance<readonly Notification[]>;
  /** The stack whose CURBucketName is our bucket, looked for where the state does not know how far things went. */
  readonly extractor: Stack | undefined;
}

export const inspect = async ({ aws, outbox }: Outside, settings: Settings): Promise<Seen> => {
  const [message, stack] = await Promise.all([outbox.find(settings.customer), findStack(aws.stacks, settings)]);
  const recorded = stack !== undefined && stack.id === settings.notes['crawler-stack-id'];
  const standing = stackStanding(stack);
  const events = stack && standing !== 'standing' ? await aws.stacks.listEvents(stack.id) : [];
  const mailed = isRetired(events) ? undefined : mailedFile(message, settings);
  const file = mailed ?? (await deliveredFile(aws, settings));
  const { template } = file;
  const [crawler, tables, notifications, extractor] = await Promise.all([
    template.crawlerName ? aws.crawlers.find(template.crawlerName) : undefined,
    template.database ? glance(aws.crawlers.findTables(template.database)) : nothing,
    standing === 'absent' ? glance(aws.buckets.listNotifications(settings.bucket)) : none,
    standing === 'standing' && !recorded && !settings.link ? findExtractor(aws.stacks, settings.bucket) : undefined,
  ]);
  const ours = recorded || (stack !== undefined && (await proven(aws.stacks, stack, settings)));
  return { message, file, stack, events, ours, crawler, tables, notifications, extractor };
};

const nothing = { known: true, value: undefined } as const;
const none = { known: true, value: [] } as const;

/** The file beside the message, unless that is another connection's. */
const mailedFile = (message: WrittenMessage | undefined, settings: Settings): Seen['file'] | undefined => {
  if (!message) return undefined;
  const { content: bytes, path } = message.attachment;
  const template = readCrawlerTemplate(bytes, path, settings);
  return template.mismatches.length === 0 ? { bytes, template } : undefined;
};

const deliveredFile = async (aws: Outside['aws'], settings: Settings): Promise<Seen['file']> => {
  const { bucket, crawlerKey: key } = settings;
  const bytes = await aws.objects.read({ bucket, key }, mostTemplateBytes);
  return { bytes, template: readCrawlerTemplate(bytes, `s3://${bucket}/${key}`, settings) };
};

/** True when the stack failed because the file names a runtime that AWS has retired: only a fresh one helps. */
const isRetired = (events: readonly StackEvent[]): boolean =>
  /runtime parameter of/i.test(firstCause(events)?.reason ?? '');

type Stacks = Outside['aws']['stacks'];

/** A stack that went and was made again by hand has a new id: the name decides when the recorded one is gone. */
const findStack = async (stacks: Stacks, settings: Settings): Promise<Stack | undefined> => {
  const id = settings.notes['crawler-stack-id'];
  const recorded = id ? await stacks.find(id) : undefined;
  if (recorded && stackStanding(recorded) !== 'absent') return recorded;
  return (await stacks.find(settings['stack-name'])) ?? recorded;
};

const proven = async (stacks: Stacks, stack: Stack, settings: Settings): Promise<boolean> => {
  if (stackStanding(stack) === 'absent' || stackStanding(stack) === 'review') return false;
  const text = await stacks.findTemplate({ stack: stack.id });
  if (text === undefined) return false;
  try {
    return readCrawlerTemplate(Buffer.from(text), `of the stack ${stack.name}`, settings).mismatches.length === 0;
  } catch {
    return false;
  }
};

const findExtractor = async (stacks: Stacks, bucket: string): Promise<Stack | undefined> =>
  (await stacks.list()).find(
    (stack) => stack.parameters.CURBucketName === bucket && stackStanding(stack) === 'standing',
  );

/** True when a crawler of the template's name is there and reads this report. */
export const isOurCrawler = (crawler: Crawler | undefined, settings: Settings): boolean =>
  crawler !== undefined && crawls(crawler.targets, settings);
