import { loadSharedConfigFiles } from '@smithy/core/config';

/** Where credentials come from, and with that how a session that has ended is renewed. */
export type Origin =
  | { readonly kind: 'sso'; readonly profile: string }
  | { readonly kind: 'login'; readonly profile: string }
  | { readonly kind: 'process'; readonly profile: string; readonly command: string }
  | { readonly kind: 'keys'; readonly profile: string; readonly temporary: boolean }
  | { readonly kind: 'web-identity'; readonly file: string }
  | { readonly kind: 'environment' }
  | { readonly kind: 'machine' };

type Environment = Readonly<Record<string, string | undefined>>;
type Profiles = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/**
 * Finds out where credentials come from, in the order of the SDK's own chain; of a role, what it is assumed from. Undefined where
 * nothing names a source, and where only the container's or machine's own role could be one.
 */
export const findOrigin = async (profile: string | undefined, env: Environment): Promise<Origin | undefined> => {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  const profiles = Object.fromEntries(
    [...names].map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]),
  );
  const named = profile ?? (env.AWS_PROFILE || undefined);
  if (named === undefined && env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) return { kind: 'environment' };
  const origin = ofProfile(profiles, named ?? 'default', new Set());
  if (origin || named !== undefined) return origin;
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE) return { kind: 'web-identity', file: env.AWS_WEB_IDENTITY_TOKEN_FILE };
  return env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI
    ? { kind: 'machine' }
    : undefined;
};

/** The same order as in the SDK's resolveProfileData: a role first, unless the profile is its own source and has keys. */
const ofProfile = (profiles: Profiles, name: string, sources: ReadonlySet<string>): Origin | undefined => {
  const own = profiles[name] ?? {};
  const { role_arn: role, source_profile: source, credential_source: kind } = own;
  const hasKeys = own.aws_access_key_id !== undefined && own.aws_secret_access_key !== undefined;
  if (role === undefined || (sources.size > 0 && hasKeys)) return ofItself(name, own);
  if (source !== undefined)
    return sources.has(source) ? undefined : ofProfile(profiles, source, new Set([...sources, source]));
  if (kind === undefined) return ofItself(name, own);
  return { kind: kind === 'Environment' ? 'environment' : 'machine' };
};

const ofItself = (profile: string, own: Profiles[string]): Origin | undefined => {
  if (own.aws_access_key_id && own.aws_secret_access_key)
    return { kind: 'keys', profile, temporary: own.aws_session_token !== undefined };
  if (own.web_identity_token_file) return { kind: 'web-identity', file: own.web_identity_token_file };
  if (own.credential_process) return { kind: 'process', profile, command: own.credential_process };
  if (own.sso_session ?? own.sso_start_url ?? own.sso_account_id) return { kind: 'sso', profile };
  return own.login_session ? { kind: 'login', profile } : undefined;
};
