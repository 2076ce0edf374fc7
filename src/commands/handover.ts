import { refuseAny } from '../agreement.ts';
import { readGiven } from '../answers.ts';
import { Problem } from '../errors.ts';
import type { WrittenMessage } from '../outbox.ts';
import { recorder } from '../recorder.ts';
import type { Session } from '../session.ts';
import type { State } from '../state/state.ts';
import { composeMessage, isCurrent } from '../steps/athena/compose.ts';
import { steps } from '../steps/index.ts';
import { json } from '../text.ts';
import { survey } from '../wizard/survey.ts';
import { chooseCustomer } from './choose-customer.ts';
import { confirmationsIn } from './confirmations.ts';
import { loadChecked } from './load-checked.ts';
import { mergedAccess, openConnection } from './open-connection.ts';
import type { HandoverOptions } from './options.ts';

const fields = steps.flatMap((step) => step.fields);

/** Prints the message for Spot, and writes it again where it is missing. @returns the exit code */
export const handover = async (session: Session, options: HandoverOptions): Promise<number> => {
  const { store, outbox, terminal } = session;
  const given = await readGiven({ ...options.flags, customer: options.customer }, undefined, fields);
  refuseAny([...given.objections, ...session.objections()]);
  const customer = (await chooseCustomer(session, given.customer, 'handover')) ?? '';
  const state = await loadChecked(store, customer, fields);
  if (!state)
    throw new Problem(`There is no connection named ${customer}.`, [`Make it: spot-cur setup ${customer}`], 'usage');
  const kept = await outbox.find(customer);
  const message =
    kept && isCurrent(state, kept) ? kept : await writeAgain(session, state, mergedAccess(state.access, given.access));
  if (options.json)
    terminal.result(
      json({
        schema: 'spot-cur/handover@1',
        customer,
        eml: message.eml,
        text: message.text,
        body: message.body,
        attachment: { path: message.attachment.path, sha256: message.attachment.sha256 },
      }),
    );
  else terminal.result(message.body);
  terminal.say(`The draft for your mail program, with crawler-cfn.yml attached: ${message.eml}`);
  terminal.say(`When it is sent: spot-cur resume ${customer} --sent`);
  return 0;
};

const writeAgain = async (session: Session, state: State, access: State['access']): Promise<WrittenMessage> => {
  const { store, outbox, clock, tool } = session;
  const lock = await store.lock(state.customer, 'handover');
  try {
    const { connected, caller } = await openConnection(session, access, { state });
    const outside = { aws: connected.aws, outbox };
    const confirmations = confirmationsIn(store);
    const [report] = await survey(outside, { state, caller, confirmations }, steps.slice(0, 1), clock);

    if (report?.move.kind !== 'done')
      throw new Problem('There is nothing to send yet: the report has not been delivered.', [
        `See how far it is: spot-cur status ${state.customer}`,
      ]);
    const composed = await composeMessage(outside, {
      customer: state.customer,
      caller,
      answers: state.answers,
      outputs: report.move.outputs,
      notes: state.notes,
      provenance: state.provenance,
      confirmations,
    });
    const written = await outbox.write(state.customer, composed.message);
    await recorder({ first: state, saved: state }, store, { clock, tool }).note(composed.notes);
    return written;
  } finally {
    await lock.release();
  }
};
