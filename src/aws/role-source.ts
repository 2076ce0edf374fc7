import {
  fromContainerMetadata,
  fromEnv,
  fromInstanceMetadata,
  fromNodeProviderChain,
} from '@aws-sdk/credential-providers';
import { loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { remarks } from './provider-remarks.ts';

/** What a profile's role is assumed from. */
export interface RoleSource {
  /** As messages name it. */
  readonly from: string;
  /** The credentials themselves; `clientConfig` is the way to the network. */
  provider(clientConfig: object): AwsCredentialIdentityProvider;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the role of a profile is assumed from: its `source_profile` or `credential_source` in the shared files
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html). Undefined for a profile without a
 * role, and for one that is its own source.
 */
export const findRoleSource = async (
  profile: string | undefined,
  env: Environment,
): Promise<RoleSource | undefined> => {
  // As in the SDK's own chain, keys in the environment outrank the default profile, and a named profile outranks them.
  const name = profile ?? (env.AWS_PROFILE || (env.AWS_ACCESS_KEY_ID ? undefined : 'default'));
  if (name === undefined) return undefined;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const own = { ...configFile[name], ...credentialsFile[name] };
  if (!own.role_arn) return undefined;
  const { source_profile: source, credential_source: kind } = own;
  if (source)
    return source === name
      ? undefined
      : {
          from: `the profile ${source}`,
          // Without a way to ask for an MFA code: a code is good for one session, and that is the role's own.
          provider: (clientConfig) =>
            fromNodeProviderChain({ profile: source, clientConfig, logger: remarks().logger }),
        };
  switch (kind) {
    case 'Environment':
      return { from: 'the keys in the environment', provider: () => fromEnv() };
    case 'Ec2InstanceMetadata':
      return { from: "this machine's instance role", provider: () => fromInstanceMetadata() };
    case 'EcsContainer':
      return { from: "this container's role", provider: () => fromContainerMetadata() };
    default:
      return undefined;
  }
};
