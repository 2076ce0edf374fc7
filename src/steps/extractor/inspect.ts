import type { ChangeSet, Stack, StackEvent, Stacks, TemplateSummary } from '../../aws/stacks.ts';
import type { Connection, Outside } from '../../step.ts';
import { type QuickCreateLink, readQuickCreateLink } from '../../template/quick-create-link.ts';
import { readWhole } from '../../template/review/whole.ts';
import {
  mostInlineBytes,
  mostTemplateBytes,
  readTemplate,
  type Template,
  templateText,
} from '../../template/template.ts';
import { sha256 } from '../sha256.ts';
import { stackStanding } from '../stack-standing.ts';
import { proposedName } from './fields.ts';
import { type ParameterDifference, parameterDifferences } from './fit.ts';
import type { Settings } from './settings.ts';

export interface Seen {
  readonly stackName: string;
  readonly stack: Stack | undefined;
  readonly events: readonly StackEvent[];
  /** Whether the stack is this connection's: recorded, or proven by its CURBucketName. */
  readonly ours: boolean;
  /** Whether this connection created it. */
  readonly made: boolean;
  /** How a stack that stands differs from what is wanted now. */
  readonly differences: readonly ParameterDifference[];
  /** Read while there is something to deploy. */
  readonly offer: Offer | undefined;
  /** Why the link's template could not be read, and by whose fault. */
  readonly unreadable: Unreadable | undefined;
  /** What people have confirmed before; empty while there is nothing to deploy. */
  readonly confirmations: ReadonlySet<string>;
  /** The change set of this connection, once there is one, and what CloudFormation says it would deploy. */
  readonly prepared: Prepared | undefined;
}

export interface Prepared {
  readonly changeSet: ChangeSet;
  readonly body: string | undefined;
  /** What the template's transforms have made of it, where it has any. */
  readonly processed: string | undefined;
}

export interface Unreadable {
  readonly url: string;
  readonly why: 'closed' | 'gone' | 'large' | 'refused';
  /** In AWS's words. */
  readonly message: string;
}

/** What the link offers to deploy: the very bytes. */
export interface Offer {
  readonly link: QuickCreateLink;
  readonly template: Template;
  readonly text: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whether the bytes themselves go into the request; larger ones are read from S3 by CloudFormation. */
  readonly inline: boolean;
  readonly summary: TemplateSummary;
}

export const inspect = async (
  { aws }: Outside,
  settings: Settings,
  connection: Pick<Connection, 'confirmations' | 'attempts'>,
): Promise<Seen> => {
  const link = settings.link === undefined ? undefined : readQuickCreateLink(settings.link);
  const stackName = settings['extractor-stack-name'] ?? proposedName(link?.stackName);
  const stack = await findStack(aws.stacks, settings, stackName);
  const standing = stackStanding(stack);
  const open = standing === 'absent' || standing === 'review' || standing === 'failed';
  const [read, events] = await Promise.all([
    link && open ? readOffer(aws, link) : undefined,
    stack && standing !== 'standing' ? aws.stacks.listEvents(stack.id) : [],
  ]);
  const [offer, unreadable] = read && 'why' in read ? [undefined, read] : [read, undefined];
  const changeSet =
    stack && standing === 'review' ? await findChangeSet(aws.stacks, stack, settings, connection) : undefined;
  const prepared = changeSet && (await readPrepared(aws.stacks, changeSet, offer));
  const made = stack !== undefined && stack.id === settings.notes['extractor-stack-id'];
  const ours = made || (stack !== undefined && isOurs(stack, settings));
  const differences = stack && ours && standing === 'standing' ? parameterDifferences(stack, link, settings) : [];
  const confirmations = offer ? await connection.confirmations() : new Set<string>();
  return { stackName, stack, events, ours, made, differences, offer, unreadable, prepared, confirmations };
};

