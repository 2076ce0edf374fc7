import { randomUUID } from 'node:crypto';
import { changedAnswers, merged, objectionsTo, refuseAny, voidedMessage } from '../agreement.ts';
import { type Given, readGiven } from '../answers.ts';
import { connectionStatus } from '../connection-status.ts';
import { Problem } from '../errors.ts';
import type { Field } from '../field.ts';
import { recorder } from '../recorder.ts';
import { begunAnew, marksOf, progressOf } from '../removal/progress.ts';
import type { Session } from '../session.ts';
import type { Answers, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import { runDocument } from '../terminal/views/documents.ts';
import { removalRemark } from '../terminal/views/removal.ts';
import { endSummary } from '../terminal/views/summary.ts';
import { wrapped } from '../terminal/wrap.ts';
import type { Ending } from '../wizard/going.ts';
import { walk } from '../wizard/walk.ts';
import { chooseCustomer, nameFor } from './choose-customer.ts';
import { confirmationsIn } from './confirmations.ts';
import { foresee } from './foresee.ts';
import { loadChecked } from './load-checked.ts';
import { nothingSaved } from './nothing-saved.ts';
import { mergedAccess, openConnection } from './open-connection.ts';
import type { WalkCommandOptions } from './options.ts';
import { type ForceUnlock, takeLock } from './take-lock.ts';
import { refuseTakenBack } from './taken-back.ts';

/** setup and resume are the same walk; they differ in whether a connection has to exist. */
export const walkConnection = async (
  session: Session,
  steps: readonly Step[],
  options: WalkCommandOptions,
  mode: 'setup' | 'resume',
): Promise<Ending> => {
  const fields = steps.flatMap((step) => step.fields);
  const given = await readGiven({ ...options.flags, customer: options.customer }, options.answersFile, fields);
  const unattended = !session.terminal.interactive;
  const early = given.customer ? await earlyLoad(session, given.customer, given.objections.length > 0) : undefined;
  const known = { ...early?.answers, ...given.answers };
  if (mode === 'setup' || given.objections.length + session.objections().length > 0)
    refuseAny([
      ...given.objections,
      ...session.objections(),
      ...objectionsTo(known, steps, {
        unattended: unattended && mode === 'setup',
        // Told by files alone, which are read only where it counts.
        assumed:
          fields.some(({ id, needed }) => needed === 'unless-assumed' && known[id] === undefined) &&
          (await session.assumes(mergedAccess(early?.access, given.access))),
        known: given.objections,
      }),
    ]);
  for (const remark of given.remarks) session.terminal.say(remark);
  const customer = await chooseCustomer(session, given.customer, mode);
  const named = customer ?? (await nameFor(session, given.access));
  if (options.dryRun && options.forceUnlock !== undefined)
    session.terminal.say('--dry-run takes no lock, so none is ended.');
  const lock = options.dryRun ? undefined : await lockFor(session, named, mode, options.forceUnlock);
  try {
    return await walkLocked(session, steps, options, mode, { ...given, customer: named });
  } finally {
    await lock?.release();
  }
};

/** What is saved, for checks before the lock. Damage is told before answers that are missing for it, and after ones that are wrong. */
const earlyLoad = (session: Session, customer: string, quietly: boolean): Promise<State | undefined> =>
  session.store.load(customer).catch((thrown) => {
    if (!quietly && thrown instanceof Problem && thrown.code === 'state') throw thrown;
    return undefined;
  });

/** A connection that does not exist takes no lock for resume: nothing is made on disk for a slip of the pen. */
const lockFor = async (session: Session, customer: string, mode: string, forced: ForceUnlock | undefined) => {
  const { store } = session;
  // Should another run make it this very moment, this one must not go on without a lock.
  if (mode === 'resume' && !(await store.load(customer))) throw nothingSaved(customer, await store.list());
  return takeLock(session, customer, mode, forced);
};

const walkLocked = async (
  session: Session,
  steps: readonly Step[],
  options: WalkCommandOptions,
  mode: 'setup' | 'resume',
  { customer, access: givenAccess, answers: givenAnswers }: Given & { customer: string },
): Promise<Ending> => {
  const { store, clock, terminal } = session;
  const fields = steps.flatMap((step) => step.fields);
  const { saved, before } = await loaded(session, { customer, mode, fields });
  const fleetingIds = new Set(fields.filter(({ fleeting }) => fleeting).map(({ id }) => id));
  const all = merged(before, givenAnswers, fields);
  const answers = Object.fromEntries(Object.entries(all).filter(([id]) => !fleetingIds.has(id)));
  const access = mergedAccess(saved?.access, givenAccess);
  const account = typeof givenAnswers.account === 'string' ? givenAnswers.account : undefined;
  const { connected, caller } = await openConnection(session, access, { account, state: saved });
  terminal.say(`${customer}: account ${terminal.style.strong(caller.account)}, as ${caller.arn}`);
  if (caller.arn.endsWith(':root'))
    terminal.say(terminal.style.warning("! These are the root user's credentials. A role is enough, and safer."));
  const state: State = before
    ? { ...before, access, answers }
    : {
        version: 1,
        lineage: randomUUID(),
        serial: 0,
        customer,
        endpoint: connected.endpoint,
        account: caller.account,
        access,
        answers,
        provenance: {},
        notes: {},
        journal: [],
      };
  await refuseSecond(session, state);
  const record = recorder({ first: state, saved, sheds: marksOf(state) }, options.dryRun ? undefined : store, {
    clock,
    tool: session.tool,
  });
  for (const change of changedAnswers(before, answers, fields)) terminal.say(change);
  const voided = voidedMessage(before, answers, fields);
  if (voided) terminal.say(wrapped(terminal.style.warning(`! ${voided}`), terminal.columns));
  // Once something stands, the walk's own looks know more of it.
  if (mode === 'setup' && Object.keys(state.provenance).length === 0)
    await foresee(session, { connected, caller, state }, { takesProposals: options.yes, keep: record.keep });
  const ending = await walk({
    session,
    connected,
    caller,
    steps,
    recorder: record,
    confirmations: confirmationsIn(store),
    options: {
      yes: options.yes,
      dryRun: options.dryRun,
      sent: options.sent || typeof givenAnswers.link === 'string',
      fleeting: {
        ...Object.fromEntries(Object.entries(all).filter(([id]) => fleetingIds.has(id))),
        ...(options.restoreNotifications && { 'restore-notifications': true }),
      },
      earlier: saved?.answers ?? {},
      accept: (current) => refuseSecond(session, { ...state, answers: current }),
    },
  });
  if (!/^(blocked|declined|planned)$/.test(ending.kind)) await record.shed();
  if (options.sent && record.state.notes.sent === undefined && record.state.notes.message === undefined)
    terminal.say('--sent was not taken down: there is no message yet.');
  const facts = { customer, account: caller.account, started: Object.keys(record.state.provenance).length > 0 };
  const status = connectionStatus(facts, steps, ending.looks);
  if (options.json) terminal.result(runDocument(status, ending.did));
  else if (!options.hushed)
    terminal.say(
      endSummary(
        { ending: ending.kind, status, state: record.state, fields, mode, dryRun: options.dryRun },
        clock.now(),
        terminal.style,
        terminal.columns,
      ),
    );
  return ending;
};

/** What is saved of the connection, and that as this run begins with it. @throws Problem for a resume without one */
const loaded = async (
  { store, terminal, clock }: Session,
  { customer, mode, fields }: { readonly customer: string; readonly mode: string; readonly fields: readonly Field[] },
): Promise<{ readonly saved: State | undefined; readonly before: State | undefined }> => {
  const saved = await loadChecked(store, customer, fields);
  if (mode === 'resume' && !saved) throw nothingSaved(customer, await store.list());
  const removal = saved && progressOf(saved);
  if (mode === 'resume' && saved) refuseTakenBack(saved);
  if (removal) terminal.say(wrapped(removalRemark(customer, removal, clock.now()), terminal.columns));
  return { saved, before: saved && begunAnew(saved) };
};

/** Two connections for one report would write over each other's work. */
const refuseSecond = async ({ store }: Session, state: State): Promise<void> => {
  const name = ({ bucket, 'report-name': report }: Answers) => report ?? bucket;
  if (name(state.answers) === undefined) return;
  for (const other of await store.list()) {
    if (other === state.customer) continue;
    const existing = await store.load(other).catch(() => undefined);
    if (!existing || existing.account !== state.account || existing.endpoint !== state.endpoint) continue;
    if (name(existing.answers) !== name(state.answers) || progressOf(existing)?.kind === 'done') continue;
    throw new Problem(
      `Account ${state.account} and its report ${name(state.answers)} are the connection ${other} already.`,
      [`Go on with it: spot-cur resume ${other}`],
      'blocked',
    );
  }
};
