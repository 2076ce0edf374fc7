import { refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { Problem } from '../errors.ts';
import type { Message, WrittenMessage } from '../outbox.ts';
import type { Session } from '../session.ts';
import type { State } from '../state/state.ts';
import { linkWithin } from '../steps/athena/message.ts';
import { reminderFor } from '../steps/athena/reminder.ts';
import { steps } from '../steps/index.ts';
import { type HandoverFacts, handoverDocument, handoverNotes } from '../terminal/views/handover.ts';
import { when } from '../terminal/views/times.ts';
import { brieflyAt, type SavedConnection } from './brief-look.ts';
import { chooseCustomer } from './choose-customer.ts';
import { lookAtDelivery } from './delivery-look.ts';
import { loadChecked } from './load-checked.ts';
import { mergedAccess } from './open-connection.ts';
import type { HandoverOptions } from './options.ts';
import { findMessage, type SpotMessage } from './spot-message.ts';
import { refuseTakenBack } from './taken-back.ts';

const fields = steps.flatMap((step) => step.fields);

/**
 * Prints the message for Spot or a reminder of it, written again where it is missing or has changed.
 * @returns the exit code: 1 when the draft was to be opened and could not be
 */
export const handover = async (session: Session, options: HandoverOptions): Promise<number> => {
  const { terminal, clock } = session;
  const connection = await connectionFrom(session, options);
  const { state } = connection;
  const deployed = state.provenance['extractor-stack'] !== undefined;
  const answered = state.answers.link !== undefined || deployed;
  if (options.reminder) {
    refuseReminder(state, { answered, fresh: options.fresh });
    await hearTime(session, connection);
  }
  const message = await findMessage(session, { ...connection, fresh: options.fresh });
  const { composed } = message;
  const { written, headers } = options.reminder
    ? await remind(session, state, message)
    : { written: message.written, headers: composed.message };
  // What is asked for comes first: a look at AWS takes its time, and may need a code.
  if (options.format === 'eml') terminal.bytes(written.draft);
  if (options.format === 'text') terminal.result(written.body);
  const why = options.open ? await session.open(written.eml) : undefined;
  const watches = !answered && !options.reminder;
  const delivery = watches ? (message.delivery ?? (await lookAtDelivery(session, connection, composed))) : notAsked;
  const facts: HandoverFacts = {
    customer: state.customer,
    kind: options.reminder ? 'reminder' : 'message',
    to: headers.to,
    subject: headers.subject,
    body: written.body,
    eml: written.eml,
    text: written.text,
    attachment: { path: written.attachment.path, sha256: written.attachment.sha256 },
    sentAt: composed.sentAt,
    otherSentAt: composed.otherSentAt,
    expectedBy: composed.sentAt === undefined ? undefined : composed.sentAt + linkWithin,
    answered,
    deployed,
    delivery,
    shown: options.open ? { open: why === undefined, why } : undefined,
  };
  if (options.format === 'json') terminal.result(handoverDocument(facts, clock.now()));
  else terminal.say(handoverNotes(facts, clock.now(), terminal.style, terminal.columns));
  return exitCodeFor(facts);
};

/** Whether Spot is late is told by AWS's clock, which an answer of AWS sets; without one this machine's has to do. */
const hearTime = (session: Session, connection: SavedConnection): Promise<void> =>
  brieflyAt(session, connection, {
    saying: 'Asking AWS for the time',
    look: async () => {},
    unseen: (reason) =>
      session.terminal.say(`By this machine's clock, as AWS could not be asked for the time. ${reason}`),
  });

const notAsked = { kind: 'not-asked' } as const;

/** The message is there all the same; what was asked for beside it was not done. */
const exitCodeFor = ({ shown }: HandoverFacts): number => (shown && !shown.open ? 1 : 0);

const connectionFrom = async (session: Session, options: HandoverOptions): Promise<SavedConnection> => {
  const given = await readGiven({ ...options.flags, customer: options.customer }, undefined, fields);
  refuseAny([...given.objections, ...session.objections()]);
  const customer = (await chooseCustomer(session, given.customer, 'handover')) ?? '';
  const state = await loadChecked(session.store, customer, fields);
  if (!state)
    throw new Problem(`There is no connection named ${customer}.`, [`Make it: spot-cur setup ${customer}`], 'usage');
  refuseTakenBack(state);
  const { account } = given.answers;
  if (typeof account === 'string' && account !== state.account)
    throw new Problem(
      `${customer} is the connection of account ${state.account}, and --account names ${account}.`,
      [`Leave --account away, or name another customer: spot-cur status`],
      'wrong-account',
    );
  return { state, access: mergedAccess(state.access, given.access) };
};

/** @throws Problem (usage) when what is saved tells already that there is nothing to be reminded of */
const refuseReminder = (
  { customer, notes, provenance }: State,
  { answered, fresh }: { readonly answered: boolean; readonly fresh: boolean },
): void => {
  if (fresh)
    throw new Problem(
      '--fresh and --reminder exclude each other: nobody can be reminded of a message that is not sent yet.',
      [`Write the message anew: spot-cur handover ${customer} --fresh`],
      'usage',
    );
  if (answered)
    throw new Problem(
      "Spot's link has come already: nobody has to be reminded.",
      [
        provenance['extractor-stack'] !== undefined
          ? `The extractor stands. How it is: spot-cur status ${customer}`
          : `Go on: spot-cur resume ${customer}`,
      ],
      'usage',
    );
  if (notes.sent === undefined)
    throw new Problem(
      'There is nothing to be reminded of: the message has not been marked as sent.',
      [`See the message: spot-cur handover ${customer}`, `When it is sent: spot-cur resume ${customer} --sent`],
      'usage',
    );
};

/** @throws Problem (usage) when what was sent is not what would be sent now */
const remind = async (
  { outbox, clock }: Session,
  { customer }: State,
  { composed }: SpotMessage,
): Promise<{ readonly written: WrittenMessage; readonly headers: Pick<Message, 'to' | 'subject'> }> => {
  const { sentAt, otherSentAt, settings, message } = composed;
  if (sentAt === undefined) {
    const before = otherSentAt === undefined ? '' : ` on ${when(otherSentAt, clock.now())}`;
    throw new Problem(
      `The message has changed since it was sent${before}, so a reminder of it would be wrong.`,
      [
        `See the message as it is now: spot-cur handover ${customer}`,
        `When it is sent: spot-cur resume ${customer} --sent`,
      ],
      'usage',
    );
  }
  const reminder = reminderFor(settings, message, sentAt);
  return { written: await outbox.remind(customer, reminder), headers: reminder };
};
