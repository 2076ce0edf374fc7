import { waysToRenew } from '../aws/explain/ways-to-renew.ts';
import { again } from '../aws/explain.ts';
import type { Caller } from '../aws/identity.ts';
import type { Origin } from '../aws/origin.ts';
import { type Subject, unnamed } from '../doctor/subject.ts';
import type { Connected, Session } from '../session.ts';
import type { Access, Answers, State } from '../state/state.ts';

/** What a doctor is told of a connection, of one that is yet to be made too. */
export const subjectOf = (
  {
    customer,
    caller,
    connected: { origin },
    answers,
    access,
    state,
  }: {
    readonly customer: string | undefined;
    readonly caller: Caller;
    readonly connected: Pick<Connected, 'origin'>;
    readonly answers: Answers;
    readonly access: Access;
    readonly state: State | undefined;
  },
  { region }: Pick<Session, 'region'>,
): Subject => ({
  customer: customer ?? unnamed,
  saved: (state?.serial ?? 0) > 0,
  caller,
  answers,
  notes: state?.notes ?? {},
  provenance: state?.provenance ?? {},
  renews: assumesAlone(access) || (origin !== undefined && lasting.has(origin.kind)),
  renewal: waysToRenew({ profile: access.profile, origin }, '').filter((way) => way !== again),
  region,
});

/** What the SDK itself takes a fresh session of, for as long as a sign-in or the machine lasts. */
const lasting: ReadonlySet<Origin['kind']> = new Set(['sso', 'login', 'process', 'web-identity', 'machine']);

const assumesAlone = ({ roleArn, mfaSerial }: Access): boolean => roleArn !== undefined && mfaSerial === undefined;