/** Trouble with the template alone is a finding; any other is thrown on. */
const readOffer = async (aws: Outside['aws'], link: QuickCreateLink): Promise<Offer | Unreadable> => {
  try {
    return await offered(aws, link);
  } catch (error) {
    const { name, message } = error as Error;
    const why = error instanceof RangeError ? 'large' : reasons[name];
    if (!why) throw error;
    return { url: link.template.url, why, message };
  }
};

const reasons: Readonly<Record<string, Unreadable['why']>> = {
  AccessDenied: 'closed',
  AllAccessDisabled: 'closed',
  NoSuchKey: 'gone',
  NoSuchBucket: 'gone',
  NoSuchVersion: 'gone',
  ValidationError: 'refused',
};

const offered = async (aws: Outside['aws'], link: QuickCreateLink): Promise<Offer> => {
  const bytes = await aws.objects.read({ ...link.template, offered: true }, mostTemplateBytes);
  const text = templateText(bytes, link.template.url);
  const inline = bytes.length <= mostInlineBytes;
  return {
    link,
    text,
    template: readTemplate(bytes, link.template.url),
    bytes: bytes.length,
    sha256: sha256(bytes),
    inline,
    summary: await aws.stacks.summarise(inline ? { body: text } : { url: link.template.url }),
  };
};

const findStack = async (stacks: Stacks, settings: Settings, name: string): Promise<Stack | undefined> => {
  const id = settings.extractorStackId ?? settings.notes['extractor-stack-id'];
  const recorded = id ? await stacks.find(id) : undefined;
  const standing = stackStanding(recorded);
  if (recorded && standing !== 'absent' && (recorded.name === name || standing === 'standing')) return recorded;
  const named = await stacks.find(name);
  if (named) return named;
  return recorded ? (recorded.name === name ? recorded : undefined) : findElsewhere(stacks, settings);
};

/** The bucket's extractor under another name: a second one would export everything twice. */
const findElsewhere = async (stacks: Stacks, settings: Settings): Promise<Stack | undefined> => {
  if (settings.link === undefined) return undefined;
  return (await stacks.list()).find(
    (stack) => isOurs(stack, settings) && /^(standing|busy)$/.test(stackStanding(stack)),
  );
};

/** A stack of that name alone proves nothing: its bucket has to be this connection's. */
const isOurs = (stack: Stack, settings: Settings): boolean =>
  stack.parameters.CURBucketName === (settings['cur-bucket'] ?? settings.bucket);

/** The change set of this connection, by its noted ARN, or by the token of an attempt that got no answer, which names it. */
const findChangeSet = async (
  stacks: Stacks,
  { id: stackId, name }: Stack,
  { notes }: Settings,
  { attempts }: Pick<Connection, 'attempts'>,
): Promise<ChangeSet | undefined> => {
  const noted = notes['extractor-change-set'];
  const found = noted ? await stacks.findChangeSet(noted) : undefined;
  if (found?.stackId === stackId) return found;
  const attempt = attempts.findLast(({ change }) => change === `extractor-change-set:${name}`);
  return attempt && stacks.findChangeSet(attempt.token, stackId);
};

const readPrepared = async (stacks: Stacks, changeSet: ChangeSet, offer: Offer | undefined): Promise<Prepared> => {
  if (changeSet.status !== 'CREATE_COMPLETE') return { changeSet, body: undefined, processed: undefined };
  const [body, processed] = await Promise.all([
    stacks.findTemplate({ changeSet: changeSet.id }),
    offer && isTransformed(offer) ? stacks.findTemplate({ changeSet: changeSet.id }, 'Processed') : undefined,
  ]);
  return { changeSet, body, processed };
};

/** True when CloudFormation creates something else than what the template says: what its transforms make of it. */
export const isTransformed = ({ template, text, summary }: Offer): boolean =>
  template.transforms.length + summary.transforms.length > 0 ||
  /"Fn::Transform"/.test(JSON.stringify(readWhole(text, 'of the link').document) ?? '');
