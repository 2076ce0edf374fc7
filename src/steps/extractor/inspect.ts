import type { ChangeSet, Stack, StackEvent, Stacks, TemplateSummary } from '../../aws/stacks.ts';
import type { Connection, Outside } from '../../step.ts';
import { type QuickCreateLink, readQuickCreateLink } from '../../template/quick-create-link.ts';
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
import type { Settings } from './settings.ts';

export interface Seen {
  readonly stackName: string;
  readonly stack: Stack | undefined;
  readonly events: readonly StackEvent[];
  /** Whether the stack is this connection's: recorded, or proven by its CURBucketName. */
  readonly ours: boolean;
  /** Read while there is something to deploy. */
  readonly offer: Offer | undefined;
  /** What people have confirmed before; empty while there is nothing to deploy. */
  readonly confirmations: ReadonlySet<string>;
  /** The change set of this connection, once there is one, and what CloudFormation says it would deploy. */
  readonly prepared: { readonly changeSet: ChangeSet; readonly body: string | undefined } | undefined;
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
  connection: Pick<Connection, 'confirmations'>,
): Promise<Seen> => {
  const link = settings.link === undefined ? undefined : readQuickCreateLink(settings.link);
  const stackName = settings['extractor-stack-name'] ?? proposedName(link?.stackName);
  const stack = await findStack(aws.stacks, settings, stackName);
  const standing = stackStanding(stack);
  const open = standing === 'absent' || standing === 'review' || standing === 'failed';
  const [offer, events, prepared] = await Promise.all([
    link && open ? readOffer(aws, link) : undefined,
    stack && standing !== 'standing' ? aws.stacks.listEvents(stack.id) : [],
    standing === 'review' ? findPrepared(aws.stacks, settings, stack?.id) : undefined,
  ]);
  const ours = stack !== undefined && (stack.id === settings.notes['extractor-stack-id'] || isOurs(stack, settings));
  const confirmations = offer ? await connection.confirmations() : new Set<string>();
  return { stackName, stack, events, ours, offer, prepared, confirmations };
};

const readOffer = async (aws: Outside['aws'], link: QuickCreateLink): Promise<Offer> => {
  const bytes = await aws.objects.read(link.template, mostTemplateBytes);
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
  if (recorded && stackStanding(recorded) !== 'absent') return recorded;
  return (await stacks.find(name)) ?? recorded;
};

/** A stack of that name alone proves nothing: its bucket has to be this connection's. */
const isOurs = (stack: Stack, settings: Settings): boolean =>
  stack.parameters.CURBucketName === (settings['cur-bucket'] ?? settings.bucket);

const findPrepared = async (stacks: Stacks, { notes }: Settings, stackId: string | undefined) => {
  const id = notes['extractor-change-set'];
  const changeSet = id ? await stacks.findChangeSet(id) : undefined;
  if (!changeSet || changeSet.stackId !== stackId) return undefined;
  const ready = changeSet.status === 'CREATE_COMPLETE';
  return { changeSet, body: ready ? await stacks.findTemplate({ changeSet: changeSet.id }) : undefined };
};
