import { createHash } from 'node:crypto';
import { queryFailure, queryParameters, queryResponse } from '../query.ts';
import { type Context, type Operation, type Service, ServiceError } from '../service.ts';
import type { Session } from '../world.ts';
import { type XmlValue, xmlContent } from '../xml.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

const operations: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: {
    mutating: false,
    run: (context) =>
      answer(context, 'GetCallerIdentity', {
        Arn: context.callerArn,
        UserId: context.userId,
        Account: context.account.id,
      }),
  },
  AssumeRole: {
    mutating: false,
    run: (context, request) => answer(context, 'AssumeRole', assumeRole(context, queryParameters(request))),
  },
};

/**
 * Who is asking, and roles of other accounts. Any role of any account can be assumed: of trust policies, no more is judged than
 * whether they ask for MFA.
 */
export const sts: Service = {
  name: 'sts',
  operationOf: (request) => queryParameters(request).Action ?? 'UnknownOperation',
  operations,
  failure: (error, requestId) => queryFailure(NAMESPACE, error, requestId),
};

const answer = (context: Context, action: string, result: XmlValue) =>
  queryResponse(NAMESPACE, action, xmlContent(result), context.requestId);

const assumeRole = (context: Context, parameters: Record<string, string>): XmlValue => {
  const { RoleArn = '', RoleSessionName = '', DurationSeconds = '3600' } = parameters;
  const role = /^arn:aws(?:-cn|-us-gov)?:iam::(\d{12}):role\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]{1,64})$/.exec(RoleArn);
  const [, account, name] = role ?? [];
  if (!account || !name) throw new ServiceError('ValidationError', `${RoleArn} is invalid`);
  checkSessionName(RoleSessionName);
  checkMfa(context, { account, name, RoleArn }, parameters);
  const seconds = durationOf(DurationSeconds, context);

  const { world, now } = context;
  const key = `ASIA${hash(`${account}/${name}/${RoleSessionName}/${now}/${Object.keys(world.sessions).length}`)}`;
  const session: Session = {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${RoleSessionName}`,
    userId: `AROA${hash(RoleArn)}:${RoleSessionName}`,
    expires: now + seconds * 1000,
  };
  world.sessions[key] = session;
  return {
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    Credentials: {
      AccessKeyId: key,
      SecretAccessKey: 'simulated/secret/simulated/secret/simulate',
      SessionToken: Buffer.from(`simulated session of ${session.arn}`).toString('base64'),
      Expiration: new Date(session.expires).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  };
};

/** A role whose trust asks for MFA wants a code; each code of six digits is right but for the one that everybody mistypes. */
const checkMfa = (
  { world, callerArn }: Context,
  role: { readonly account: string; readonly name: string; readonly RoleArn: string },
  { SerialNumber: device, TokenCode: code }: Record<string, string>,
): void => {
  if (code !== undefined && (device === undefined || !/^\d{6}$/.test(code) || code === WRONG_CODE))
    throw new ServiceError(
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      403,
    );
  const { roles = [] } = Object.hasOwn(world.accounts, role.account) ? (world.accounts[role.account] ?? {}) : {};
  const trust = roles.find(({ name }) => name === role.name)?.trust;
  if (code !== undefined || !asksForMfa(trust)) return;
  const message = `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${role.RoleArn}`;
  throw new ServiceError('AccessDenied', message, 403);
};

const WRONG_CODE = '000000';

const asksForMfa = (trust: unknown): boolean =>
  /"aws:MultiFactorAuthPresent":\s*("true"|true)/.test(JSON.stringify(trust ?? {}));

const checkSessionName = (name: string): void => {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return;
  throw new ServiceError(
    'ValidationError',
    `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy ` +
      'regular expression pattern: [\\w+=,.@-]{2,64}',
  );
};

const durationOf = (text: string, { callerArn }: Context): number => {
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 900 && seconds <= 43_200)) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: Member must have ` +
        'value between 900 and 43200',
    );
  }
  if (seconds > 3600 && callerArn.includes(':assumed-role/')) {
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  return seconds;
};

/** Sixteen capitals and digits that stay the same for the same text, as AWS's ids look. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16).toUpperCase();
