/** What the SDK's credential providers say of themselves, which they would write to the console. */
export interface Remarks {
  readonly logger: Readonly<
    Record<'trace' | 'debug' | 'info' | 'warn' | 'error', (...said: readonly unknown[]) => void>
  >;
  /** Forgets what was said before. */
  listen(): void;
  /** Why the way that was meant led nowhere. Undefined where none was, or it did not say. */
  why(): string | undefined;
}

/** Listens to the providers of a chain: its own last word is only that none of them had credentials. */
export const remarks = (): Remarks => {
  let heard: string[] = [];
  const hear = (...said: readonly unknown[]) => {
    const [, remark] = /^@smithy\/property-provider -> (.*)$/s.exec(said.join(' ')) ?? [];
    if (remark !== undefined) heard.push(remark);
  };
  return {
    logger: { trace: ignore, debug: hear, info: ignore, warn: ignore, error: ignore },
    listen: () => {
      heard = [];
    },
    why: () => discreet(heard.find((remark) => !ofOtherWays.test(remark))),
  };
};

const ignore = () => {};

/** Of ways that nobody has chosen. A profile that does not exist is refused before. */
const ofOtherWays =
  /^AWS_PROFILE is set|^Skipping |^Unable to find environment|^Profile default |^Web identity configuration|^EC2 Instance Metadata|did not contain credential_process|profile: \[default\]|AWS_EC2_METADATA_/;

/** A command line may hold secrets, and so may whatever its program says. */
const discreet = (remark: string | undefined): string | undefined =>
  remark?.startsWith('Command failed: ') ? 'the credential_process of the profile ended with an error' : remark;
