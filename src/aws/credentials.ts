import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { doesIdentityRequireRefresh, isIdentityExpired } from '@smithy/core';
import { loadSharedConfigFiles, memoize } from '@smithy/core/config';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { Problem } from '../errors.ts';
import { quoted } from '../text.ts';
import { type Endpoints, resolveEndpoints } from './endpoints.ts';
import { region } from './region.ts';
import type { Requests } from './requests.ts';

/** How the user says that credentials are come by. */
export interface CredentialSource {
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly mfaSerial?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The endpoints that flag, environment and the profile's section in the shared config name. @throws Problem (usage) */
export const findEndpoints = async (flag: string | undefined, profile: string | undefined, env: Environment) => {
  const { configFile } = await loadSharedConfigFiles();
  const own = configFile[profile ?? env.AWS_PROFILE ?? 'default'] ?? {};
  const section = (own.services && configFile[`services.${own.services}`]) || {};
  return resolveEndpoints({ flag, env, profile: own, section });
};

/** Refuses a profile that neither file knows, before anything is asked of AWS. @throws Problem (credentials) */
export const checkProfile = async (profile: string): Promise<void> => {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  if (configFile[profile] || credentialsFile[profile]) return;
  const known = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(
    (name) => !/^(sso-session|services)\./.test(name),
  );
  throw new Problem(
    `There is no AWS profile named ${quoted(profile)}.`,
    [
      known.length > 0
        ? `Known profiles: ${known.slice(0, 20).join(', ')}.`
        : `Make it: aws configure sso --profile ${profile}`,
    ],
    'credentials',
  );
};

/**
 * Credentials by the SDK's own chain, or those of a role assumed from them. Their inner clients take the same way to the
 * network. `askMfa` is asked for the code at most once a run, as the session is kept.
 */
export const credentials = (
  { profile, roleArn, externalId, mfaSerial }: CredentialSource,
  way: {
    readonly requests: Requests;
    readonly endpoints: Endpoints;
    readonly askMfa: (serial: string) => Promise<string>;
  },
): { readonly credentials: AwsCredentialIdentityProvider; readonly source?: AwsCredentialIdentityProvider } => {
  const clientConfig = {
    region,
    requestHandler: way.requests as never,
    ...(way.endpoints.sts && { endpoint: way.endpoints.sts }),
  };
  const source = fromNodeProviderChain({ clientConfig, mfaCodeProvider: way.askMfa, ...(profile && { profile }) });
  if (!roleArn) return { credentials: source };
  const role = fromTemporaryCredentials({
    masterCredentials: source,
    clientConfig,
    mfaCodeProvider: way.askMfa,
    params: {
      RoleArn: roleArn,
      RoleSessionName: 'spot-cur',
      ...(externalId && { ExternalId: externalId }),
      ...(mfaSerial && { SerialNumber: mfaSerial }),
    },
  }) as AwsCredentialIdentityProvider;
  // One session for all clients, each of which would assume the role, and ask for a code, by itself.
  const session = memoize(role, isIdentityExpired, doesIdentityRequireRefresh);
  return { credentials: session, source };
};
