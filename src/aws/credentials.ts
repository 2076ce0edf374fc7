import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { doesIdentityRequireRefresh, isIdentityExpired } from '@smithy/core';
import { loadSharedConfigFiles, memoize } from '@smithy/core/config';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { Problem } from '../errors.ts';
import { printable, quoted, shellWord } from '../text.ts';
import { type AskMfa, roleAssumers } from './assume-role.ts';
import { type Endpoints, resolveEndpoints } from './endpoints.ts';
import { remarks } from './provider-remarks.ts';
import { region } from './region.ts';
import type { Requests } from './requests.ts';
import type { RoleSource } from './role-source.ts';

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
  const own = configFile[profile ?? (env.AWS_PROFILE || 'default')] ?? {};
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
      ...(known.length > 0 ? [`Known profiles: ${known.slice(0, 20).map(printable).join(', ')}.`] : []),
      ...(readableName.test(profile)
        ? [`Make it: aws configure sso --profile ${shellWord(profile)}`]
        : [
            'If ~/.aws/config has it: names with blanks and the like are read by the AWS CLI alone. Give it another one, of letters, digits and - _ . @ + % : /',
          ]),
    ],
    'credentials',
  );
};

/** Of a profile in the config file, as the SDK reads it; the sections of the credentials file may have any name. */
const readableName = /^[\w@+.%:/-]+$/;

/** Credentials, and the hand that begins a new session with them. */
export interface CredentialChain {
  readonly credentials: AwsCredentialIdentityProvider;
  /** What a role was assumed from, if one was. */
  readonly source?: AwsCredentialIdentityProvider | undefined;
  readonly sourceName?: string | undefined;
  /** Forgets the session: the next call reads the shared files and the signed-in sessions afresh, and assumes the role anew. */
  anew(): void;
}

interface Way {
  readonly requests: Requests;
  readonly endpoints: Endpoints;
  readonly askMfa: AskMfa;
  /** What the profile's own role is assumed from, if it has one. */
  readonly roleSource?: RoleSource | undefined;
}

/**
 * Credentials by the SDK's own chain, or those of a role assumed from them. Their inner clients take the same way to the
 * network. `askMfa` is asked for the code at most once a session, as the session is kept.
 */
export const credentials = (source: CredentialSource, way: Way): CredentialChain => {
  let current = chain(source, way, false);
  return {
    credentials: (properties) => current.credentials(properties),
    ...(current.source && { source: (properties) => (current.source ?? current.credentials)(properties) }),
    sourceName: current.sourceName,
    anew: () => {
      current = chain(source, way, true);
    },
  };
};

const chain = (
  { profile, roleArn, externalId, mfaSerial }: CredentialSource,
  way: Way,
  ignoreCache: boolean,
): Pick<CredentialChain, 'credentials' | 'source' | 'sourceName'> => {
  const { roleSource } = way;
  // Without a region: single sign-on is asked in its own, which one given here would outrank.
  const network = { requestHandler: way.requests as never, ...(way.endpoints.sts && { endpoint: way.endpoints.sts }) };
  let takesCodes = false;
  const askMfa: AskMfa = (...given) => {
    takesCodes = true;
    return way.askMfa(...given);
  };
  const said = remarks();
  const assumers = roleAssumers({ region, ...network }, askMfa);
  const kept = fromNodeProviderChain({
    clientConfig: network,
    mfaCodeProvider: askMfa,
    logger: said.logger,
    ignoreCache,
    ...assumers,
    ...(profile && { profile }),
  });
  let last: AwsCredentialIdentity | undefined;
  // The chain renews behind the back of calls what is about to end. A question for a code has to hold them up.
  const own: AwsCredentialIdentityProvider = async (properties) => {
    const forceRefresh = takesCodes && last !== undefined && isIdentityExpired(last);
    said.listen();
    last = await kept({ ...properties, forceRefresh }).catch((error) => {
      throw telling(error, said.why());
    });
    return last;
  };
  if (!roleArn)
    return {
      credentials: own,
      ...(roleSource && { source: roleSource.provider(network), sourceName: roleSource.from }),
    };
  const role = async () =>
    assumers.roleAssumer(await own(), {
      RoleArn: roleArn,
      RoleSessionName: 'spot-cur',
      ...(externalId && { ExternalId: externalId }),
      ...(mfaSerial && { SerialNumber: mfaSerial, TokenCode: await askMfa(mfaSerial) }),
    });
  // One session for all clients, each of which would assume the role, and ask for a code, by itself.
  const session = memoize(role, isIdentityExpired, doesIdentityRequireRefresh);
  return { credentials: session, source: own, ...(profile && { sourceName: `the profile ${profile}` }) };
};

/** The same error, in the words of the one provider that was meant, else in ours. */
const telling = (error: unknown, why: string | undefined): unknown => {
  if (error instanceof Error && /from any providers/.test(error.message))
    error.message = why ?? 'no profile, no environment variable and no machine role gives any';
  return error;
};
