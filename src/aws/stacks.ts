import {
  type Capability,
  type CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  type StackEvent as SdkEvent,
  type Parameter as SdkParameter,
  type Stack as SdkStack,
} from '@aws-sdk/client-cloudformation';
import { allPages } from './pages.ts';
import { type Receipt, receipt } from './receipt.ts';
import { unreadableAnswer } from './unreadable.ts';

export interface Stack {
  readonly id: string;
  readonly name: string;
  /** CloudFormation's status, such as CREATE_COMPLETE. */
  readonly status: string;
  readonly reason: string | undefined;
  /** ms since the epoch, UTC; absent where the endpoint tells none. */
  readonly created?: number;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface StackEvent {
  readonly id: string;
  /** ms since the epoch, UTC. */
  readonly at: number;
  readonly resource: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
  /** The token of the request that led to it. */
  readonly token?: string;
}

export interface ChangeSet {
  /** Its ARN: the only name by which it is looked at and executed. */
  readonly id: string;
  readonly stackId: string;
  readonly status: string;
  readonly executionStatus: string;
  readonly reason: string | undefined;
  /** As AWS shows them: defaults filled in, NoEcho ones as asterisks. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Inline up to 51,200 bytes, else where CloudFormation reads it. */
export type TemplateSource = { readonly body: string } | { readonly url: string };

export interface TemplateSummary {
  readonly capabilities: readonly string[];
  readonly capabilitiesReason: string | undefined;
  readonly transforms: readonly string[];
}

export interface Deployment {
  readonly stackName: string;
  readonly template: TemplateSource;
  readonly parameters: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
}

export interface Stacks {
  /** By name: a live stack. By id: a deleted one too. */
  find(nameOrId: string): Promise<Stack | undefined>;
  /** All live stacks. */
  list(): Promise<readonly Stack[]>;
  /** What happened to a stack, oldest first; none for a stack that is not there. */
  listEvents(id: string): Promise<readonly StackEvent[]>;
  /** The template as it was sent, or as CloudFormation's transforms have made it; undefined where the endpoint gives none. */
  findTemplate(
    of: { stack: string } | { changeSet: string },
    stage?: 'Original' | 'Processed',
  ): Promise<string | undefined>;
  summarise(template: TemplateSource): Promise<TemplateSummary>;
  /** Creates a stack that deletes itself when it fails; its events can still be read by its id. */
  create(deployment: Deployment, token: string): Promise<Receipt & { readonly id: string }>;
  prepare(
    deployment: Deployment,
    name: string,
    token: string,
  ): Promise<Receipt & { readonly id: string; stackId: string }>;
  /** By its ARN, or by its name within a stack. */
  findChangeSet(id: string, stack?: string): Promise<ChangeSet | undefined>;
  execute(changeSetId: string, token: string): Promise<Receipt>;
  /** Deletes a change set; with it the stack, unless that was there `before` the change set. */
  discard(changeSet: { readonly id: string; readonly stackId: string }, before?: boolean): Promise<Receipt>;
  /** `retained`: logical ids that could not be deleted and stay behind; only a stack in DELETE_FAILED takes any. */
  delete(id: string, retained?: readonly string[]): Promise<Receipt>;
}

export const stacks = (cloudFormation: () => CloudFormationClient): Stacks => ({
  async find(StackName) {
    try {
      const answer = await cloudFormation().send(new DescribeStacksCommand({ StackName }));
      if (!answer.Stacks) throw unreadableAnswer('cloudformation:DescribeStacks', answer);
      return answer.Stacks[0] && read(answer.Stacks[0]);
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  },

  list: () =>
    allPages('cloudformation:DescribeStacks', {
      ask: (token) => cloudFormation().send(new DescribeStacksCommand(token)),
      listIn: ({ Stacks }) => Stacks,
      read,
    }),

  async listEvents(StackName) {
    try {
      const all = await allPages('cloudformation:DescribeStackEvents', {
        ask: (token) => cloudFormation().send(new DescribeStackEventsCommand({ StackName, ...token })),
        listIn: ({ StackEvents }) => StackEvents,
        read: readEvent,
      });
      return all.toReversed();
    } catch (error) {
      if (absent(error)) return [];
      throw error;
    }
  },

  async findTemplate(of, TemplateStage = 'Original') {
    const target = 'stack' in of ? { StackName: of.stack } : { ChangeSetName: of.changeSet };
    try {
      const answer = await cloudFormation().send(new GetTemplateCommand({ ...target, TemplateStage }));
      return answer.TemplateBody || undefined;
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  },

  async summarise(template) {
    const summary = await cloudFormation().send(new GetTemplateSummaryCommand(sent(template)));
    return {
      capabilities: summary.Capabilities ?? [],
      capabilitiesReason: summary.CapabilitiesReason || undefined,
      transforms: summary.DeclaredTransforms ?? [],
    };
  },

  async create(deployment, ClientRequestToken) {
    const answer = await cloudFormation().send(
      new CreateStackCommand({ ...deployed(deployment), OnFailure: 'DELETE', ClientRequestToken }),
    );
    return { ...receipt(answer), id: answer.StackId ?? deployment.stackName };
  },

  async prepare(deployment, ChangeSetName, ClientToken) {
    const answer = await cloudFormation().send(
      new CreateChangeSetCommand({
        ...deployed(deployment),
        ChangeSetName,
        ClientToken,
        ChangeSetType: 'CREATE',
        OnStackFailure: 'DELETE',
      }),
    );
    return { ...receipt(answer), id: answer.Id ?? '', stackId: answer.StackId ?? '' };
  },

  async findChangeSet(ChangeSetName, StackName) {
    try {
      const command = new DescribeChangeSetCommand({ ChangeSetName, ...(StackName && { StackName }) });
      const seen = await cloudFormation().send(command);
      return {
        id: seen.ChangeSetId ?? ChangeSetName,
        stackId: seen.StackId ?? '',
        status: seen.Status ?? '',
        executionStatus: seen.ExecutionStatus ?? '',
        reason: seen.StatusReason || undefined,
        parameters: parametersOf(seen),
      };
    } catch (error) {
      if (absent(error) || (error as Error).name === 'ChangeSetNotFoundException') return undefined;
      throw error;
    }
  },

  async execute(ChangeSetName, ClientRequestToken) {
    return receipt(await cloudFormation().send(new ExecuteChangeSetCommand({ ChangeSetName, ClientRequestToken })));
  },

  async discard({ id, stackId }, before = false) {
    const deleted = await cloudFormation().send(new DeleteChangeSetCommand({ ChangeSetName: id }));
    if (before) return receipt(deleted);
    return receipt(await cloudFormation().send(new DeleteStackCommand({ StackName: stackId })));
  },

  async delete(StackName, retained = []) {
    const RetainResources = retained.length > 0 ? { RetainResources: [...retained] } : {};
    return receipt(await cloudFormation().send(new DeleteStackCommand({ StackName, ...RetainResources })));
  },
});

/** CloudFormation says "does not exist" with a ValidationError. */
const absent = (error: unknown): boolean =>
  (error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message);

const readEvent = (event: SdkEvent): StackEvent => ({
  id: event.EventId ?? '',
  at: event.Timestamp?.getTime() ?? 0,
  resource: event.LogicalResourceId ?? '',
  type: event.ResourceType ?? '',
  status: event.ResourceStatus ?? '',
  reason: event.ResourceStatusReason || undefined,
  ...(event.ClientRequestToken && { token: event.ClientRequestToken }),
});

const read = (seen: SdkStack): Stack => ({
  id: seen.StackId ?? '',
  name: seen.StackName ?? '',
  status: seen.StackStatus ?? '',
  reason: seen.StackStatusReason || undefined,
  ...(seen.CreationTime && { created: seen.CreationTime.getTime() }),
  parameters: parametersOf(seen),
});

const parametersOf = ({ Parameters = [] }: { readonly Parameters?: SdkParameter[] | undefined }) =>
  Object.fromEntries(Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]));

const sent = (template: TemplateSource) =>
  'body' in template ? { TemplateBody: template.body } : { TemplateURL: template.url };

const deployed = ({ stackName, template, parameters, capabilities }: Deployment) => ({
  StackName: stackName,
  ...sent(template),
  Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
  Capabilities: [...capabilities] as Capability[],
});
