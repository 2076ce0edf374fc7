import type { Caller } from '../aws/identity.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { dependsOnAnswers, forewarning } from '../doctor/for-setup.ts';
import { givenName } from '../doctor/names.ts';
import { Problem } from '../errors.ts';
import type { Connected, Session } from '../session.ts';
import type { State } from '../state/state.ts';
import { forewarningView } from '../terminal/views/doctor.ts';
import { subjectOf } from './doctor-subject.ts';

/**
 * Looks, before setup asks or writes anything, for what would stop it today or fail later on, and says so.
 * @param keep saves the answers: another run may go on with others in their place
 * @throws Problem (blocked) for what is proven to stop it
 */
export const foresee = async (
  session: Session,
  { connected, caller, state }: { readonly connected: Connected; readonly caller: Caller; readonly state: State },
  { takesProposals, keep }: { readonly takesProposals: boolean; readonly keep: () => Promise<void> },
): Promise<void> => {
  const { terminal, clock } = session;
  const { customer, answers, access } = state;
  const subject = subjectOf({ customer, caller, connected, answers, access, state }, session);
  const progress = terminal.glimpse('Checking the account');
  const areas = await diagnose(connected, subject, clock).finally(() => progress.clear());
  const asks = terminal.interactive && !takesProposals && givenName(subject) === undefined;
  const found = forewarning(areas, asks);
  const look = { style: terminal.style, columns: terminal.columns, now: clock.now() };
  terminal.say(forewarningView(found, look));
  if (found.stops.length === 0) return;
  if (found.stops.every(dependsOnAnswers)) await keep();
  throw new Problem(
    found.stops.map(({ title }) => title).join(' '),
    found.stops.flatMap(({ advice }) => advice),
    'blocked',
    undefined,
    found.stops.flatMap(({ details = [] }) => details),
  );
};
