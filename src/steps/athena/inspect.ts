import { type Attempt, isMadeBy } from '../../attempt.ts';
import type { Notification } from '../../aws/buckets.ts';
import type { Crawler } from '../../aws/crawlers.ts';
import type { Concurrency } from '../../aws/functions.ts';
import { type Glance, glance, glanceInPassing } from '../../aws/glance.ts';
import type { Stack, StackEvent } from '../../aws/stacks.ts';
import type { KeptFile, WrittenMessage } from '../../outbox.ts';
import type { Connection, Outside } from '../../step.ts';
import { mostTemplateBytes } from '../../template/template.ts';
import { causeOf, firstCause } from '../stack-failure.ts';
import { type StackStanding, stackStanding } from '../stack-standing.ts';
import { type ChangedFile, changedFile } from './changed-file.ts';
import { findDeployedFile, isOurs } from './crawler-file.ts';
import { type CrawlerTemplate, readCrawlerTemplate } from './crawler-template.ts';
import { keptName } from './notifications.ts';
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
  /** Whether this connection created it. */
  readonly made: boolean;
  /** The template that the stack was made from, read while that has to be proven. */
  readonly deployed?: string;
  /** AWS delivers another file than the one that was mailed; looked for while that still matters. */
  readonly changed: ChangedFile | undefined;
  /** What the crawler stack replaced; looked for when it has to be put back. */
  readonly kept: KeptFile | undefined;
  readonly crawler: Crawler | undefined;
  /** The tables of the crawler's database; undefined when there is no such database. */
  readonly tables: Glance<readonly string[] | undefined>;
  /** What the stack would replace, or what has to stay beside it; looked for while one or the other is to be done. */
  readonly notifications: Glance<readonly Notification[]>;
  /** What Lambda may run at once, looked at right before the stack is made; its value is undefined where AWS does not tell. */
  readonly concurrency?: Glance<Concurrency | undefined> | undefined;
  /** The stack whose CURBucketName is our bucket, looked for where the state does not know how far things went. */
  readonly extractor: Stack | undefined;
}

export const inspect = async (
  { aws, outbox }: Outside,
  settings: Settings,
  { attempts }: Pick<Connection, 'attempts'>,
): Promise<Seen> => {
  const [message, stack] = await Promise.all([outbox.find(settings.customer), findStack(aws.stacks, settings)]);
  const noted = stack !== undefined && stack.id === settings.notes['crawler-stack-id'];
  const standing = stackStanding(stack);
  const restores = settings['restore-notifications'] && standing === 'standing';
  const events = stack && standing !== 'standing' ? await aws.stacks.listEvents(stack.id) : [];
  const mailed = isRetired(events) ? undefined : mailedFile(message, settings);
  const file = mailed ?? (await fileWithoutMessage(aws, settings, standing));
  const { template } = file;
  const [crawler, tables, notifications, extractor, changed, kept, concurrency] = await Promise.all([
    template.crawlerName ? aws.crawlers.find(template.crawlerName) : undefined,
    template.database ? glance(aws.crawlers.findTables(template.database)) : nothing,
    standing === 'absent' || restores ? glance(aws.buckets.listNotifications(settings.bucket)) : none,
    standing === 'standing' && !noted && !settings.link ? findExtractor(aws.stacks, settings.bucket) : undefined,
    mailed && matters(standing, settings) ? findChange(aws, settings, mailed.bytes) : undefined,
    restores ? outbox.findKept(settings.customer, keptName) : undefined,
    standing === 'absent' ? glanceInPassing(aws.functions.findConcurrency()) : undefined,
  ]);
  const origin = noted ? { ours: true, made: true } : await originOf(aws.stacks, stack, settings, attempts);
  const found = { crawler, tables, notifications, extractor, changed, kept, concurrency };
  return { message, file, stack, events, ...found, ...origin };
};

/** A change of the delivered file is worth a read until the stack is made, and while Spot works with what was mailed. */
const matters = (standing: StackStanding, { link }: Settings): boolean =>
  standing === 'absent' || standing === 'failed' || (standing === 'standing' && link === undefined);

