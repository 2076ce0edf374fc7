import { ServiceError } from '../../service.ts';
import type { Bucket } from '../../world.ts';
import { denied } from './access.ts';
import { isRecord, list } from './policy.ts';

/** Throws what S3 answers to a policy that it can't take for this bucket. */
export const checkPolicy = (text: string, bucket: Bucket): void => {
  const policy = parsed(text);
  if (policy.Version !== '2012-10-17' && policy.Version !== '2008-10-17')
    throw malformed('Missing required field Version');
  const statements = list(policy.Statement);
  if (statements.length === 0) throw malformed('Missing required field Statement');
  for (const statement of statements) {
    if (!isRecord(statement)) throw malformed('Statement must be an object');
    checkStatement(statement, bucket.name);
  }
  if (bucket.publicAccessBlock?.BlockPublicPolicy && statements.some(grantsAnybody)) throw denied();
};

const parsed = (text: string): Record<string, unknown> => {
  try {
    const policy: unknown = JSON.parse(text);
    if (isRecord(policy)) return policy;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw malformed("Policies must be valid JSON and the first byte must be '{'");
};

const checkStatement = (statement: Record<string, unknown>, bucket: string): void => {
  const { Effect, Principal, Action, NotAction, Resource, NotResource } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed(`Invalid effect: ${String(Effect)}`);
  if (Principal === undefined && statement.NotPrincipal === undefined)
    throw malformed('Missing required field Principal');
  if (Principal !== undefined && !knownPrincipal(Principal)) throw malformed('Invalid principal in policy');
  const actions = list(Action ?? NotAction);
  if (actions.length === 0) throw malformed('Missing required field Action');
  if (!actions.every((action) => /^(\*|s3:[\w*?]+)$/i.test(String(action))))
    throw malformed('Policy has invalid action');
  const resources = list(Resource ?? NotResource);
  if (resources.length === 0) throw malformed('Missing required field Resource');
  const root = `arn:aws:s3:::${bucket}`;
  if (
    !resources.every(
      (resource) => resource === root || String(resource).startsWith(`${root}/`) || resource === `${root}*`,
    )
  ) {
    throw malformed('Policy has invalid resource');
  }
};

const knownPrincipal = (principal: unknown): boolean => {
  if (principal === '*') return true;
  if (!isRecord(principal) || Object.keys(principal).length === 0) return false;
  return Object.entries(principal).every(([kind, names]) => {
    const pattern = principals[kind];
    return pattern !== undefined && list(names).every((name) => pattern.test(String(name)));
  });
};

const principals: Readonly<Record<string, RegExp>> = {
  AWS: /^(\*|\d{12}|arn:aws:(iam|sts)::\d{12}:(root|(user|role|assumed-role)\/.+)|A(ROA|IDA)[A-Z0-9]+)$/,
  Service: /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/,
  CanonicalUser: /^[0-9a-f]{64}$/,
  Federated: /./,
};

const grantsAnybody = (statement: unknown): boolean => {
  if (!isRecord(statement) || statement.Effect !== 'Allow' || statement.Condition !== undefined) return false;
  const { Principal } = statement;
  return Principal === '*' || (isRecord(Principal) && list(Principal.AWS).includes('*'));
};

const malformed = (message: string): ServiceError => new ServiceError('MalformedPolicy', message);
