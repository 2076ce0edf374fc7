import type { Flags } from '../answers.ts';
import type { ForceUnlock } from './take-lock.ts';

/** What every command that knows a connection is given by the command line. */
export interface ConnectionOptions {
  readonly customer?: string | undefined;
  /** Texts by field id, access fields among them. */
  readonly flags: Flags;
  readonly answersFile?: string | undefined;
  readonly json: boolean;
}

export interface WalkCommandOptions extends ConnectionOptions {
  /** Ends without the commands to type next: in a rehearsal they would lead to a real account. */
  readonly hushed?: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly sent: boolean;
  /** Puts the saved notifications of the bucket back beside the crawler's. */
  readonly restoreNotifications?: boolean;
  /** Ends a lock that stands in the way: the one of this id, or after a question. */
  readonly forceUnlock?: ForceUnlock | undefined;
}

export interface StatusOptions extends ConnectionOptions {
  readonly watch: boolean;
  readonly exitCode: boolean;
}

export interface RemoveOptions extends ConnectionOptions {
  readonly dryRun: boolean;
  /** Deletes the bucket and the billing data as well. */
  readonly deleteData: boolean;
  /** The customer's name, which agrees to the plan. */
  readonly confirm?: string | undefined;
  readonly forceUnlock?: ForceUnlock | undefined;
}

export interface ReviewOptions extends ConnectionOptions {
  /** A link, a file, an s3:// or https address in S3. */
  readonly source: string;
}

export interface PolicyOptions extends ConnectionOptions {
  /** Phases to print; all of them when empty. */
  readonly phases: readonly string[];
  /** With the rights to delete the bucket and the billing data. */
  readonly deleteData: boolean;
}

export interface HandoverOptions extends ConnectionOptions {
  /** What to print: the text, the draft for a mail program, or JSON. */
  readonly format: 'text' | 'eml' | 'json';
  /** Opens the draft in the mail program. */
  readonly open: boolean;
  /** Prints a reminder of the message instead. */
  readonly reminder: boolean;
  /** Writes the message anew with the file that AWS delivers now. */
  readonly fresh: boolean;
}

export interface RehearseOptions extends WalkCommandOptions {
  /** A world with trouble of this name. */
  readonly scene?: string | undefined;
  /** Lists the scenes instead. */
  readonly list: boolean;
}

export interface SimulateOptions {
  readonly port: number;
  readonly scene?: string | undefined;
}
