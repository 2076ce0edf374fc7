import { objectionsTo, refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { explain } from '../aws/explain.ts';
import { diagnose } from '../doctor/diagnose.ts';
import type { Area } from '../doctor/finding.ts';
import { unnamed } from '../doctor/subject.ts';
import { Problem } from '../errors.ts';
import type { Session } from '../session.ts';
import type { State } from '../state/state.ts';
import { steps } from '../steps/index.ts';
import { doctorDocument, doctorView } from '../terminal/views/doctor.ts';
import { wrapped } from '../terminal/wrap.ts';
import { subjectOf } from './doctor-subject.ts';
import { loadChecked } from './load-checked.ts';
import { mergedAccess, openSoon } from './open-connection.ts';
import type { ConnectionOptions } from './options.ts';

const fields = steps.flatMap((step) => step.fields);

/**
 * Looks for everything that can be known to fail before anything is written.
 * @returns the exit code: 1 for a problem, whatever it is about
 */
export const doctor = async (session: Session, options: ConnectionOptions): Promise<number> => {
  const { store, terminal, clock } = session;
  const given = await readGiven({ ...options.flags, customer: options.customer }, undefined, fields);
  const asked = { unattended: false, assumed: false, known: given.objections };
  refuseAny([...given.objections, ...session.objections(), ...objectionsTo(given.answers, steps, asked)]);
  const state = given.customer === undefined ? undefined : await loadChecked(store, given.customer, fields);
  if (given.customer !== undefined && !state)
    terminal.say(wrapped(await unsaved(session, given.customer), terminal.columns));
  const access = mergedAccess(state?.access, given.access);
  const account = typeof given.answers.account === 'string' ? given.answers.account : undefined;
  const progress = terminal.progress('Checking the account');
  try {
    const { connected, caller } = await openSoon(session, access, { account, state }).catch(throwExplained);
    const answers = { ...state?.answers, ...given.answers };
    const subject = subjectOf({ customer: given.customer, caller, connected, answers, access, state }, session);
    const areas = await diagnose(connected, subject, clock);
    progress.clear();
    const look = { style: terminal.resultStyle, columns: terminal.columns, now: clock.now() };
    const next = nextFor(areas, given.customer, state);
    terminal.result(
      options.json ? doctorDocument(caller.account, areas) : doctorView({ account: caller.account, areas, next }, look),
    );
    return hasProblem(areas) ? 1 : 0;
  } finally {
    progress.clear();
  }
};

/** A slip of the pen would else look like an account in which nothing is done yet. */
const unsaved = async ({ store }: Session, customer: string): Promise<string> => {
  const known = await store.list();
  const others = known.length > 0 ? ` There are: ${known.join(', ')}.` : '';
  return `No connection named ${customer} is saved on this machine: the account is checked for a new one.${others}`;
};

/** Whoever can't be looked at is not sent here again. */
const throwExplained = (thrown: unknown): never => {
  const problem = explain(thrown);
  if (!problem) throw thrown;
  const { message, code, requestId } = problem;
  const advice = problem.advice.filter((text) => !text.endsWith(': spot-cur doctor'));
  throw new Problem(message, advice, code, requestId);
};

const hasProblem = (areas: readonly Area[]): boolean =>
  areas.some(({ findings }) => findings.some(({ level }) => level === 'problem'));

const isClean = (areas: readonly Area[]): boolean =>
  areas.every(({ findings }) => findings.every(({ level }) => level === 'ok'));

const nextFor = (areas: readonly Area[], customer: string | undefined, state: State | undefined): string => {
  if (hasProblem(areas))
    return `Once what is marked ✖ is mended, look again: spot-cur doctor${customer === undefined ? '' : ` ${customer}`}`;
  const proven = isClean(areas) ? '' : 'Nothing is proven to be in the way. ';
  return state
    ? `${proven}Go on with the connection: spot-cur resume ${state.customer}`
    : `${proven}Connect the account: spot-cur setup ${customer ?? unnamed}`;
};
