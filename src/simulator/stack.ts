/** CloudFormation's part of the world: stacks, what becomes of them and what they hold. All times are ms since the epoch, UTC. */

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  /** The template as it was sent, byte for byte, as text; empty while the stack waits for a change set to be executed. */
  template: string;
  /** Those that the caller gave, without the template's defaults. */
  parameters: Record<string, string>;
  capabilities: string[];
  /** What becomes of the stack when a resource can't be created. */
  onFailure: StackOnFailure;
  /** ARN of whoever had it made or removed, in whose name CloudFormation acts; absent for somebody who may do all. */
  actor?: string;
  /** What happens to the stack and when: past entries are its events, the newest past stack entry its status. */
  readonly timeline: TimelineEntry[];
  readonly changeSets: ChangeSet[];
  /** Client request tokens that were accepted, with the operation that they belong to. */
  readonly tokens: Record<string, string>;
  /** What the stack has made or is about to make, by logical id. */
  readonly resources: Record<string, StackResource>;
  outputs: StackOutput[];
}

export type StackOnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';

interface StackResource {
  readonly type: string;
  readonly physicalId: string;
  /** What Fn::GetAtt gives. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The template's properties with every function worked out. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Whether it stands in the world; until then it has a name only. */
  created: boolean;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export interface TimelineEntry {
  readonly at: number;
  readonly eventId: string;
  readonly logicalId: string;
  physicalId: string;
  readonly type: string;
  status: string;
  reason?: string;
  /** What is carried out in the world when the entry's time has come; the entry is an event and nothing more without it. */
  readonly effect?: 'identify' | 'create' | 'remove' | 'complete' | 'vanish';
  /** Scripted trouble: the reason for which the effect fails instead. */
  readonly fault?: string;
  readonly token?: string;
  /** True once what the entry stands for has been carried out in the world. */
  settled: boolean;
}

/** Scripted trouble for the next stack that runs with this resource: its creation or its deletion fails. */
export interface StackFault {
  readonly logicalId: string;
  readonly reason: string;
  /** CREATE_FAILED when absent. */
  readonly status?: 'CREATE_FAILED' | 'DELETE_FAILED';
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly template: string;
  readonly parameters: Record<string, string>;
  readonly capabilities: string[];
  readonly description?: string;
  readonly token?: string;
  readonly onStackFailure?: StackOnFailure;
  executed?: number;
  deleted?: number;
  failure?: string;
}
