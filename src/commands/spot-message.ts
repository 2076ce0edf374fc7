import { Problem } from '../errors.ts';
import type { WrittenMessage } from '../outbox.ts';
import { recorder } from '../recorder.ts';
import type { Session } from '../session.ts';
import type { Access, State } from '../state/state.ts';
import type { Move } from '../step.ts';
import { changedFile } from '../steps/athena/changed-file.ts';
import { type ComposedMessage, composeMessage, isCurrent, savedSettings } from '../steps/athena/compose.ts';
import { findDeliveredFile, findDeployedFile, isOurs } from '../steps/athena/crawler-file.ts';
import { readCrawlerTemplate } from '../steps/athena/crawler-template.ts';
import { texts } from '../steps/athena/texts.ts';
import { steps } from '../steps/index.ts';
import type { Delivery } from '../terminal/views/handover.ts';
import { when } from '../terminal/views/times.ts';
import { survey } from '../wizard/survey.ts';
import { confirmationsIn } from './confirmations.ts';
import { changedDelivery } from './delivery-look.ts';
import { loadChecked } from './load-checked.ts';
import { openConnection } from './open-connection.ts';

/** The message for Spot as it lies in the outbox, with what it was made from. */
export interface SpotMessage {
  readonly written: WrittenMessage;
  readonly composed: ComposedMessage;
  /** What AWS delivers now; undefined where AWS was not needed. */
  readonly delivery: Delivery | undefined;
}

interface Wanted {
  readonly state: State;
  readonly access: Access;
  /** With the file that AWS delivers now, whatever was written before. */
  readonly fresh: boolean;
}

const fields = steps.flatMap((step) => step.fields);

/**
 * The message for Spot, written again where it is missing or no longer true. AWS is needed for a missing one only.
 * @throws Problem when there is nothing to send yet, or the stack stands on a file that can't be had
 */
export const findMessage = async (session: Session, wanted: Wanted): Promise<SpotMessage> => {
  const kept = wanted.fresh ? undefined : await findUsable(session, wanted.state);
  if (!kept) return locked(session, wanted, (state) => writeFromAws(session, { ...wanted, state }));
  const composed = composeMessage(wanted.state, kept.attachment.content);
  if (isCurrent(wanted.state, composed, kept)) return { written: kept, composed, delivery: undefined };
  return locked(session, wanted, async (state) => ({
    ...(await write(session, state, kept.attachment.content)),
    delivery: undefined,
  }));
};

/** What is kept, as long as its file is the one of this connection. */
const findUsable = async ({ outbox }: Session, state: State): Promise<WrittenMessage | undefined> => {
  const kept = await outbox.find(state.customer);
  return kept && isOurs(kept.attachment.content, savedSettings(state)) ? kept : undefined;
};

/** Writes under the connection's lock, from the state as it is then. */
const locked = async <T>({ store }: Session, { state }: Wanted, work: (state: State) => Promise<T>): Promise<T> => {
  const lock = await store.lock(state.customer, 'handover');
  try {
    return await work((await loadChecked(store, state.customer, fields)) ?? state);
  } finally {
    await lock.release();
  }
};

const write = async (session: Session, state: State, file: Uint8Array) => {
  const { store, outbox, clock, tool } = session;
  const composed = composeMessage(state, file);
  const written = await outbox.write(state.customer, composed.message);
  await recorder({ first: state, saved: state }, store, { clock, tool }).note(composed.notes);
  return { written, composed };
};

const writeFromAws = async (session: Session, { state, access, fresh }: Wanted): Promise<SpotMessage> => {
  const settings = savedSettings(state);
  const { connected, caller } = await openConnection(session, access, { state });
  const { aws } = connected;
  const outside = { aws, outbox: session.outbox };
  const confirmations = confirmationsIn(session.store);
  const [report] = await survey(outside, { state, caller, confirmations }, steps.slice(0, 1), session.clock);
  if (report?.move.kind !== 'done') throw nothingYet(state.customer, report?.move, session.clock.now());
  const delivered = await findDeliveredFile(aws, settings);
  const deployed = await findDeployedFile(aws, settings, delivered);
  const changed = deployed && delivered && changedFile(deployed, delivered);
  if (fresh && changed) throw standsAlready(settings);
  const file = deployed ?? delivered;
  if (!file) throw nothingYet(state.customer, undefined, session.clock.now());
  const { mismatches } = readCrawlerTemplate(file, 'crawler-cfn.yml', settings);
  if (mismatches.length > 0) {
    const { reason, advice } = texts.otherReport(settings, mismatches);
    throw new Problem(reason, advice);
  }
  const delivery: Delivery = changed ? changedDelivery(changed, settings, true) : { kind: 'same' };
  return { ...(await write(session, state, file)), delivery };
};

/** What is missing before there is something to send. */
const nothingYet = (customer: string, move: Move | undefined, now: number): Problem => {
  const nothing = 'There is nothing to send yet';
  const then = `Then go on: spot-cur resume ${customer}`;
  switch (move?.kind) {
    case 'wait':
      return new Problem(`${nothing}. ${move.reason}`, [
        ...(move.expectedBy === undefined
          ? []
          : [`${move.expectedBy < now ? 'That was expected' : 'That is expected'} by ${when(move.expectedBy, now)}.`]),
        then,
      ]);
    case 'change':
      return new Problem(`${nothing}: the report has to be set up first.`, [`Set it up: spot-cur resume ${customer}`]);
    case 'blocked':
      return new Problem(`${nothing}. ${move.reason}`, [...move.advice, then], move.code);
    case 'handover':
    case 'done':
    case undefined:
      return new Problem(`${nothing}: crawler-cfn.yml is not in the bucket.`, [
        `See how far it is: spot-cur status ${customer}`,
      ]);
  }
};

const standsAlready = (settings: { readonly customer: string; readonly 'stack-name': string }): Problem => {
  const { customer, 'stack-name': stackName } = settings;
  return new Problem(
    `AWS's new crawler-cfn.yml can't be used now: the stack ${stackName} was created from the one before, and Spot has to get what is deployed.`,
    [
      `Leave --fresh away to go on with the file that is deployed: spot-cur handover ${customer}`,
      `If the new one has to be used, delete the stack ${stackName} in the CloudFormation console, wait until it is gone, then: spot-cur handover ${customer} --fresh`,
    ],
  );
};
