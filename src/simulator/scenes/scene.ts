import type { Stage } from './stage.ts';

/** An account with trouble in it, as real ones have: to rehearse in, to serve to other clients, and to test with. */
export interface Scene {
  /** In kebab case. */
  readonly name: string;
  /** One sentence: how things are in this account. */
  readonly title: string;
  /** How whoever rehearses in it comes by their rights; by the account's own key when absent. */
  readonly signsIn?: SignIn;
  /** Prepares the world before its first request. */
  arrange(stage: Stage): void;
  /** What gets a rehearsal on once it has stopped at the trouble; absent where it ends there. */
  readonly mend?: Mend;
}

/** A role that the account's engineer assumes with a code of an MFA device, until somebody has done something about it. */
export interface SignIn {
  readonly roleArn: string;
  readonly mfaSerial: string;
}

/** What a person does about the trouble. */
export interface Mend {
  /** One sentence for whoever watches: what they would do now. */
  readonly told: string;
  /** What changes in the world by it. */
  apply?(stage: Stage): void;
  /** What the next run is given, by flag. */
  readonly flags?: Readonly<Record<string, string | readonly string[]>>;
}
