import { refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { explain } from '../aws/explain.ts';
import { Cancelled, Problem } from '../errors.ts';
import { recorder } from '../recorder.ts';
import { hasTaken, progressOf } from '../removal/progress.ts';
import { removalOf } from '../removal/removal.ts';
import type { Session } from '../session.ts';
import type { State } from '../state/state.ts';
import { steps } from '../steps/index.ts';
import { type RemovalEnd, removalDocument, removalView } from '../terminal/views/removal.ts';
import { shellWord } from '../text.ts';
import type { Ending } from '../wizard/going.ts';
import { takeBack } from '../wizard/take-back.ts';
import { chooseCustomer } from './choose-customer.ts';
import { confirmationsIn } from './confirmations.ts';
import { loadChecked } from './load-checked.ts';
import { nothingSaved } from './nothing-saved.ts';
import { mergedAccess, openConnection } from './open-connection.ts';
import type { RemoveOptions } from './options.ts';
import { exitCodeFor } from './setup.ts';
import { takeLock } from './take-lock.ts';

const fields = steps.flatMap((step) => step.fields);

/** Takes back what this program has made, once the customer's name was typed. @returns the exit code */
export const remove = async (session: Session, options: RemoveOptions): Promise<number> => {
  const given = await readGiven({ ...options.flags, customer: options.customer }, undefined, fields);
  refuseAny([...given.objections, ...session.objections()]);
  const customer = (await chooseCustomer(session, given.customer, 'remove')) ?? '';
  if (options.confirm !== undefined && options.confirm !== customer)
    throw new Problem(
      `--confirm names ${JSON.stringify(options.confirm)}, and this is the connection ${customer}. Nothing was changed.`,
      [`If ${customer} is to be taken back: --confirm ${customer}`],
      'usage',
    );
  const { store } = session;
  if (!(await store.load(customer))) throw nothingSaved(customer, await store.list());
  const lock = options.dryRun ? undefined : await takeLock(session, customer, 'remove', options.forceUnlock);
  try {
    const saved = await loadChecked(store, customer, fields);
    if (!saved) throw nothingSaved(customer, await store.list());
    const account = typeof given.answers.account === 'string' ? given.answers.account : undefined;
    return await removeLocked(session, options, { saved, access: mergedAccess(saved.access, given.access), account });
  } catch (thrown) {
    throw saidOf(commandOf(customer, options), thrown);
  } finally {
    await lock?.release();
  }
};

interface Opened {
  readonly saved: State;
  readonly access: State['access'];
  readonly account: string | undefined;
}

const removeLocked = async (session: Session, options: RemoveOptions, opened: Opened): Promise<number> => {
  const { store, terminal, clock, tool } = session;
  const { saved, access, account } = opened;
  const { connected, caller } = await openConnection(session, access, { account, state: saved });
  const { customer } = saved;
  terminal.say(`${customer}: account ${terminal.style.strong(caller.account)}, as ${caller.arn}`);
  const record = recorder({ first: { ...saved, access }, saved }, options.dryRun ? undefined : store, { clock, tool });
  const removal = removalOf(() => record.state, options.deleteData);
  const ending = await takeBack(
    {
      session,
      connected,
      caller,
      recorder: record,
      confirmations: confirmationsIn(store),
      options: {
        yes: false,
        command: 'remove',
        confirm: options.confirm,
        dryRun: options.dryRun,
        sent: false,
        fleeting: {},
        earlier: saved.answers,
        accept: async () => {},
      },
    },
    removal,
  );
  const end = { ...endOf(ending, saved, options, removal.decision), tookAny: hasTaken(record.state) };
  if (options.json) terminal.result(removalDocument(end));
  else terminal.say(removalView(end, terminal.style, terminal.columns));
  return exitCodeFor(ending);
};

const endOf = (
  { kind, did, looks }: Ending,
  saved: State,
  options: RemoveOptions,
  decision: ReturnType<typeof removalOf>['decision'],
): Omit<RemovalEnd, 'tookAny'> => {
  const move = looks.at(-1)?.move;
  const blocked = move?.kind === 'change' ? move.after : move?.kind === 'blocked' ? move : undefined;
  return {
    customer: saved.customer,
    account: saved.account,
    ending: kind === 'your-turn' ? 'blocked' : kind,
    before: progressOf(saved)?.kind === 'done',
    did,
    goes: decision?.goes ?? [],
    stays: decision?.stays ?? [],
    costs: decision?.costs ?? [],
    command: commandOf(saved.customer, options),
    ...(kind === 'blocked' && { obstacle: blocked }),
  };
};

const commandOf = (customer: string, { deleteData, flags }: RemoveOptions): string => {
  const repeated = Object.entries(flags).map(([id, value]) => `--${id} ${shellWord(String(value))}`);
  return ['spot-cur remove', customer, ...(deleteData ? ['--delete-data'] : []), ...repeated].join(' ');
};

/** Trouble of which is said how a walk goes on, as it goes on here: the same command makes nothing again. */
const saidOf = (command: string, thrown: unknown): unknown => {
  const problem = thrown instanceof Cancelled ? undefined : explain(thrown);
  if (!problem) return thrown;
  const { message, advice, code, requestId, details } = problem;
  const policy = `spot-cur policy --phase remove${/ --delete-data\b/.test(command) ? ' --delete-data' : ''}`;
  const here = advice.map((line) =>
    line.replace(/spot-cur resume\b( [a-z0-9][a-z0-9-]*)?/, command).replace(/spot-cur policy$/, policy),
  );
  return new Problem(message, here, code, requestId, details);
};
