import type { Flags } from '../answers.ts';

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
}

export interface StatusOptions extends ConnectionOptions {
  readonly watch: boolean;
  readonly exitCode: boolean;
}

export interface ReviewOptions extends ConnectionOptions {
  /** A link, a file, an s3:// or https address in S3. */
  readonly source: string;
}
