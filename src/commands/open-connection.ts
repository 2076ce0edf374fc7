import { isOfNoSession } from '../aws/explain.ts';
import type { Caller } from '../aws/identity.ts';
import { Cancelled, Problem } from '../errors.ts';
import type { Connected, Session } from '../session.ts';
import type { Access, State } from '../state/state.ts';

export interface Opened {
  readonly connected: Connected;
  readonly caller: Caller;
}

/**
 * Connects to AWS and makes sure that it is the account and the world that was meant.
 * @throws Problem (wrong-account) for another account than the one named or saved, or another endpoint
 */
export const openConnection = async (
  session: Session,
  access: Access,
  expected: {
    readonly account?: string | undefined;
    readonly state?: State | undefined;
    /** For looks that can be done without: all requests end once this is aborted. */
    readonly until?: AbortSignal | undefined;
    /** True where a session that has ended is no reason to ask: this is one of many. */
    readonly unasked?: boolean;
  },
): Promise<Opened> => {
  const { account, state, until, unasked } = expected;
  const lines = await session.connect(access, unasked);
  const connected = until ? { ...lines, aws: lines.lookingUntil(until) } : lines;
  if (state && state.endpoint !== connected.endpoint)
    throw new Problem(
      `${state.customer} was set up at ${worldName(state.endpoint)}, and this run leads to ${worldName(connected.endpoint)}.`,
      [
        state.endpoint === 'aws'
          ? 'Unset AWS_ENDPOINT_URL and its relatives, and leave --endpoint-url away.'
          : `Lead it there: --endpoint-url ${state.endpoint}`,
        'Or choose another customer name for the other world.',
      ],
      'wrong-account',
    );
  const caller = await connected.aws.identity.whoAmI();
  const meant = [
    { account: state?.account, by: `${state?.customer} is the connection of` },
    { account, by: '--account names' },
  ];
  for (const each of meant)
    if (each.account !== undefined && each.account !== caller.account)
      throw new Problem(
        `These credentials belong to account ${caller.account} (${caller.arn}), and ${each.by} ${each.account}.`,
        [`Use credentials of account ${each.account}, for example with --profile or --role-arn.`],
        'wrong-account',
      );
  return { connected, caller };
};

/** How long AWS may take to say who calls, where nobody is to be kept waiting, in ms of this machine's time. */
const patience = 5_000;

/**
 * The same for a look that is soon over, whatever AWS does. Getting credentials may need a person: AWS's time counts from then on.
 * @throws what openConnection throws, and a timeout
 */
export const openSoon = async (
  session: Session,
  access: Access,
  expected: { readonly account: string | undefined; readonly state: State | undefined },
): Promise<Opened> => {
  const { expiry } = await session.connect(access);
  await expiry().catch(unlessCancelled);
  return inTime(session, (until) => openConnection(session, access, { ...expected, until })).catch((error) => {
    // Where somebody can renew a session, they are asked to by the lines that are not cut off.
    if (isOfNoSession(error)) return openConnection(session, access, expected);
    throw error;
  });
};

const inTime = ({ clock }: Session, open: (until: AbortSignal) => Promise<Opened>): Promise<Opened> =>
  new Promise((resolve, reject) => {
    const over = new AbortController();
    const silence = clock.alarm(patience, () => {
      reject(tooLate());
      over.abort(new Error('AWS did not answer in time.'));
    });
    open(over.signal).then(resolve, reject).finally(silence);
  });

/** Whatever else keeps credentials away is told by the call that needs them. */
const unlessCancelled = (error: unknown): void => {
  if (error instanceof Cancelled) throw error;
};

const tooLate = (): Error =>
  Object.assign(new Error(`no answer within ${patience / 1000} seconds`), {
    name: 'TimeoutError',
    $call: { action: 'sts:GetCallerIdentity', resource: undefined },
  });

const worldName = (endpoint: string): string => (endpoint === 'aws' ? 'AWS itself' : endpoint);

/** What is given for this run over what is saved. */
export const mergedAccess = (saved: Access | undefined, given: Access): Access =>
  given.profile || given.roleArn
    ? given
    : Object.fromEntries(
        (['profile', 'roleArn', 'externalId', 'mfaSerial'] as const).flatMap((key) => {
          const value = given[key] ?? saved?.[key];
          return value ? [[key, value]] : [];
        }),
      );