const nothing = { known: true, value: undefined } as const;
const none = { known: true, value: [] } as const;

/** The file beside the message, unless that is another connection's. */
const mailedFile = (message: WrittenMessage | undefined, settings: Settings): Seen['file'] | undefined => {
  if (!message) return undefined;
  const { content: bytes, path } = message.attachment;
  const template = readCrawlerTemplate(bytes, path, settings);
  return template.mismatches.length === 0 ? { bytes, template } : undefined;
};

/** What stands was made from one file, whatever AWS delivers now. */
const fileWithoutMessage = async (
  aws: Outside['aws'],
  settings: Settings,
  standing: StackStanding,
): Promise<Seen['file']> => {
  const { bucket, crawlerKey: key } = settings;
  const delivered = await aws.objects.read({ bucket, key }, mostTemplateBytes);
  const deployed =
    standing === 'standing' && !settings.link ? await findDeployedFile(aws, settings, delivered) : undefined;
  const bytes = deployed ?? delivered;
  return { bytes, template: readCrawlerTemplate(bytes, `s3://${bucket}/${key}`, settings) };
};

/** Nothing depends on it: a file that can't be read now is no change. */
const findChange = async (
  { objects }: Outside['aws'],
  { bucket, crawlerKey: key }: Settings,
  mailed: Uint8Array,
): Promise<ChangedFile | undefined> => {
  try {
    const delivered = await glance(objects.read({ bucket, key }, mostTemplateBytes));
    return delivered.known ? changedFile(mailed, delivered.value) : undefined;
  } catch (error) {
    if (error instanceof RangeError || (error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
};

/** True when the stack failed because the file names a runtime that AWS has retired: only a fresh one helps. */
const isRetired = (events: readonly StackEvent[]): boolean => causeOf(firstCause(events)?.reason) === 'runtime';

type Stacks = Outside['aws']['stacks'];

/** A stack that went and was made again by hand has a new id: the name decides when the recorded one is gone. */
const findStack = async (stacks: Stacks, settings: Settings): Promise<Stack | undefined> => {
  const id = settings.notes['crawler-stack-id'];
  const recorded = id ? await stacks.find(id) : undefined;
  const named = recorded?.name === settings['stack-name'];
  if (recorded && stackStanding(recorded) !== 'absent' && (named || stackStanding(recorded) === 'standing'))
    return recorded;
  return (await stacks.find(settings['stack-name'])) ?? (named ? recorded : undefined);
};

/** Whose a stack is that no answer has told of: ours by what it was made from, made by us by the request that made it. */
const originOf = async (
  stacks: Stacks,
  stack: Stack | undefined,
  settings: Settings,
  attempts: readonly Attempt[],
): Promise<Pick<Seen, 'ours' | 'made' | 'deployed'>> => {
  const standing = stackStanding(stack);
  const deployed =
    stack && standing !== 'absent' && standing !== 'review'
      ? await stacks.findTemplate({ stack: stack.id })
      : undefined;
  if (!stack || deployed === undefined || !isOurs(Buffer.from(deployed), settings)) return { ours: false, made: false };
  const attempt = attempts.find(({ change }) => change === `crawler-stack:${stack.name}`);
  return { ours: true, made: attempt !== undefined && (await isFrom(stacks, stack, attempt)), deployed };
};

/**
 * Whether an attempt that got no answer made the stack: its events bear the attempt's token. Some endpoints tell no tokens, and people
 * give none: then the time of both decides.
 */
const isFrom = async (stacks: Stacks, { id, created }: Stack, attempt: Attempt): Promise<boolean> => {
  const tokens = (await stacks.listEvents(id)).flatMap((event) => event.token ?? []);
  return tokens.length === 0 ? created !== undefined && isMadeBy(attempt, created) : tokens.includes(attempt.token);
};

const findExtractor = async (stacks: Stacks, bucket: string): Promise<Stack | undefined> =>
  (await stacks.list()).find(
    (stack) => stack.parameters.CURBucketName === bucket && stackStanding(stack) === 'standing',
  );
