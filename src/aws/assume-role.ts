import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  type Credentials,
  STSClient,
} from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';

/** Asks for the code of an MFA device. `refused` is true when AWS did not take the one before. */
export type AskMfa = (serial: string, refused?: boolean) => Promise<string>;

/** Assumes roles, each error saying that it was this call: it surfaces from whatever call first needed the credentials. */
export const roleAssumers = (clientConfig: object, askMfa: AskMfa) => ({
  async roleAssumer(source: AwsCredentialIdentity, params: AssumeRoleCommandInput): Promise<AwsCredentialIdentity> {
    const sts = new STSClient({ ...clientConfig, credentials: source });
    for (let asked = params; ; ) {
      try {
        return identityOf(await sts.send(new AssumeRoleCommand(asked)));
      } catch (error) {
        const { SerialNumber } = params;
        if (!SerialNumber || !isRefusedCode(error)) throw saying(error, 'sts:AssumeRole', params.RoleArn);
        asked = { ...params, TokenCode: await askMfa(SerialNumber, true) };
      }
    }
  },
  async roleAssumerWithWebIdentity(params: AssumeRoleWithWebIdentityCommandInput): Promise<AwsCredentialIdentity> {
    try {
      return identityOf(await new STSClient(clientConfig).send(new AssumeRoleWithWebIdentityCommand(params)));
    } catch (error) {
      throw saying(error, 'sts:AssumeRoleWithWebIdentity', params.RoleArn);
    }
  },
});

/** STS says so of a mistyped code and of one that was used already. */
const isRefusedCode = (error: unknown): boolean =>
  error instanceof Error && /MultiFactorAuthentication failed with invalid MFA/i.test(error.message);

const saying = (error: unknown, action: string, resource: string | undefined): unknown =>
  error instanceof Error ? Object.assign(error, { $call: { action, resource } }) : error;

const identityOf = ({ Credentials: given }: { readonly Credentials?: Credentials | undefined }) => ({
  accessKeyId: given?.AccessKeyId ?? '',
  secretAccessKey: given?.SecretAccessKey ?? '',
  ...(given?.SessionToken && { sessionToken: given.SessionToken }),
  ...(given?.Expiration && { expiration: given.Expiration }),
});
