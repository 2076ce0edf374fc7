import { refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { explain } from '../aws/explain.ts';
import {
  type ConnectionStatus,
  connectionStatus,
  notStartedStatus,
  removedStatus,
  unknownStatus,
} from '../connection-status.ts';
import { Problem } from '../errors.ts';
import { progressOf } from '../removal/progress.ts';
import type { Session } from '../session.ts';
import type { Access } from '../state/state.ts';
import { steps } from '../steps/index.ts';
import { statusDocument } from '../terminal/views/documents.ts';
import { statusTable, statusView } from '../terminal/views/status.ts';
import { survey } from '../wizard/survey.ts';
import { confirmationsIn } from './confirmations.ts';
import { loadChecked } from './load-checked.ts';
import { mergedAccess, openConnection } from './open-connection.ts';
import type { StatusOptions } from './options.ts';

const watchEvery = 30_000;
const fields = steps.flatMap((step) => step.fields);

/** Looks, never writes. @returns the exit code */
export const status = async (session: Session, options: StatusOptions): Promise<number> => {
  const given = await readGiven({ ...options.flags, customer: options.customer }, undefined, fields);
  refuseAny([...given.objections, ...session.objections()]);
  const account = typeof given.answers.account === 'string' ? given.answers.account : undefined;
  for (let before = ''; ; ) {
    const seen = await lookAtAll(session, given.customer, given.access, account);
    const shown = show(
      session,
      options,
      seen.map((each) => each.status),
    );
    if (shown !== before) session.terminal.result(shown);
    before = options.json ? '' : shown;
    const ready = seen.every((each) => each.status.state === 'ready');
    // What is taken back becomes ready no more.
    const settled = seen.every(({ status }) => status.state === 'ready' || status.removal);
    if (!options.watch || settled) return exitCodeOf(seen, options.exitCode && !ready);
    await session.clock.sleep(watchEvery, session.interrupt.signal);
  }
};

interface Seen {
  readonly status: ConnectionStatus;
  readonly problem?: Problem;
}

const exitCodeOf = (seen: readonly Seen[], notReady: boolean): number => {
  const problem = seen.find((each) => each.problem)?.problem;
  if (problem) return problem.exitCode;
  return notReady ? new Problem('', [], 'not-ready').exitCode : 0;
};

const lookAtAll = async (
  session: Session,
  customer: string | undefined,
  access: Access,
  account: string | undefined,
): Promise<Seen[]> => {
  const names = customer === undefined ? await session.store.list() : [customer];
  const seen: Seen[] = [];
  for (const name of names) seen.push(await lookAtOne(session, name, access, { account, alone: names.length === 1 }));
  return seen;
};

/** What can't be looked at is an answer of its own in a table, and an error when it was asked for by name. */
const lookAtOne = async (
  session: Session,
  customer: string,
  access: Access,
  { account, alone }: { readonly account: string | undefined; readonly alone: boolean },
): Promise<Seen> => {
  const { store, outbox, clock, terminal, interrupt } = session;
  const state = await loadChecked(store, customer, fields).catch((error) => {
    if (alone || !(error instanceof Problem)) throw error;
    return error;
  });
  if (state === undefined)
    throw new Problem(`There is no connection named ${customer}.`, [`Make it: spot-cur setup ${customer}`], 'usage');
  if (state instanceof Problem) return { status: unknownStatus(customer, '', steps, state), problem: state };
  const removal = progressOf(state);
  if (removal) return { status: removedStatus(customer, state.account, steps, removal) };
  const source = mergedAccess(state.access, access);
  const progress = terminal.progress(`Looking at ${customer}`);
  try {
    interrupt.check();
    const { connected, caller } = await openConnection(session, source, { account, state, unasked: !alone });
    const started = Object.keys(state.provenance).length > 0;
    const looks = await survey(
      { aws: connected.aws, outbox },
      { state, caller, confirmations: confirmationsIn(store) },
      steps,
      clock,
    ).catch(unless(!started, 'usage'));
    if (!looks) return { status: notStartedStatus(customer, state.account, steps) };
    return { status: connectionStatus({ customer, account: state.account, started }, steps, looks) };
  } catch (error) {
    const problem = explain(error, source);
    if (!problem) throw error;
    return { status: unknownStatus(customer, state.account, steps, problem), problem };
  } finally {
    progress.clear();
  }
};

/** A setup that was left before its last answer has nothing to be looked at yet. */
const unless =
  (expected: boolean, code: Problem['code']) =>
  (error: unknown): undefined => {
    if (!expected || !(error instanceof Problem) || error.code !== code) throw error;
  };

const show = (
  { terminal, clock }: Session,
  { json, watch, customer }: StatusOptions,
  seen: readonly ConnectionStatus[],
): string => {
  if (json) return statusDocument(seen, watch ? 0 : 2);
  const [only] = seen;
  if (only === undefined) return 'There is no connection yet. Make one: spot-cur setup <customer>';
  return seen.length === 1 || customer !== undefined
    ? statusView(only, clock.now(), terminal.resultStyle, terminal.columns)
    : statusTable(seen, terminal.resultStyle);
};
